import { api } from '@clinicacrm/contract/api.ts'
import { disclosureProfiles, permissionsOf, type Scope, scopeNames } from '@clinicacrm/contract/permissions.ts'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Clinic, openClinic, type Reply } from '../testing/harness.ts'

let clinic: Clinic
beforeAll(async () => {
  clinic = await openClinic({ clinics: ['Roma', 'Milano'] })
})
afterAll(() => clinic.close())

const lookups = { scopes: ['lookup:read' as const] }

describe('a scope', () => {
  test.each(scopeNames)('%s opens exactly its endpoints, and what is closed changes nothing', async (scope) => {
    const { key } = await clinic.keyWith({ scopes: [scope] })
    const before = await changes()
    for (const { method, path, needs } of api) {
      const open = needs === 'public' || (needs !== 'signed_in' && permissionsOf([scope]).has(needs))
      const json = method === 'GET' ? undefined : {}
      const { status, body } = await clinic.ask(method, path.replaceAll(/:\w+/g, '999999'), { key, json })
      expect([method, path, status !== 403]).toEqual([method, path, open])
      expect(status).toBeLessThan(500)
      const refusal =
        needs === 'signed_in'
          ? 'This is for people who are signed in, not for API keys.'
          : `This key lacks the permission ${needs}.`
      expect(open || body.message).toEqual(open || refusal)
    }
    expect(await changes()).toEqual(before)
  })

  test('metrics:read is not needed on this machine, and is needed by whoever is forwarded', async () => {
    const { key } = await clinic.keyWith(lookups)
    const { key: reader } = await clinic.keyWith({ scopes: ['metrics:read'] })
    const headers = { 'x-forwarded-for': '203.0.113.9' }
    const status = async (asking: object) => (await clinic.ask('GET', '/api/metrics', asking)).status
    expect(await status({ key: null })).toBe(200)
    expect(await status({ key: null, headers })).toBe(401)
    expect(await status({ key, headers })).toBe(403)
    expect(await status({ key: reader, headers })).toBe(200)
  })

  const changes = () => clinic.rows('select count(*)::int as count from audit_events')
})

describe('a profile', () => {
  const person = {
    first_name: 'Fiammetta',
    last_name: 'Quarantotti',
    phone: '+39 06 5550 1234',
    cell_phone: '+39 347 555 0199',
    email: 'fiammetta@example.it',
    treatment: 'SMILE Surgery',
    disposition: 'valutazione-segreta',
    outcome: 'esito-segreto',
  }
  const shown = async (profile: (typeof disclosureProfiles)[number], query: Record<string, string> = {}) => {
    const { key } = await clinic.keyWith({ ...lookups, profile })
    return clinic.lookup('+39 06 5550 1234', { provider: 'genesys', conversation_id: profile, ...query }, { key })
  }
  beforeAll(async () => {
    await clinic.opens(person)
    await clinic.opens({ ...person, disposition: 'altra-segreta' })
  })

  test('full tells all the guide tells', async () => {
    const { text } = await shown('full')
    for (const word of ['Fiammetta Quarantotti', '+39 347 555 0199', person.email, 'SMILE Surgery', 'altra-segreta'])
      expect(text).toContain(word)
  })

  test.each(['json', 'flat', 'text'])('greeting (%s) tells who calls, and nothing of their health', async (format) => {
    const { text, status } = await shown('greeting', { format })
    expect(status).toBe(200)
    expect(text).toContain('Fiammetta Quarantotti')
    for (const secret of ['SMILE', 'segret', person.email]) expect(text).not.toContain(secret)
  })

  test.each(['json', 'flat', 'text'])('minimal (%s) tells that there is a case, and not whose', async (format) => {
    const { text, status } = await shown('minimal', { format })
    expect(status).toBe(200)
    for (const secret of ['Fiammetta', 'Quarantotti', 'SMILE', 'segret', 'example.it', '0199', 'Roma', 'NUOVO'])
      expect(text).not.toContain(secret)
  })

  test('holds for an answer that is given again by the id of the call', async () => {
    const { key } = await clinic.keyWith({ ...lookups, profile: 'minimal' })
    await clinic.lookup('+39 06 5550 1234', { provider: 'five9', conversation_id: 'm' }, { key })
    const again = () => clinic.ask('GET', '/api/lookup/five9/m', { key })
    await expect.poll(async () => (await again()).status).toBe(200)
    const { body, text } = await again()
    expect(body).toMatchObject({ found: true })
    for (const secret of ['Fiammetta', 'SMILE', 'segret', '0199']) expect(text).not.toContain(secret)
  })
})

