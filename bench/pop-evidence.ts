import type { CallEvent } from '@clinicacrm/contract/calls.ts'
import { type Folded, foldCall, nameOfEvent, type StoredEvent } from '../server/src/calls/fold.ts'
import type { Pools } from '../server/src/db/client.ts'
import type { Agent } from './pop-house.ts'
import type { Sending, SentEvent } from './pop-scripts.ts'
import type { Figure } from './pops.ts'

export type Acknowledged = { event: SentEvent; id: string }

/** What one page of one agent knows. */
export type Desk = {
  agent: Agent
  server: number
  /** Call → how often it was announced. */
  rang: Map<string, number>
  /** Calls of which anything else was heard. */
  told: Set<string>
  /** Calls it found when it asked for all. */
  found: Set<string>
  /** Calls that were announced and then kept from it. */
  unseen: Set<string>
  /** Calls whose card it was told to be the first to show. */
  firsts: string[]
  refreshes: number
  pending: Promise<void>[]
}

export const newDesk = (agent: Agent, server: number): Desk => ({
  agent,
  server,
  rang: new Map(),
  told: new Set(),
  found: new Set(),
  unseen: new Set(),
  firsts: [],
  refreshes: 0,
  pending: [],
})

type Told = { acknowledged: Acknowledged[]; statuses: ReadonlyMap<number, number> }
type Evidence = { desks: Desk[]; told: Told; sendings: readonly Sending[]; agents: readonly Agent[] }

/** Holds what pages heard and what was acknowledged against the database. */
export async function judge(pools: Pools, evidence: Evidence): Promise<Figure[]> {
  const kept = await read(pools)
  return [...ofPages(kept, evidence), ...ofEvents(kept, evidence)]
}

type Kept = Awaited<ReturnType<typeof read>>
type Row = { id: string; call_id: string; agent_id: string | null; phone_key: string | null } & Record<
  (typeof compared)[number],
  string | null
>
/** Columns of a call that its events alone decide, alike in name. */
const compared = ['direction', 'state', 'result', 'queue', 'reason'] as const
const moments = ['started_at', 'ringing_at', 'answered_at', 'ended_at'] as const

async function read({ general }: Pools) {
  const asked = async <T>(query: string) => (await general.query(query)).rows as T[]
  const calls = await asked<Row & Record<(typeof moments)[number], string | null>>('select * from calls')
  const events = await asked<StoredEvent & { call: string }>('select call, name, kind, at, said from call_events')
  const pops = await asked<{ call: string; user_id: string; shown: boolean }>(
    'select call, user_id, shown_at is not null as shown from pops',
  )
  return {
    calls,
    pops,
    callIds: new Map(calls.map(({ id, call_id }) => [id, call_id])),
    idOf: new Map(calls.map(({ id, call_id }) => [call_id, id])),
    eventsOf: Map.groupBy(events, ({ call }) => call),
    popsOf: Map.groupBy(pops, ({ call }) => call),
  }
}

