import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Clinic, openClinic, type SignedIn } from '../testing/harness.ts'
import { redactedBody, redactedPhone, redactedText } from './redacted.ts'

const roma = 'Centro Oculistico Roma'
const milano = 'Centro Oculistico Milano'

let crm: Clinic
let integrator: SignedIn
let caseId: string

beforeAll(async () => {
  crm = await openClinic({ clinics: [roma, milano] })
  integrator = await crm.signsIn('integrator', { name: 'Ivo' })
  caseId = (await crm.opens({ clinic: roma, first_name: 'Ada', last_name: 'Neri', home_phone: '06 / 2222.4444' })).id
})
afterAll(() => crm.close())

const list = async (query = '') => (await integrator.ask('GET', `/api/requests${query}`)).body.requests
/** Written a moment after the answer. */
const logged = async (provider: string) => {
  await expect.poll(async () => (await list(`?provider=${provider}`)).length, { timeout: 5_000 }).toBeGreaterThan(0)
  return (await list(`?provider=${provider}`))[0]
}

describe('the log of requests', () => {
  test('tells a lookup, who asked and what came of it, and of the number only the ends', async () => {
    await crm.lookup('+39 06 2222 4444', { provider: 'p-found', conversation_id: 'c-1' })
    const row = await logged('p-found')
    expect(row).toMatchObject({
      kind: 'lookup',
      name: 'Test',
      verdict: 'found',
      status: 200,
      phone: '+39…444',
      call_id: 'c-1',
    })
    const { text, body } = await integrator.ask('GET', `/api/requests/${row.id}`)
    expect(body).toMatchObject({ can_replay: true })
    expect(text).not.toContain('2222')
    expect(text).not.toContain('Neri')
  })

  test('tells misses, mistakes and refusals apart', async () => {
    await crm.lookup('+391234567890', { provider: 'p-miss' })
    await crm.lookup('ciao', { provider: 'p-invalid' })
    await crm.ask('GET', '/api/lookup?phone=1', { key: 'ck_live_none_at_all' })
    expect(await logged('p-miss')).toMatchObject({ verdict: 'not_found', status: 404 })
    expect(await logged('p-invalid')).toMatchObject({ verdict: 'invalid', status: 400 })
    const statuses = async (query: string) => (await list(query)).map(({ status }: { status: number }) => status)
    expect(await statuses('?status=ok&provider=p-miss')).toEqual([404])
    expect(await statuses('?status=refused&provider=p-miss')).toEqual([])
    expect(await statuses('?status=refused')).toEqual(expect.arrayContaining([400, 401]))
    expect(await statuses('?verdict=invalid')).toEqual([400])
  })

  test('tells events, however they came, and what the connector could not read', async () => {
    await crm.ask('POST', '/api/calls/events', {
      json: { provider: 'p-event', call_id: 'e-1', event: 'ringing', from: '0622224444' },
    })
    expect(await logged('p-event')).toMatchObject({ kind: 'event', verdict: 'one', status: 200, phone: '06…444' })
    const owner = await crm.signsIn('owner')
    const line = { connector: 'own-json', name: 'Centralino', settings: {} }
    const { url } = (await owner.ask('POST', '/api/telephony/lines', { json: line })).body
    const path = new URL(url).pathname
    await crm.ask('POST', path, { key: null, json: [{ event: 'rings', from: '+39 06 2222 4444' }] })
    const row = await logged('own-json')
    expect(row).toMatchObject({ name: 'Centralino', status: 400 })
    expect(row.problem).toContain('call_id')
    const replay = await integrator.ask('POST', `/api/requests/${row.id}/replay`)
    expect(replay.body).toMatchObject({ explanation: null, events: [], was: { status: 400 } })
    expect(replay.body.problems.join()).toContain('call_id')
    expect((await integrator.ask('GET', `/api/requests/${row.id}`)).text).not.toContain('2222')
    expect((await integrator.ask('GET', '/api/requests')).text).not.toContain(path.split('/').at(-1))
  })

  test('keeps no secret that a platform sends, however it writes it', async () => {
    const owner = await crm.signsIn('owner')
    const token = 'a"secret"/of Aircall'
    const line = { connector: 'aircall', name: 'Aircall', settings: { token } }
    const { url } = (await owner.ask('POST', '/api/telephony/lines', { json: line })).body
    const json = { event: 'call.created', resource: 'call', token, data: { id: 1, raw_digits: '+39 347 555 0102' } }
    expect((await crm.ask('POST', new URL(url).pathname, { key: null, json })).status).toBe(200)
    await logged('aircall')
    const [row] = await crm.rows<{ said: { body: string } }>(`select said from request_log where provider = 'aircall'`)
    expect(JSON.parse(row!.said.body)).toMatchObject({ event: 'call.created', token: '…' })
  })

  test('goes on page by page, and is forgotten by nobody who may not read it', async () => {
    const all = await list('?limit=200')
    const first = (await integrator.ask('GET', '/api/requests?limit=2')).body
    expect(first.has_more).toBe(true)
    const next = (await integrator.ask('GET', `/api/requests?limit=2&before=${first.requests[1].id}`)).body
    expect([...first.requests, ...next.requests].map(({ id }) => id)).toEqual(
      all.slice(0, 4).map(({ id }: { id: string }) => id),
    )
    for (const role of ['agent', 'team_lead', 'clinic_admin', 'auditor'] as const)
      expect((await (await crm.signsIn(role)).ask('GET', '/api/requests')).status).toBe(403)
    const limited = await crm.signsIn('integrator', { clinics: [roma] })
    expect((await limited.ask('GET', '/api/requests')).status).toBe(403)
  })

  test('asks a lookup again, as the key that asked it', async () => {
    const { key } = await crm.keyWith({ scopes: ['lookup:read'], clinics: [milano] })
    await crm.lookup('+39 06 2222 4444', { provider: 'p-replay', on_missing: '200' }, { key })
    const row = await logged('p-replay')
    expect(row).toMatchObject({ verdict: 'not_found', status: 200 })
    const { body, text } = await integrator.ask('POST', `/api/requests/${row.id}/replay`)
    expect(body.explanation).toMatchObject({ case_count: 0, answer: { verdict: 'not_found', status: 200 } })
    expect(text).not.toContain('2222')
  })
})

