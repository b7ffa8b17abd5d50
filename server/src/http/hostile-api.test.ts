import { api } from '@clinicacrm/contract/api.ts'
import type { Endpoint } from '@clinicacrm/contract/endpoint.ts'
import { errors } from '@clinicacrm/contract/errors.ts'
import { permissionsOf, scopeNames } from '@clinicacrm/contract/permissions.ts'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Clinic, openClinic, type SignedIn } from '../testing/harness.ts'
import { flawsOf, patiently } from '../testing/wire.ts'

// Every endpoint of the contract, with a key that may do everything or as an owner where keys may not, and with nonsense in
// every place.

let clinic: Clinic
let ownId: string
let owner: SignedIn
beforeAll(async () => {
  clinic = await openClinic()
  await clinic.opens({ treatment: 'SMILE Surgery' })
  const { body } = await clinic.ask('GET', '/api/api-keys')
  ownId = body.api_keys[0].id
  await clinic.keyWith({ scopes: ['lookup:read'] })
  // Who ends the session with a small id must not end their own.
  for (let i = 0; i < 4; i++) owner = await clinic.signsIn('owner')
})
afterAll(() => clinic.close())

const nasty = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 40 }),
  fc.string({ unit: fc.constantFrom('\0', '\uD800', '\u202E', '\u0301', '%', "'", '"', '\\', '1'), maxLength: 40 }),
  fc.constantFrom<unknown>(
    '',
    ' ',
    '9',
    '0',
    '-1',
    '9'.repeat(18),
    '9'.repeat(40),
    'x'.repeat(201),
    "' or 1=1 --",
    '${7*7}{{7*7}}',
    '2025-02-30',
    '2025-06-30T23:59:60Z',
    '1900-01-01T00:00:00+23:59',
    '2199-12-31T23:59:59.999999999-23:59',
    '1e3',
    'Infinity',
    'Europe/Rome\0',
    '+01:00',
    'Etc/GMT+12',
    '10.0.0.0/33',
    'fe80::1%eth0',
    '::ffff:1.2.3.4/96',
    '0.0.0.0/0',
    'a@b.it',
    `${'a'.repeat(60)}@${'b'.repeat(180)}.it`,
    'null',
    null,
    true,
    0,
    -1,
    1.5,
    1e21,
    Number.MAX_SAFE_INTEGER,
    2_147_483_648,
    [],
    [[]],
    {},
    [null],
    ['Centro Oculistico Roma'],
  ),
  fc.jsonValue({ maxDepth: 3 }),
)

const shapeOf = (schema: unknown) => Object.keys((schema as { shape?: object } | undefined)?.shape ?? {})
const examplesOf = ({ examples }: Endpoint) =>
  Object.values(examples?.body ?? {}).map(({ value }) => value as Record<string, unknown>)
const strangeNames = ['__proto__', 'constructor', 'hasOwnProperty', '', '\0', 'id', 'deleted_at', 'search_text']

/** Anything; or an object of the endpoint's own fields and strange ones; or a good body with one field gone bad. */
function bodiesOf(endpoint: Endpoint) {
  const name = fc.constantFrom(...shapeOf(endpoint.body), ...strangeNames)
  const spoilt = fc
    .tuple(fc.constantFrom({}, ...examplesOf(endpoint)), fc.array(fc.tuple(name, nasty), { maxLength: 2 }))
    .map(([good, bad]) => ({ ...good, ...Object.fromEntries(bad) }))
  return fc.oneof(fc.jsonValue(), fc.dictionary(name, nasty), spoilt, spoilt)
}

const text = nasty.map((value) => (typeof value === 'string' ? value.toWellFormed() : JSON.stringify(value)))
const queriesOf = ({ query }: Endpoint) =>
  fc
    .array(fc.tuple(fc.constantFrom(...shapeOf(query), ...strangeNames), text), { maxLength: 4 })
    .map((pairs) => new URLSearchParams(pairs).toString())
const ids = fc.oneof(fc.constantFrom('1', '2', '3', '0', '-1', '01', '1.0', '9'.repeat(18), '9'.repeat(19), ' 1'), text)

