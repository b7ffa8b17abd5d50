import { recordCallEvent } from '@clinicacrm/contract/calls.ts'
import { lookupByConversation, lookupByQuery } from '@clinicacrm/contract/lookup.ts'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import type pg from 'pg'
import { Batch } from '../jobs/batch.ts'

/** What a route knows of a request beside who asked and what was answered. */
export type Noted = {
  provider?: string | null | undefined
  call_id?: string | null | undefined
  verdict?: string | null | undefined
  phone?: string | null | undefined
  /** To ask again with: the options of a lookup, type and body of an event. */
  said?: object | null
  problem?: string | null | undefined
  /** Where it came over a line. */
  actor?: string
}
type Row = Required<Pick<Noted, 'actor'>> & {
  at: string
  kind: 'lookup' | 'event'
  api_key_id: string | null
  status: number
  ms: number
} & Record<'provider' | 'call_id' | 'verdict' | 'phone' | 'said' | 'problem', string | null>

declare module 'fastify' {
  interface FastifyRequest {
    noted: Noted | null
  }
}

/** Of a flood of requests, enough are kept to see what is wrong with them. */
const maxPerSecond = 100
const maxWaiting = 2_000
const longestText = 2_000
/** Platforms send far less; with the database away, all that waits must still fit. */
const longestSaid = 20_000
export const eventsPath = '/api/telephony/events/:connector'

const kinds: ReadonlyMap<string | undefined, Row['kind']> = new Map([
  [lookupByQuery.path, 'lookup'],
  [lookupByConversation.path, 'lookup'],
  [recordCallEvent.path, 'event'],
  [eventsPath, 'event'],
  [`${eventsPath}/:token`, 'event'],
])

/**
 * Notes what platforms ask and tell, refused or not, after they have their answer: within a moment, many together, and
 * never at the cost of one. The purge forgets it after a week.
 */
export function logRequests(fastify: FastifyInstance, pool: pg.Pool, onError: (error: Error) => void) {
  const batch = new Batch<Row>({ everyMs: 250, max: maxWaiting, write: (rows) => write(pool, rows), onError })
  let second = 0
  let count = 0

  fastify.decorateRequest('noted', null)
  fastify.addHook('onResponse', (request, reply, next) => {
    next()
    const kind = kinds.get(request.routeOptions.url)
    if (!kind || batch.full) return
    const now = Math.floor(Date.now() / 1000)
    if (now !== second) [second, count] = [now, 0]
    if (++count <= maxPerSecond) batch.add(rowOf(request, { kind, status: reply.statusCode, ms: reply.elapsedTime }))
  })
  return batch
}

function rowOf(request: FastifyRequest, { kind, status, ms }: Pick<Row, 'kind' | 'status' | 'ms'>): Row {
  const { caller } = request
  const { provider, call_id, verdict, phone, said, problem, actor } = request.noted ?? {}
  return {
    at: new Date().toISOString(),
    kind,
    actor: actor ?? caller?.actor ?? 'unknown',
    api_key_id: caller?.kind === 'api_key' ? caller.id : null,
    provider: text(provider),
    call_id: text(call_id),
    verdict: text(verdict),
    status,
    ms: Math.round(ms),
    phone: text(phone),
    said: said ? saidIn(said) : null,
    problem: text(problem),
  }
}

/** As PostgreSQL keeps it: it has neither NUL nor half a character, and one row that it refuses holds up all others. */
const kept = (value: string) => value.replaceAll('\0', '').toWellFormed()
const text = (value: string | null | undefined) => (value ? kept(value.slice(0, longestText)) : null)

/** Cleaned before it becomes JSON: afterwards the same signs may be part of what was sent. Too long, it is left out. */
function saidIn(said: object): string | null {
  const json = JSON.stringify(said, (_, value: unknown) => (typeof value === 'string' ? kept(value) : value))
  return json.length > longestSaid ? null : json
}

async function write(pool: pg.Pool, rows: Row[]) {
  const column = <K extends keyof Row>(name: K) => rows.map((row) => row[name])
  await pool.query({
    name: 'log_requests',
    text: `insert into request_log (at, kind, actor, api_key_id, provider, call_id, verdict, status, ms, phone, said, problem)
      select at, kind, actor, api_key_id, provider, call_id, verdict, status, ms, phone, said::jsonb, problem
        from unnest($1::timestamptz[], $2::text[], $3::text[], $4::bigint[], $5::text[], $6::text[], $7::text[],
          $8::int[], $9::int[], $10::text[], $11::text[], $12::text[])
          as t (at, kind, actor, api_key_id, provider, call_id, verdict, status, ms, phone, said, problem)`,
    values: [
      column('at'),
      column('kind'),
      column('actor'),
      column('api_key_id'),
      column('provider'),
      column('call_id'),
      column('verdict'),
      column('status'),
      column('ms'),
      column('phone'),
      column('said'),
      column('problem'),
    ],
  })
}