describe('a key limited to one clinic', () => {
  const theirs = '+39 02 5550 1111'
  const registered = '+39 02 5550 2222'
  const nobodys = '+39 02 5550 3333'
  let key: string
  let caseId: string
  beforeAll(async () => {
    ;({ key } = await clinic.keyWith({ scopes: scopeNames, clinics: ['Roma'] }))
    caseId = (await clinic.opens({ phone: theirs, clinic: 'Milano', first_name: 'Altrui' })).id
    await clinic.ask('POST', '/api/patients', {
      json: { first_name: 'Altrui', phone: registered, clinic: 'Milano' },
    })
  })
  const masked = ({ status, text, headers }: Reply) => [
    status,
    text.replaceAll(/\d{4}(?=["&]|$)/gm, '****'),
    ...[...headers].filter(([name]) => !/^(date|ratelimit)/.test(name)),
  ]

  test.each([{}, { format: 'flat' }, { format: 'text' }, { on_missing: '200' }, { locale: 'es' }])(
    'answers the number of another clinic as it answers a number of nobody (%j)',
    async (query) => {
      const unknown = masked(await clinic.lookup(nobodys, query, { key }))
      expect(masked(await clinic.lookup(theirs, query, { key }))).toEqual(unknown)
      expect(masked(await clinic.lookup(registered, query, { key }))).toEqual(unknown)
      expect(masked(await clinic.lookup(theirs, query)), 'the mask must not hide what differs').not.toEqual(unknown)
    },
  )

  test('leaves no trace of what it did not show', async () => {
    await clinic.lookup(theirs, {}, { key })
    await clinic.lookup(theirs)
    const shown = () => clinic.rows('select actor from access_events where case_id = $1', [caseId])
    await expect.poll(async () => (await shown()).length).toBeGreaterThan(0)
    const { body } = await clinic.ask('GET', '/api/api-keys', { key })
    const own = `api_key:${body.api_keys[0].id}`
    expect((await shown()).map(({ actor }) => actor)).not.toContain(own)
  })

  test.each([
    ['GET', '', undefined],
    ['PATCH', '', { disposition: 'x' }],
    ['DELETE', '', undefined],
    ['GET', '/notes', undefined],
    ['POST', '/notes', { body: 'x' }],
  ])('%s of the other clinic’s case%s is what it is for a case that is not there', async (method, part, json) => {
    const [theirs, nobodys] = [`/api/cases/${caseId}${part}`, `/api/cases/999999${part}`]
    const [one, two] = [
      await clinic.ask(method, theirs, { key, json }),
      await clinic.ask(method, nobodys, { key, json }),
    ]
    expect([one.status, one.text]).toEqual([404, two.text])
  })
})

describe('a key that may manage keys', () => {
  const giver = { scopes: ['keys:manage', 'lookup:read'] as Scope[], profile: 'minimal' as const, clinics: ['Roma'] }
  let key: string
  beforeAll(async () => {
    ;({ key } = await clinic.keyWith(giver))
  })
  const create = (json: object) =>
    clinic.ask('POST', '/api/api-keys', { json: { name: 'New', ...lookups, ...json }, key })

  test.each([
    { scopes: ['lookup:read', 'cases:read'] },
    { scopes: ['metrics:read'] },
    { profile: 'full' },
    { profile: 'greeting' },
    { clinics: null },
  ])('gives no key more than it has: %j', async (more) => {
    expect((await create(more)).status).toBe(403)
  })

  test('does not even learn whether a clinic exists that is not its own', async () => {
    const replies = [await create({ clinics: ['Milano'] }), await create({ clinics: ['Nowhere'] })]
    expect(replies.map(({ status }) => status)).toEqual([400, 400])
    expect(replies[0]!.text).toBe(replies[1]!.text)
  })

  test('gives its own limits to a key for which it names none', async () => {
    const { status, body } = await create({})
    expect([status, body.profile, body.clinics]).toEqual([201, 'minimal', ['Roma']])
  })

  test('raises neither itself nor another', async () => {
    const { body } = await clinic.ask('GET', '/api/api-keys', { key })
    for (const { id } of body.api_keys)
      for (const json of [{ profile: 'full' }, { clinics: null }, { scopes: scopeNames }])
        expect((await clinic.ask('PATCH', `/api/api-keys/${id}`, { key, json })).status).toBe(403)
  })

  test('neither sees, changes, rotates nor revokes a stronger one', async () => {
    const everyClinic = await clinic.keyWith(lookups)
    const fuller = await clinic.keyWith({ ...lookups, clinics: ['Roma'], profile: 'full' })
    const wider = await clinic.keyWith({ scopes: scopeNames, clinics: ['Roma'], profile: 'minimal' })
    for (const { id, key: theirs } of [everyClinic, fuller, wider]) {
      const refused = id === everyClinic.id ? 404 : 403
      for (const [method, path, json] of [
        ['PATCH', '', { name: 'Mine' }],
        ['POST', '/rotate', {}],
        ['DELETE', '', undefined],
      ] as const)
        expect([method, (await clinic.ask(method, `/api/api-keys/${id}${path}`, { key, json })).status]).toEqual([
          method,
          refused,
        ])
      expect((await clinic.lookup('06 1', {}, { key: theirs })).status).not.toBe(401)
    }
  })
})

describe('a key that may give keys', () => {
  const give = (key: string, fields: object) =>
    clinic.ask('POST', '/api/api-keys', { key, json: { name: 'Given', scopes: ['lookup:read'], ...fields } })

  test('hands its own bounds on, and never wider ones', async () => {
    const own = { ip_ranges: ['127.0.0.1', '10.0.0.0/8'], expires_at: '2099-01-01T00:00:00Z', limit_per_minute: 500 }
    const { id, key } = await clinic.keyWith({ scopes: ['keys:manage', 'lookup:read'], ...own })
    const { status, body } = await give(key, {})
    expect([status, body.ip_ranges, body.expires_at.slice(0, 10), body.limit_per_minute]).toEqual([
      201,
      own.ip_ranges,
      '2099-01-01',
      500,
    ])
    expect(
      (await give(key, { ip_ranges: ['10.0.0.0/8'], expires_at: '2098-01-01T00:00:00Z', limit_per_minute: 5 })).status,
    ).toBe(201)
    for (const wider of [
      { ip_ranges: null },
      { ip_ranges: ['0.0.0.0/0'] },
      { expires_at: null },
      { expires_at: '2100-01-01T00:00:00Z' },
      { limit_per_minute: 501 },
    ]) {
      const field = Object.keys(wider)[0]!
      const given = await give(key, wider)
      expect([given.status, given.body.message], field).toEqual([403, expect.stringContaining(field)])
      expect((await clinic.ask('PATCH', `/api/api-keys/${id}`, { key, json: wider })).status, field).toBe(403)
    }
  })
})
