import { z } from 'zod'
import { callEvent } from './calls.ts'
import { endpoint } from './endpoint.ts'
import { id, instant, requiredText } from './fields.ts'
import { instantInput } from './fields.ts'

export const requestKinds = ['lookup', 'event'] as const

/** A request of a platform, as whoever connects it may see it: no name, and of a number only the ends. */
export const requestView = z
  .object({
    id,
    at: instant,
    kind: z.enum(requestKinds),
    actor: z.string().meta({ description: 'As in traces: `api_key:3`, `line:2`, `user:5`, `unknown`.' }),
    api_key_id: id.nullable(),
    name: z.string().nullable().meta({ description: 'Of the key, line or person.' }),
    provider: z.string().nullable(),
    call_id: z.string().nullable().meta({ description: 'The platform’s id of the call.' }),
    verdict: z.string().nullable().meta({
      description:
        '`found`, `not_found`, `withheld`, `internal`, `invalid`; of an event, whose call it is (`one`, `many`, …); null where the request was refused.',
    }),
    status: z.int(),
    ms: z.int().meta({ description: 'From arrival to answer.' }),
    phone: z.string().nullable().meta({ description: 'Redacted: `+39…444`.' }),
    problem: z.string().nullable(),
  })
  .meta({ id: 'LoggedRequest' })
export type RequestView = z.infer<typeof requestView>

export const listRequests = endpoint({
  name: 'listRequests',
  method: 'GET',
  path: '/api/requests',
  needs: 'requests:read',
  tag: 'Integrators',
  summary: 'What platforms asked and told us in the last seven days, newest first',
  query: z.strictObject({
    kind: z.enum(requestKinds).optional(),
    api_key_id: id.optional(),
    provider: requiredText(200).optional(),
    verdict: requiredText(40).optional(),
    status: z.enum(['ok', 'refused', 'failed']).optional().meta({
      description: '`ok`: below 400, and 404 of a lookup; `refused`: the other 4xx; `failed`: 5xx.',
    }),
    before: id.optional().meta({ description: 'Older than this one: the last of the page before.' }),
    limit: z.coerce.number().int().min(1).max(200).default(50),
  }),
  reply: z.object({ requests: z.array(requestView), has_more: z.boolean() }),
})

export const getRequest = endpoint({
  name: 'getRequest',
  method: 'GET',
  path: '/api/requests/:id',
  needs: 'requests:read',
  tag: 'Integrators',
  summary: 'One of them, with what was sent: numbers redacted',
  params: z.object({ id }),
  reply: requestView.extend({
    sent: z.string().nullable().meta({ description: 'The options of a lookup, the body of an event.' }),
    can_replay: z.boolean(),
  }),
  errors: ['not_found'],
})

const explanation = z
  .object({
    phone: z.string().meta({ description: 'As it was asked; redacted where it comes from the log.' }),
    kind: z.enum(['number', 'withheld', 'internal', 'invalid']),
    default_country: z.string(),
    plus_restored: z.boolean().meta({ description: 'A plus that the query string had made a blank was put back.' }),
    cleaned: z.string(),
    digits: z.string().nullable(),
    has_country_code: z.boolean().nullable(),
    certainty: z.enum(['valid', 'repaired', 'possible', 'bare']).nullable(),
    e164: z.string().nullable(),
    key: z.string().nullable().meta({ description: 'What was compared, for equality and nothing else.' }),
    ext: z.string().nullable(),
    is_own_number: z.boolean().meta({ description: 'A number of ours: as a caller it never is a patient.' }),
    cases: z.array(
      z.object({
        rank: z.int(),
        case_id: id,
        patient_id: id,
        clinic: z.string(),
        status: z.string(),
        created_at: instant,
        field: z
          .enum(['phone', 'home_phone', 'cell_phone'])
          .nullable()
          .meta({ description: 'Where the number stands.' }),
      }),
    ),
    case_count: z.int(),
    people: z.int().meta({ description: 'How many people have the number, with or without a case.' }),
    answer: z.object({
      verdict: z.string(),
      status: z.int(),
      case_id: id.nullable(),
      profile: z.string().meta({ description: 'How much of it the key is told.' }),
    }),
    compared: z
      .object({ keys: z.array(z.string()), matches: z.boolean() })
      .nullable()
      .meta({ description: 'The numbers in `stored`, and whether the caller would be found by one.' }),
    ms: z.object({ reading: z.number(), database: z.number() }),
  })
  .meta({ id: 'NumberExplained' })
export type Explanation = z.infer<typeof explanation>

export const explainNumber = endpoint({
  name: 'explainNumber',
  method: 'POST',
  path: '/api/lookup/explain',
  needs: 'requests:read',
  tag: 'Integrators',
  summary: 'Why a number finds what it finds: what was read, what was compared, which cases',
  body: z.strictObject({
    phone: z.string().max(400),
    from_query_string: z.boolean().default(true).meta({ description: 'As `GET` would read it.' }),
    api_key_id: id.nullish().meta({ description: 'As this key sees it: its clinics, its profile.' }),
    stored: z.string().max(400).nullish().meta({ description: 'A phone field to compare with, as it was typed.' }),
  }),
  reply: explanation,
  errors: ['not_found'],
})

export const replayRequest = endpoint({
  name: 'replayRequest',
  method: 'POST',
  path: '/api/requests/:id/replay',
  needs: 'requests:read',
  tag: 'Integrators',
  summary: 'Ask a lookup again and explain it, or read an event again; nothing is changed by it',
  params: z.object({ id }),
  reply: z.object({
    explanation: explanation.nullable(),
    was: z.object({ verdict: z.string().nullable(), status: z.int() }),
    events: z
      .array(callEvent.extend({ at: instantInput.nullish() }).partial())
      .meta({ description: 'What the connector reads in it today; numbers redacted.' }),
    problems: z.array(z.string()),
  }),
  errors: ['not_found'],
})

/** What a sandbox key is answered: the same on every installation, and nobody real. */
export const sandboxNumbers = [
  { phone: '+39 06 2222 4444', answers: 'found' },
  { phone: '+39 333 222 4444', answers: 'found' },
  { phone: '+391234567890', answers: 'not_found' },
  { phone: '+39 06 5550 0199', answers: 'many' },
  { phone: 'anonymous', answers: 'withheld' },
  { phone: '+39 06 5550 0005', answers: 'slow' },
  { phone: '+39 06 5550 0429', answers: 'too_many_requests' },
  { phone: '+39 06 5550 0503', answers: 'unavailable' },
] as const