function pathsOf({ path }: Endpoint) {
  const places = path.match(/:\w+/g) ?? []
  return fc.array(ids, { minLength: places.length, maxLength: places.length }).map((values) => {
    // A stranger to itself would be a key that revoked itself.
    const id = (i: number) => (path.startsWith('/api/api-keys') && values[i] === ownId ? '999' : values[i]!)
    return places.reduce((filled, place, i) => filled.replace(place, () => encodeURIComponent(id(i)) || '%20'), path)
  })
}

const isForKeys = ({ needs }: Endpoint) =>
  needs === 'public' || (needs !== 'signed_in' && permissionsOf(scopeNames).has(needs))

/** Nonsense is a wrong password too. */
const mayBeWrong = ({ errors: own = [] }: Endpoint) => own.some((code) => errors[code].status === 401)

const headersOf = fc.oneof(
  fc.constant({}),
  fc.constantFrom({ 'idempotency-key': 'the same again' }, { 'idempotency-key': 'a b' }, { 'idempotency-key': 'é' }),
)

test.each(api)('$method $path takes nonsense without a 5xx, in JSON, and within 5 s', async (endpoint) => {
  const statuses = new Set<number>()
  const request = fc.tuple(pathsOf(endpoint), queriesOf(endpoint), bodiesOf(endpoint), headersOf)
  await fc.assert(
    fc.asyncProperty(request, async ([path, query, json, headers]) => {
      const reply = await patiently(() =>
        (isForKeys(endpoint) ? clinic : owner).ask(endpoint.method, `${path}${query && '?'}${query}`, {
          headers,
          signal: AbortSignal.timeout(5_000),
          ...(endpoint.method !== 'GET' && { json }),
        }),
      )
      expect(flawsOf(reply)).toEqual([])
      expect(reply.status === 401 && !mayBeWrong(endpoint)).toBe(false)
      statuses.add(reply.status)
    }),
    { numRuns: endpoint.body ? 80 : 25 },
  )
  expect(statuses.size).toBeGreaterThan(0)
  expect(Object.keys(Object.prototype)).toEqual([])
})

test('after all of it the same key still finds the same case', async () => {
  const { body } = await clinic.ask('GET', '/api/cases')
  expect(body.cases.length).toBeGreaterThan(0)
  // The clinic there was may have been renamed.
  expect((await clinic.ask('POST', '/api/clinics', { json: { name: 'Afterwards' } })).status).toBe(201)
  const { phone, id } = await clinic.opens({ clinic: 'Afterwards' })
  expect((await clinic.lookup(phone!)).body.case_id).toBe(id)
})

test.each<[string, string, unknown]>([
  ['/api/api-keys', 'scopes', Array.from({ length: 60_000 }, () => 1)],
  ['/api/api-keys', 'ip_ranges', Array.from({ length: 60_000 }, () => 1)],
  ['/api/api-keys', 'clinics', Array.from({ length: 60_000 }, () => 'a')],
  ['/api/clinics', 'zone', 'A/'.repeat(100_000)],
  ['/api/patients', 'email', `${'a.'.repeat(100_000)}@b.it`],
  ['/api/patients', 'phone', '1 '.repeat(100_000)],
  ['/api/cases', 'follow_up_date', '2025-'.repeat(50_000)],
])('POST %s with an enormous %s is refused', async (path, field, value) => {
  const good = { name: 'Enorme', scopes: ['lookup:read'], first_name: 'Ada', last_name: 'Neri' }
  const fields = path === '/api/api-keys' ? ['name', 'scopes'] : path === '/api/clinics' ? ['name'] : ['first_name']
  const json = { ...Object.fromEntries(Object.entries(good).filter(([name]) => fields.includes(name))), [field]: value }
  const reply = await patiently(() => clinic.ask('POST', path, { json, signal: AbortSignal.timeout(5_000) }))
  expect(flawsOf(reply)).toEqual([])
  expect([400, 413]).toContain(reply.status)
})

test.each(['+05:00', '-03', '+0100', 'Europe/Rome\0', 'Nowhere/City', ''])(
  'a clinic’s zone is a name that program and database read alike, so not %j',
  async (zone) => {
    const { status, body } = await clinic.ask('POST', '/api/clinics', { json: { name: 'Zona', zone } })
    expect([status, body.fields[0].field]).toEqual([400, 'zone'])
  },
)
