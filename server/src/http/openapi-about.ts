import { version } from './version.ts'

export const about = {
  title: 'ClínicaCRM',
  version,
  summary: 'The CRM that answers the phone.',
  description: `Finds a clinic's patient and case by the caller's phone number while the phone rings, and keeps cases, patients, clinics and treatments.

**Authentication.** Send an API key as \`x-api-key: …\` or as \`Authorization: Bearer …\`. Each key has scopes, a limit of requests a minute and, if its owner wishes, an end date, address ranges and clinics. People sign in on our own pages and are known by a cookie; what a role may do is said at each call.

**Errors** are \`{"error", "message", "code"}\`, where \`code\` is for programs. Bodies that the integration guide fixes have no \`code\`. A method that an address does not answer is refused with 405 and \`Allow\`.

**Waiting.** An answer to a lookup takes milliseconds and never more than half a second: when the database cannot answer, the lookup says 503. Give up after 2 seconds and let the call ring.

**Ids** are strings (\`"9"\`). Times are ISO 8601 with an offset. Later versions may add fields to answers: ignore those you do not know.`,
  license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
}

/** In the order the documentation shows them. */
export const tags: Record<string, string> = {
  Lookup: 'Who is calling? For contact centres and telephone systems.',
  Cases: 'What a patient asked for and how far it is. Notes belong to a case.',
  Patients: 'The people, and how to reach them.',
  Calls: 'What happens to calls, who is shown them, and who waits to be called back.',
  Webhooks: 'Other servers that are told of what changes here, signed, and what was sent to each.',
  Connectors:
    'The platforms that can be connected: what is to be done, settings, files to import, health, a test call.',
  Integrators: 'Why a number finds what it finds, and what platforms asked and told us lately.',
  Telephony: 'How platforms name our agents and numbers, the lines they send events over, and who may frame us.',
  Settings: 'The clinics, and the treatments that cases name.',
  Desk: 'What the pages of people at work ask for.',
  People: 'Sign-in, one’s own profile, and who works here.',
  'API keys': 'Who may call this API.',
  Operation: 'For load balancers and monitoring.',
}

export const eitherKey = [{ apiKey: [] }, { bearer: [] }]
export const session = [{ session: [] }]

export const securitySchemes = {
  apiKey: {
    type: 'apiKey',
    in: 'header',
    name: 'x-api-key',
    description: 'The API key; recommended for contact centres.',
  },
  bearer: { type: 'http', scheme: 'bearer', description: 'The same API key, for clients that can only send a token.' },
  session: {
    type: 'apiKey',
    in: 'cookie',
    name: '__Host-clinicacrm_session',
    description:
      'The cookie of a person who signed in with `POST /api/session`; `clinicacrm_session` where there is no TLS. What changes ' +
      'something must come from our own pages: a browser says so with `Sec-Fetch-Site` or `Origin`. What a page asks by itself ' +
      'carries `x-clinicacrm-background: 1` and does not keep the session alive.',
  },
}

export const idempotencyKey = {
  name: 'Idempotency-Key',
  in: 'header',
  required: false,
  description:
    'A text of your own, new for each thing to create. Repeating the request with it within a day creates nothing again ' +
    'and gives the first answer.',
  schema: { type: 'string', minLength: 1, maxLength: 255, pattern: '^[!-~]+$' },
}

/** Not in the contract: its answer is not JSON. */
export const metrics = {
  operationId: 'metrics',
  tags: ['Operation'],
  summary: 'Counters and timings, for Prometheus',
  description: 'Open to the machine the program runs on. For others: API key with the scope `metrics:read`.',
  security: [{}, ...eitherKey],
  responses: {
    200: {
      description: 'Prometheus’ text format',
      content: {
        'text/plain': {
          schema: { type: 'string' },
          examples: {
            lookups: { summary: 'Lookups by verdict', value: 'clinicacrm_lookups_total{verdict="found"} 42\n' },
          },
        },
      },
    },
    ...Object.fromEntries(
      Object.entries({
        400: 'BadRequest',
        401: 'Unauthorized',
        403: 'Forbidden',
        429: 'TooManyRequests',
        503: 'Unavailable',
      }).map(([status, name]) => [status, { $ref: `#/components/responses/${name}` }]),
    ),
  },
}
