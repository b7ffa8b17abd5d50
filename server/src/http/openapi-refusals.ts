import type { Endpoint, Example } from '@clinicacrm/contract/endpoint.ts'
import { type ErrorCode, errors } from '@clinicacrm/contract/errors.ts'
import { AppError } from '../app-error.ts'
import { type Json, json } from './openapi-schemas.ts'

type Refusal = {
  name: string
  description: string
  /** Any endpoint may answer so… */
  errors: AppError[]
  /** …and so only those that declare it. */
  own?: AppError[]
  headers?: string[]
}

const rateLimitHeaders = ['RateLimit', 'RateLimit-Policy', 'RateLimit-Limit', 'RateLimit-Remaining', 'RateLimit-Reset']
const tooLong = { field: 'phone', message: 'must have at most 200 characters' }
const somebodyElses = { current: { id: '9', version: 2 } }

/** The refusals that endpoints share, by status. The bodies are printed by the class that prints the real ones. */
const refusals: Record<number, Refusal> = {
  400: {
    name: 'BadRequest',
    description: 'The request cannot be read. `message` says what is wrong, `fields` where.',
    errors: [
      new AppError('invalid_request', `${tooLong.field}: ${tooLong.message}`, { fields: [tooLong] }),
      new AppError('invalid_json', 'The request body must be valid JSON.'),
    ],
  },
  401: {
    name: 'Unauthorized',
    description: 'No API key and no session, or not a valid one.',
    errors: [new AppError('unauthorized', '')],
    own: [
      new AppError('wrong_credentials', 'The e-mail address or the password is wrong.'),
      new AppError('wrong_code', 'The code is wrong, or was used before.'),
    ],
    headers: ['WWW-Authenticate'],
  },
  403: {
    name: 'Forbidden',
    description: 'The key or the session is valid but may not do this, or it came without TLS or from another site.',
    errors: [
      new AppError('forbidden', 'This key lacks the permission cases:write.'),
      new AppError('https_required', 'API keys are accepted over HTTPS only.'),
    ],
  },
  404: {
    name: 'NotFound',
    description: 'There is nothing with this id, or nothing that this key may see.',
    errors: [new AppError('not_found', 'There is nothing with this id.')],
  },
  409: {
    name: 'Conflict',
    description: 'It clashes with what is there. If somebody saved in between, `current` is what they saved.',
    errors: [],
    own: [
      new AppError('case_changed', 'Somebody saved this case in between.', somebodyElses),
      new AppError('patient_changed', 'Somebody saved this patient in between.', somebodyElses),
      new AppError('note_changed', 'Somebody saved this note in between.', somebodyElses),
      new AppError('changed', 'Somebody saved this in between.', somebodyElses),
      new AppError('move_not_offered', 'The lifecycle does not offer this move from here.'),
      new AppError('already_set_up', 'This installation is set up: sign in, or ask for an invitation.'),
      new AppError('already_exists', 'One with this name or code exists.'),
    ],
  },
  410: {
    name: 'Gone',
    description: 'It was there, and is no more.',
    errors: [],
    own: [
      new AppError('case_deleted', 'This case was deleted.'),
      new AppError('link_expired', 'This link was used or has run out: ask for a new one.'),
    ],
  },
  413: {
    name: 'PayloadTooLarge',
    description: 'The body is too large.',
    errors: [new AppError('payload_too_large', 'The request body is too large.')],
  },
  415: {
    name: 'UnsupportedMediaType',
    description: 'The body is not JSON.',
    errors: [new AppError('unsupported_media_type', 'Send the body as application/json.')],
  },
  422: {
    name: 'Unprocessable',
    description: 'It can be read, and cannot be done so.',
    errors: [new AppError('idempotency_key_reused', 'This Idempotency-Key was used with another request.')],
    own: [new AppError('weak_password', 'This is one of the first that somebody would try.', { reason: 'common' })],
  },
  429: {
    name: 'TooManyRequests',
    description:
      'More requests in a minute than this key or person may send, or too many failed attempts from this address.',
    errors: [new AppError('too_many_requests', 'This key may send 1000 requests a minute. Try again in 12 s.')],
    headers: ['Retry-After', ...rateLimitHeaders],
  },
  503: {
    name: 'Unavailable',
    description: 'The database did not answer in time, or the server is busy. Nothing was changed; try again.',
    errors: [new AppError('unavailable', 'The database did not answer in time. Try again in a second.')],
    headers: ['Retry-After'],
  },
}

