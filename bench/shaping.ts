import { createRequire } from 'node:module'
import { type LookupFound, lookupByQuery, lookupFound } from '@clinicacrm/contract/lookup.ts'
import { z } from 'zod'
import { median } from './pairs.ts'

/** Reading a query and writing an answer, each in two ways: nanoseconds of one call. */
export function shapingTimes(): [string, number][] {
  const query = lookupByQuery.query!
  const asked = { phone: '+39 06 2222 4444', provider: 'genesys-cloud', conversation_id: 'a1' }
  // Fastify brings it along for its own schemas.
  const build = createRequire(import.meta.resolve('fastify'))('fast-json-stringify') as (
    schema: object,
  ) => (value: unknown) => string
  const compiled = build(z.toJSONSchema(lookupFound, { target: 'draft-7', io: 'input' }))
  const calls: [string, () => unknown][] = [
    ['JSON.stringify', () => JSON.stringify(answer)],
    ['fast-json-stringify', () => compiled(answer)],
    ['zod, the query of a lookup', () => query.safeParse(asked)],
    ['by hand, the query of a lookup', () => byHand(asked)],
  ]
  return calls.map(([name, call]) => [name, nanosecondsOf(call)])
}

function nanosecondsOf(call: () => unknown): number {
  const many = 50_000
  const times = Array.from({ length: 9 }, () => {
    const startedAt = performance.now()
    for (let n = 0; n < many; n++) call()
    return ((performance.now() - startedAt) / many) * 1_000_000
  })
  return median(times.slice(2))
}

const optional = ['on_missing', 'format', 'locale', 'provider', 'conversation_id', 'called', 'agent'] as const

function byHand(query: Record<string, unknown>): Record<string, string> | null {
  if (typeof query['phone'] !== 'string') return null
  const read: Record<string, string> = { phone: query['phone'] }
  for (const name of optional) {
    const value = query[name]
    if (value === undefined) continue
    if (typeof value !== 'string' || value.length > 200) return null
    read[name] = value.replaceAll('\0', '')
  }
  return read
}

const answer: LookupFound = {
  found: true,
  case_id: '1234567',
  patient: {
    name: 'Nicolò D’Angelo',
    phone: '347 1234567',
    home_phone: '06 2222 4444',
    cell_phone: '+39 347 123 4567',
    email: 'nicolo.dangelo@example.com',
  },
  case: {
    status: 'APPUNTAMENTO',
    clinic: 'Roma',
    treatment: 'LASIK Surgery',
    disposition: 'Sent e-mail, waiting for a reply',
    outcome: null,
    created_at: '2025-07-08T16:57:06.836700+00:00',
    follow_up_date: null,
  },
  screen_pop_url: 'https://crm.example/it/cases/1234567',
  phone_searched: '+39 347 123 4567',
  match_count: 2,
  people_count: 1,
  matches: ['1234567', '1234560'].map((case_id) => ({
    case_id,
    name: 'Nicolò D’Angelo',
    clinic: 'Roma',
    created_at: '2025-07-08T16:57:06.836700+00:00',
  })),
}