describe('explaining a number', () => {
  const explain = async (json: object) => (await integrator.ask('POST', '/api/lookup/explain', { json })).body

  test('says what was read, what was compared, which cases, and how long it took', async () => {
    const body = await explain({ phone: ' 390622224444' })
    expect(body).toMatchObject({
      kind: 'number',
      plus_restored: true,
      certainty: 'valid',
      has_country_code: true,
      key: '390622224444',
      e164: '+390622224444',
      people: 1,
      case_count: 1,
      cases: [{ rank: 1, case_id: caseId, field: 'home_phone', clinic: roma }],
      answer: { verdict: 'found', status: 200, case_id: caseId, profile: 'full' },
    })
    expect(body.ms.database).toBeGreaterThan(0)
    expect(JSON.stringify(body)).not.toContain('Neri')
    const traces = () =>
      crm.rows(`select action, profile from access_events where actor = $1`, [`user:${integrator.id}`])
    await expect.poll(traces).toContainEqual({ action: 'lookup', profile: 'minimal' })
  })

  test('compares with what somebody typed', async () => {
    const { compared } = await explain({ phone: '+39 06 2222 4444', stored: 'casa 06/2222-4444 o 333 2224444' })
    expect(compared).toEqual({ keys: ['390622224444', '393332224444'], matches: true })
    expect((await explain({ phone: '+39 06 2222 4445', stored: '06 2222 4444' })).compared.matches).toBe(false)
  })

  test('sees with the eyes of a key', async () => {
    const { id } = await crm.keyWith({ scopes: ['lookup:read'], clinics: [milano], profile: 'minimal' })
    const body = await explain({ phone: '0622224444', api_key_id: id })
    expect(body).toMatchObject({ case_count: 0, answer: { verdict: 'not_found', status: 404, profile: 'minimal' } })
    expect(
      (await integrator.ask('POST', '/api/lookup/explain', { json: { phone: '1', api_key_id: '999999' } })).status,
    ).toBe(404)
  })

  test('has a word for what is no number', async () => {
    expect(await explain({ phone: 'anonymous' })).toMatchObject({
      kind: 'withheld',
      key: null,
      answer: { verdict: 'withheld', status: 404 },
    })
    expect(await explain({ phone: 'sip:reception@pbx.local' })).toMatchObject({ kind: 'internal' })
    expect(await explain({ phone: 'ciao' })).toMatchObject({ kind: 'invalid', answer: { status: 400 } })
  })
})

