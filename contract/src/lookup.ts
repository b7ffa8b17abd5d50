import { z } from 'zod'
import { endpoint } from './endpoint.ts'
import { id, instant } from './fields.ts'
import { bodyExamples, phoneExamples, refusalExamples, replyExamples } from './lookup-examples.ts'

/** Vendors repeat, retry and add parameters of their own: what is not known here is ignored. */
const storable = z
  .string()
  .max(200)
  // As PostgreSQL keeps text: without NUL and lone surrogates. Two texts that it keeps alike must be alike here too.
  .transform((value) => value.replaceAll('\0', '').toWellFormed())
const shortText = storable.optional()

const options = {
  on_missing: z.enum(['200', '404']).optional().meta({
    description: '`200` answers an unknown caller with 200 instead of 404, for flow tools that treat 404 as a failure.',
  }),
  format: z.enum(['json', 'flat', 'text']).optional().meta({
    description: '`flat`: one level, all values strings, unknown ones absent. `text`: one display line.',
  }),
  locale: z.enum(['it', 'en', 'es']).optional().meta({ description: 'Language segment of the URLs in the answer.' }),
  provider: shortText.meta({ description: 'The contact-centre platform, e.g. `genesys-cloud`.' }),
  conversation_id: shortText.meta({
    description: "The platform's id of the call. With `provider`, the result is kept for an hour.",
  }),
  called: shortText.meta({ description: 'The number that was dialled (DNIS).' }),
  agent: shortText.meta({ description: 'The agent the call is offered to.' }),
}

const phone = z.string().meta({
  description: "The caller's number, in any writing: E.164, national, `tel:`, `sip:`; a lost plus is restored.",
  examples: ['+39 06 2222 4444'],
})

const postedOptions = { ...options, on_missing: z.union([options.on_missing, z.literal([200, 404])]) }

/** The guide's answer, with `match_count` and `matches` after it. */
export const lookupFound = z
  .object({
    found: z.literal(true),
    case_id: id,
    patient: z
      .object({
        name: z.string(),
        phone: z.string().nullable(),
        home_phone: z.string().nullable(),
        cell_phone: z.string().nullable(),
        email: z.string().nullable().optional(),
      })
      .optional(),
    case: z
      .object({
        status: z.string(),
        clinic: z.string(),
        treatment: z.string().nullable().optional(),
        disposition: z.string().nullable().optional(),
        outcome: z.string().nullable().optional(),
        created_at: instant,
        follow_up_date: instant.nullable(),
      })
      .optional(),
    screen_pop_url: z.string(),
    phone_searched: z.string(),
    match_count: z.int().meta({ description: 'How many cases have this number; the newest is the one above.' }),
    people_count: z.int().meta({
      description:
        'How many people have this number, with a case or without: above 1, ask who is calling before you greet.',
    }),
    matches: z
      .array(
        z
          .object({ case_id: id, name: z.string(), clinic: z.string(), created_at: instant })
          .partial()
          .required({ case_id: true }),
      )
      .max(10)
      .meta({ description: 'The newest ten of them, newest first.' }),
  })
  .meta({ id: 'LookupFound', description: 'Objects and fields outside the key’s profile are absent.' })
export type LookupFound = z.infer<typeof lookupFound>

export const lookupNotFound = z
  .object({
    found: z.literal(false),
    message: z.string(),
    phone: z.string(),
    reason: z.enum(['withheld', 'internal']).optional(),
    patient_known: z.boolean().meta({ description: 'True when a patient has this number but no case yet.' }),
    new_case_url: z.string().optional().meta({ description: 'Opens the new-case form with the number filled in.' }),
  })
  .meta({ id: 'LookupNotFound' })
export type LookupNotFound = z.infer<typeof lookupNotFound>

/** What `format=flat` answers, found or not. */
const lookupFlat = z
  .object({
    found: z.enum(['true', 'false']),
    case_id: id,
    patient_name: z.string(),
    first_name: z.string(),
    last_name: z.string(),
    case_status: z.string(),
    clinic: z.string(),
    treatment: z.string(),
    screen_pop_url: z.string(),
    reason: z.enum(['not_found', 'withheld', 'internal']),
    match_count: z.string(),
    people_count: z.string(),
  })
  .partial()
  .required({ found: true, match_count: true })
  .meta({ id: 'LookupFlat', description: 'With `format=flat`: one level, every value text, unknown ones absent.' })

const lookupLine = z
  .string()
  .meta({ description: 'With `format=text`: one display line, empty for an unknown caller.' })

const otherReplies = { 404: { description: 'No case has this number.', schema: lookupNotFound } }

const about = {
  needs: 'lookup:read',
  tag: 'Lookup',
  summary: 'Find the most recent case by any of the patient’s numbers',
  reply: lookupFound,
  otherReplies,
  otherShapes: {
    '200': z.union([lookupFlat, lookupNotFound]),
    '404': lookupFlat,
    '200 text/plain': lookupLine,
    '404 text/plain': lookupLine,
  },
  errors: ['phone_required', 'phone_invalid'],
} as const

/** The guide's words. */
const askInQuery = 'Please provide a phone number in the query parameter: ?phone=+391234567890'
const askInBody = 'Please provide a phone number in the request body: {"phone": "+391234567890"}'

export const lookupByQuery = endpoint({
  ...about,
  errors: [...about.errors],
  name: 'lookupByQuery',
  method: 'GET',
  path: '/api/lookup',
  query: z.object({ phone, ...options }),
  examples: { ...replyExamples, '400': refusalExamples(askInQuery), '?phone': phoneExamples },
  refusals: {
    phone: {
      code: 'phone_required',
      message: askInQuery,
    },
  },
})

export const lookupByBody = endpoint({
  ...about,
  errors: [...about.errors],
  name: 'lookupByBody',
  method: 'POST',
  path: '/api/lookup',
  query: z.object(options),
  body: z.object({ phone: z.union([phone, z.int().positive()]), ...postedOptions }),
  examples: { ...replyExamples, '400': refusalExamples(askInBody), body: bodyExamples },
  refusals: {
    phone: {
      code: 'phone_required',
      message: askInBody,
    },
  },
})

/** What the platform was told about a call during the last hour, for pages that only know the call's id. */
export const lookupByConversation = endpoint({
  ...about,
  errors: ['not_found'],
  name: 'lookupByConversation',
  method: 'GET',
  path: '/api/lookup/:provider/:conversation_id',
  summary: 'The result of an earlier lookup, by the platform’s id of the call (kept for an hour)',
  params: z.object({ provider: storable, conversation_id: storable }),
  examples: replyExamples,
  query: z.object({ on_missing: options.on_missing, format: options.format, locale: options.locale }),
})