/** Nobody hears of a call that is not theirs, nobody is told twice. */
function ofPages({ callIds, pops }: Kept, { desks, sendings }: Evidence): Figure[] {
  const named = Map.groupBy(sendings, ({ event }) => event.call_id)
  const concerns = (id: string, { email }: Agent) =>
    named.get(callIds.get(id) ?? '')?.some(({ event }) => event.agent === email) ?? false
  const wrong = desks.flatMap(({ agent, rang, told, found }) =>
    [...rang.keys(), ...told, ...found].filter((id) => !concerns(id, agent)),
  )
  const twice = desks.flatMap(({ rang }) => [...rang.values()].filter((times) => times > 1))
  const firsts = desks.flatMap(({ agent, firsts: ids }) => ids.map((id) => `${id} ${agent.id}`))
  const unseen = desks.filter(({ server }) => server === 0).reduce((sum, desk) => sum + desk.unseen.size, 0)
  const steady = new Map(desks.filter(({ server }) => server === 0).map((desk) => [desk.agent.id, desk]))
  const unheard = pops.filter(({ call, user_id }) => {
    const desk = steady.get(user_id)!
    return !desk.rang.has(call) && !desk.told.has(call) && !desk.found.has(call)
  })
  const refreshes = [...steady.values()].reduce((sum, desk) => sum + desk.refreshes, 0)
  const announced = desks.reduce((sum, { rang }) => sum + rang.size, 0)
  process.stdout.write(
    `${pops.length.toLocaleString('en')} cards; ${announced.toLocaleString('en')} announced to ${desks.length} pages\n`,
  )
  return [
    zero('pops to an agent whom they do not concern', wrong.length),
    zero('calls announced twice to one page', twice.length),
    zero('cards that two pages of one agent showed first', firsts.length - new Set(firsts).size),
    zero('calls announced and then kept from the page', unseen),
    {
      ...zero('cards of which the page at the server that lived never heard', unheard.length),
      kept: unheard.length === 0 || refreshes > 0,
    },
  ]
}

/** What was acknowledged is there, and each call is what its events make of it. */
function ofEvents({ calls, eventsOf, popsOf, idOf }: Kept, { told, sendings, agents }: Evidence): Figure[] {
  const { acknowledged, statuses } = told
  const lost = acknowledged.filter(({ event, id }) => {
    const name = nameOf(event)
    return !eventsOf.get(id)?.some((one) => one.name === name && isSame(one, event)) || idOf.get(event.call_id) !== id
  })
  const named = new Set(acknowledged.map(({ event }) => event.call_id))
  const sent = new Set(sendings.map(({ event }) => `${event.call_id} ${nameOf(event)}`))
  const kept = calls.reduce((sum, { id }) => sum + (eventsOf.get(id)?.length ?? 0), 0)
  const idOfEmail = new Map(agents.map(({ id, email }) => [email, id]))
  const unlike = calls.filter((row) => {
    const folded = foldCall((eventsOf.get(row.id) ?? []).map((one) => ({ ...one, at: iso(one.at) })))
    const people = new Set(popsOf.get(row.id)?.map(({ user_id }) => user_id))
    const expected = new Set(folded.agents.map((email) => idOfEmail.get(email)!))
    return !isAsFolded(row, folded, idOfEmail) || people.symmetricDifference(expected).size > 0
  })
  const failed = [...statuses].filter(([status]) => status >= 400 && status !== 429 && status !== 503)
  return [
    { ...zero('calls that are not one row each', calls.length - named.size), kept: calls.length === named.size },
    zero('acknowledged events that are lost', lost.length),
    zero('events that were never acknowledged', sendings.length - acknowledged.length),
    { ...zero('events kept beyond those sent', kept - sent.size), kept: kept === sent.size },
    zero('rows and cards unlike what the kept events make of them', unlike.length),
    zero(
      `answers other than 2xx and 503${failed.length > 0 ? ` (${failed.map(([status]) => status).join(', ')})` : ''}`,
      failed.reduce((sum, [, times]) => sum + times, 0),
    ),
  ]
}

function isAsFolded(row: Kept['calls'][number], folded: Folded, idOfEmail: ReadonlyMap<string, string>): boolean {
  return (
    compared.every((column) => row[column] === folded[column]) &&
    moments.every((column) => iso(row[column]) === iso(folded[column])) &&
    row.agent_id === (folded.agent === null ? null : idOfEmail.get(folded.agent)) &&
    (row.phone_key === null) === (folded.from === null)
  )
}

const nameOf = (event: SentEvent) => nameOfEvent(event as CallEvent)
const isSame = (one: StoredEvent, event: SentEvent) => one.kind === event.event && iso(one.at) === iso(event.at)

function iso(moment: string | null): string {
  return moment === null ? '' : new Date(moment).toISOString()
}

const zero = (what: string, found: number): Figure => ({
  what,
  wanted: '0',
  measured: String(found),
  kept: found === 0,
})