describe('a sandbox key', () => {
  test('is answered the same everywhere, from nobody’s data, and leaves nothing', async () => {
    const made = await integrator.ask('POST', '/api/api-keys', {
      json: { name: 'Prova', scopes: ['lookup:read'], sandbox: true },
    })
    expect(made.body).toMatchObject({ sandbox: true })
    const { key } = made.body
    const ask = (phone: string, more = {}) => crm.lookup(phone, more, { key })
    expect((await ask('+39 06 2222 4444')).body).toMatchObject({
      found: true,
      case_id: '9',
      patient: { name: 'Antonio Dorato' },
    })
    expect((await ask('+39 06 2222 4444', { format: 'flat' })).body.patient_name).toBe('Antonio Dorato')
    expect((await ask('+391234567890')).status).toBe(404)
    expect((await ask('+39 06 5550 0199')).body.match_count).toBe(2)
    expect((await ask('anonymous')).body.reason).toBe('withheld')
    expect((await ask('+39 06 5550 0503')).status).toBe(503)
    const limited = await ask('+39 06 5550 0429')
    expect([limited.status, limited.headers.get('retry-after')]).toEqual([429, '60'])
    const traces = await crm.rows('select id from access_events where actor = $1', [`api_key:${made.body.id}`])
    expect(traces).toEqual([])
  })

  test('may do nothing else, and its events are forgotten', async () => {
    const refused = await crm.ask('POST', '/api/api-keys', {
      json: { name: 'Prova', scopes: ['cases:read'], sandbox: true },
    })
    expect(refused.text).toContain('sandbox')
    const { key } = await crm.keyWith({ scopes: ['lookup:read', 'calls:write'], sandbox: true })
    const event = { provider: 'p-sandbox', call_id: 's-1', event: 'ringing', from: '+39 06 2222 4444', agent: '201' }
    const { status, body } = await crm.ask('POST', '/api/calls/events', { json: event, key })
    expect([status, body.match, body.case_id]).toEqual([200, 'one', '9'])
    expect(await crm.rows(`select id from calls where provider = 'p-sandbox'`)).toEqual([])
  })
})