const headers: Record<string, string> = {
  'Retry-After': 'Seconds after which to try again.',
  RateLimit: 'What is left, e.g. `"key";r=999;t=60`. Every answer to a valid key carries it.',
  'RateLimit-Policy': 'What the key may send, e.g. `"key";q=1000;w=60`.',
  'RateLimit-Limit': 'Requests a minute.',
  'RateLimit-Remaining': 'Requests left in this minute.',
  'RateLimit-Reset': 'Seconds until the minute is over.',
  'WWW-Authenticate': 'Always `Bearer`.',
}

/** How an endpoint may refuse, by status. */
export function refusalsOf(endpoint: Endpoint): Record<string, Json> {
  const statuses = new Set([400, 503, ...(endpoint.errors ?? []).map((code) => errors[code].status)])
  if (endpoint.needs !== 'public') for (const status of [401, 403, 429]) statuses.add(status)
  else if (endpoint.method !== 'GET') statuses.add(403)
  if (endpoint.body) for (const status of [413, 415]) statuses.add(status)
  if (endpoint.idempotent) statuses.add(422)
  return Object.fromEntries([...statuses].map((status) => [status, refusalOf(status, endpoint)]))
}

/** The shared one, unless the endpoint has examples or codes of its own. */
function refusalOf(status: number, endpoint: Endpoint): Json {
  const refusal = refusals[status]!
  const ownExamples = endpoint.examples?.[status]
  if (ownExamples && status === 400) return response(refusal, { ...ownExamples, ...examplesOf(refusal.errors) })
  const own = (refusal.own ?? []).filter(({ code }) => endpoint.errors?.includes(code))
  if (!own.length) return { $ref: `#/components/responses/${refusal.name}` }
  return response(refusal, examplesOf([...refusal.errors.filter(({ code }) => isShared(code, endpoint)), ...own]))
}

/** Where an endpoint has refusals of its own, the shared ones beside them are those that it can meet. */
function isShared(code: ErrorCode, { needs, errors: own, idempotent }: Endpoint) {
  if (own?.includes(code)) return true
  return code === 'idempotency_key_reused' ? idempotent : needs !== 'public'
}

function response({ description, headers: named = [] }: Refusal, examples: Record<string, Example>): Json {
  const wordless = 'unauthorized' in examples && { $ref: '#/components/schemas/Unauthorized' }
  const worded = Object.keys(examples).some((code) => code !== 'unauthorized') && { $ref: '#/components/schemas/Error' }
  const schema = wordless && worded ? { anyOf: [wordless, worded] } : wordless || worded || {}
  const needed = named.filter((header) => header !== 'WWW-Authenticate' || wordless)
  const refs = needed.map((header) => [header, { $ref: `#/components/headers/${header}` }])
  return {
    description,
    ...(refs.length && { headers: Object.fromEntries(refs) }),
    content: json(schema, examples),
  }
}

const examplesOf = (shown: AppError[]): Record<string, Example> =>
  Object.fromEntries(shown.map(({ code, body }) => [code, { summary: errors[code].error, value: body }]))

/** What the refusals of the endpoints refer to. */
export function refusalComponents() {
  const shared = Object.entries(refusals).filter(([, refusal]) => refusal.errors.length)
  return {
    schemas: { Error: errorSchema, Unauthorized: unauthorizedSchema },
    responses: Object.fromEntries(
      shared.map(([, refusal]) => [refusal.name, response(refusal, examplesOf(refusal.errors))]),
    ),
    headers: Object.fromEntries(
      Object.entries(headers).map(([name, description]) => [name, { description, schema: { type: 'string' } }]),
    ),
  }
}

const text = (description: string) => ({ type: 'string', description })
const codes: ErrorCode[] = Object.keys(errors) as ErrorCode[]

const errorSchema = {
  type: 'object',
  required: ['error', 'message'],
  properties: {
    error: text('What happened, for people.'),
    message: text('What to do about it, for people.'),
    code: text(
      `What happened, for programs; absent where the integration guide fixes the body. One of ${codes.map((code) => `\`${code}\``).join(', ')}.`,
    ),
    fields: {
      type: 'array',
      description: 'With `invalid_request`: each wrong field.',
      items: {
        type: 'object',
        required: ['field', 'message'],
        properties: { field: text('Its name.'), message: text('What is wrong with it.') },
      },
    },
    current: { type: 'object', description: 'With `case_changed` and its like: what is saved now.' },
    reason: {
      type: 'string',
      enum: ['too_short', 'common', 'contains_name'],
      description: 'With `weak_password`: what is weak about it.',
    },
  },
}

const unauthorizedSchema = {
  type: 'object',
  description: 'Says no more than this, whatever is wrong with the key or the session.',
  required: ['error'],
  properties: { error: { type: 'string', const: 'Unauthorized' } },
  additionalProperties: false,
}