describe('what nobody may read', () => {
  test('of a number the ends remain, of words nothing that may be a name', () => {
    expect(redactedPhone('+39 06 2222 4444')).toBe('+39…444')
    for (const nobodys of ['201', '*21#', 'anonymous', 'Restricted', 'undefined', '{{phone}}', '${ANI}', ''])
      expect(redactedPhone(nobodys)).toBe(nobodys)
    for (const name of [
      '"Màrio Rossi" <sip:x>',
      'Mario Rossi',
      'Rossi',
      'mario.rossi@example.com',
      'sip:mario@x',
      '201 Rossi',
    ])
      expect(redactedPhone(name)).toBe('…')
    expect(redactedText('from=+39 06 2222 4444&agent=201')).toBe('from=+39…444&agent=201')
  })

  test.each([
    ['+39 (347) 555-0101', '+39…101'],
    ['+39 (0) 347 / 555 . 01 – 01', '+39…101'],
    ['"Mario Rossi" <sip:+393475550101@pbx.example>', '… <sip:+39…101@pbx.example>'],
    ['Mario Rossi <+393475550101>', '… <+39…101>'],
    ['write to mario.rossi@example.com', 'write to m…@example.com'],
    ['at https://s3.example/r.mp3?X-Amz-Signature=abc', 'at https://s3.example/r.mp3?…'],
  ])('%s is %s', (text, shown) => expect(redactedText(text)).toBe(shown))

  test('in JSON: secrets, names of whoever calls, what was written about them; the rest stays', () => {
    const data = {
      id: 812,
      raw_digits: '+39 347 555 0101',
      recording: String.raw`https://r.example/1?sig=s3cr3t`,
      user: { email: 'giulia.ferri@clinic.example' },
      contact: { first_name: 'Mario', information: 'cieco', emails: [{ value: 'm.rossi@example.com' }] },
    }
    const shown = redactedBody(
      JSON.stringify({ event: 'call.created', token: 't0ken', caller_id_name: 'Rossi M', data }),
    )
    for (const hidden of ['t0ken', 'Mario', 'cieco', 'm.rossi', 'Rossi', '347', 's3cr3t'])
      expect(shown).not.toContain(hidden)
    expect(JSON.parse(shown)).toMatchObject({
      event: 'call.created',
      data: { id: 812, raw_digits: '+39…101', user: { email: 'g…@clinic.example' } },
    })
  })

  test('in forms, and in JSON inside them', () => {
    const task = { name: 'Mario Rossi', from: '+39 347 555 0101', call_sid: 'CA1' }
    const fields = { EventType: 'task.created', From: '+39 347 555 0101', TaskAttributes: JSON.stringify(task) }
    expect(redactedBody(new URLSearchParams(fields).toString(), 'application/x-www-form-urlencoded')).toBe(
      'EventType=task.created&From=+39…101&TaskAttributes={"name":"…","from":"+39…101","call_sid":"CA1"}',
    )
  })

  test('in what was to be JSON and is none', () => {
    const shown = redactedBody('{"token": "t0ken", "name": "Mario", "event": "rings", "first_name": "Ma')
    expect(shown).toBe('{"token": "…", "name": "…", "event": "rings", "first_name": "…"')
  })

  test('takes no longer for a text that was made to take long', () => {
    const began = performance.now()
    for (const part of ['a', 'a.', '"', '1 ', '+', '<', 'https://']) redactedBody(part.repeat(20_000 / part.length))
    expect(performance.now() - began).toBeLessThan(2_000)
  })
})

test('whatever was sent, the log goes on; what is far too long is left out of it', async () => {
  const key = (await crm.keyWith({ scopes: ['lookup:read', 'calls:write'] })).key
  const owner = await crm.signsIn('owner')
  const line = { connector: 'own-json', name: 'Un’altra', settings: {} }
  const { url } = (await owner.ask('POST', '/api/telephony/lines', { json: line })).body
  const post = (body: string) =>
    fetch(new URL(new URL(url).pathname, crm.url), {
      method: 'POST',
      body,
      headers: { 'content-type': 'application/json' },
    })
  await crm.ask('POST', '/api/lookup', {
    key,
    json: { phone: '201', provider: 'p-odd', agent: '\ud800', called: 'x\ud800' },
  })
  await post(String.raw`[{"call_id":"odd-1","event":"ringing","from":"a\u0000b\\u0000\ud800"}]`)
  await post(JSON.stringify([{ call_id: 'odd-2', event: 'ringing', reason: '"'.repeat(30_000) }]))
  await crm.lookup('+391234567890', { provider: 'p-after' })
  expect(await logged('p-after')).toMatchObject({ verdict: 'not_found' })
  expect(await logged('p-odd')).toMatchObject({ kind: 'lookup' })
  const [long, odd] = await list('?provider=own-json')
  expect((await integrator.ask('GET', `/api/requests/${odd.id}`)).body).toMatchObject({ can_replay: true })
  expect((await integrator.ask('GET', `/api/requests/${long.id}`)).body).toMatchObject({
    can_replay: false,
    sent: null,
  })
})
