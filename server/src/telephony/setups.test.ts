import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Clinic, openClinic, type SignedIn } from '../testing/harness.ts'

let crm: Clinic
let owner: SignedIn
let giulia: SignedIn

beforeAll(async () => {
  crm = await openClinic({ env: { OUTGOING_ALLOWED_HOSTS: 'phones.example' } })
  owner = await crm.signsIn('owner', { email: 'owner@clinic.example', locale: 'en' })
  giulia = await crm.signsIn('agent', { name: 'Giulia', email: 'giulia@clinic.example' })
  await crm.opens({ clinic: 'Centro Oculistico Roma', first_name: 'Ada', last_name: 'Neri', phone: '+39 347 555 0101' })
})
afterAll(() => crm.close())

const page = async (name: string, who = owner, query = '') =>
  (await who.ask('GET', `/api/connectors/${name}${query}`)).body

describe('the connectors', () => {
  test('are listed in the reader’s language, each with how it fares', async () => {
    const { connectors } = (await owner.ask('GET', '/api/connectors')).body
    expect(connectors.map(({ name }: { name: string }) => name)).toEqual(
      expect.arrayContaining([
        'own-json',
        'cti-push',
        'genesys-cloud',
        'amazon-connect',
        'twilio-flex',
        'five9',
        '3cx',
      ]),
    )
    const own = connectors.find(({ name }: { name: string }) => name === 'own-json')
    expect(own.summary).toMatch(/^Takes the events/)
    expect(own.health).toEqual({
      lines: 0,
      last_event_at: null,
      event_count: 0,
      last_lookup_at: null,
      lookups_today: 0,
      last_error: null,
      last_error_at: null,
    })
    expect((await page('own-json', owner, '?locale=es')).summary).toMatch(/^Recibe/)
    expect((await owner.ask('GET', '/api/connectors/none')).status).toBe(404)
    expect((await giulia.ask('GET', '/api/connectors')).status).toBe(403)
  })

  test('keep their settings, and refuse wrong ones by name', async () => {
    expect(await page('own-json')).toMatchObject({ version: 0, settings: { provider: 'api' }, takes: 'line' })
    const save = (json: object) => owner.ask('PUT', '/api/connectors/own-json', { json })
    const saved = await save({ settings: { provider: 'our-pbx' }, version: 0 })
    expect(saved.body).toMatchObject({ version: 1, settings: { provider: 'our-pbx' } })
    expect((await save({ settings: { provider: 'x' }, version: 0 })).body.code).toBe('changed')
    const wrong = await save({ settings: { provider: '', colour: 'red' } })
    expect(wrong.status).toBe(400)
    expect(wrong.text).toContain('settings.provider')
    expect((await page('own-json')).settings).toEqual({ provider: 'our-pbx' })
    const [trace] = await crm.rows(`select changes from audit_events where action = 'connector.changed'`)
    expect(trace).toMatchObject({ changes: { provider: { to: 'our-pbx' } } })
  })

  test('bring programs into our pages from their platform only, or from where the operator says', async () => {
    const save = (settings: object) => owner.ask('PUT', '/api/connectors/five9', { json: { settings } })
    for (const host of ['mine.example', 'five9.com.mine.example', 'notfive9.com', 'phones.example.mine.example'])
      for (const name of ['sdk_url', 'adt_url'])
        expect((await save({ [name]: `https://${host}/x` })).text).toContain(`settings.${name}`)
    const { body } = await save({ sdk_url: 'https://eu.five9.net/sdk.js', adt_url: 'https://phones.example/adt.html' })
    expect(body.settings).toMatchObject({ sdk_url: 'https://eu.five9.net/sdk.js' })
    expect((await save({})).status).toBe(200)
  })

  test('keep the address of a line nowhere, however the line was asked for', async () => {
    const headers = { 'idempotency-key': 'a-line' }
    const json = { connector: 'own-json', name: 'Once', settings: {} }
    const { status, body } = await owner.ask('POST', '/api/telephony/lines', { json, headers })
    expect(status).toBe(201)
    const kept = await crm.rows('select * from idempotency_keys')
    const lines = await crm.rows('select * from connector_lines')
    expect(lines).not.toEqual([])
    expect(JSON.stringify([kept, lines])).not.toContain(body.url.split('/').at(-1))
  })

  test('whose telephone is set up are known to who takes calls, and to nobody else', async () => {
    const phonesOf = async (who: SignedIn) => (await who.ask('GET', '/api/session')).body.phones
    await crm.rows('delete from connector_setups')
    expect(await phonesOf(giulia)).toEqual([])
    const save = (name: string, settings: object) => owner.ask('PUT', `/api/connectors/${name}`, { json: { settings } })
    await save('amazon-connect', {})
    await save('cti-push', {})
    expect(await phonesOf(giulia)).toEqual([])
    await save('genesys-cloud', {})
    await save('amazon-connect', { instance_url: 'https://clinic.my.connect.aws' })
    const named = [
      { connector: 'genesys-cloud', title: 'Genesys Cloud' },
      { connector: 'amazon-connect', title: 'Amazon Connect' },
    ]
    expect(await phonesOf(giulia)).toEqual(expect.arrayContaining(named))
    expect(await phonesOf(giulia)).toHaveLength(2)
    const integrator = await crm.signsIn('integrator', { email: 'integrator@clinic.example' })
    expect(await phonesOf(integrator)).toEqual([])
  })

  test('send a secret nowhere else: with another address it has to be entered again', async () => {
    const given = { token: 't-1', api_id: 'an-id', api_token: 'a-token' }
    const json = { connector: 'aircall', name: 'Aircall', settings: given }
    const { id } = (await owner.ask('POST', '/api/telephony/lines', { json })).body
    const save = (settings: object) =>
      owner.ask('PATCH', `/api/telephony/lines/${id}`, { json: { settings: { card: 'link', ...settings } } })
    expect((await save({})).body).toMatchObject({ secrets_set: ['token', 'api_id', 'api_token'] })
    const elsewhere = { api_url: 'https://mine.example/v1' }
    const refused = await save(elsewhere)
    expect([refused.status, refused.text]).toEqual([400, expect.stringContaining('settings.api_id')])
    expect((await save({ ...elsewhere, api_id: 'an-id' })).text).toContain('settings.api_token')
    expect((await save({ ...elsewhere, api_id: '', api_token: '' })).body).toMatchObject({ secrets_set: ['token'] })
    expect((await save({ api_url: 'https://api.aircall.io/v1' })).status).toBe(200)
  })

  test('give files with this installation’s address, and no key', async () => {
    const { status, text, headers } = await owner.ask('GET', '/api/connectors/own-json/files/clinicacrm-event.sh')
    expect(status).toBe(200)
    expect(text).toContain('"https://crm.example/api/telephony/events/own-json/$CLINICACRM_SECRET"')
    expect(text).not.toContain('__crm_url__')
    expect(text).not.toContain(crm.key)
    expect(headers.get('content-disposition')).toBe('attachment; filename="clinicacrm-event.sh"')
    for (const name of ['none.txt', '..%2Fconnector.ts', '%2e%2e%2fREADME.md'])
      expect((await owner.ask('GET', `/api/connectors/own-json/files/${name}`)).status).toBe(404)
  })

  test('let a call ring at whoever tries them, and nobody is called back for it', { timeout: 45_000 }, async () => {
    const { status, body } = await owner.ask('POST', '/api/connectors/cti-push/test-call', {
      json: { from: '+39 347 555 0101' },
    })
    expect(status).toBe(200)
    expect(JSON.parse(body.sent)).toMatchObject({ event: 'newCall', from: '+39 347 555 0101' })
    expect(body).toMatchObject({ match: 'one', agents: [{ agent: 'owner@clinic.example', known: true }] })
    const { pops } = (await owner.ask('GET', '/api/pops')).body
    const { provider, call_id } = pops[0].call
    await crm.ask('POST', '/api/calls/events', { json: { provider, call_id, event: 'ended' } })
    const [call] = await crm.rows('select state, result from calls where call_id = $1', [call_id])
    expect(call).toEqual({ state: 'ended', result: 'missed' })
    expect(await crm.rows('select id from callbacks')).toEqual([])
    // And then it is forgotten.
    const left = () => crm.rows('select id from calls where call_id = $1', [call_id])
    await expect.poll(left, { timeout: 30_000, interval: 500 }).toEqual([])
  })

  test('take events with a key only where they say so', async () => {
    const tell = (name: string, options = {}) =>
      crm.ask('POST', `/api/telephony/events/${name}`, { json: [], ...options })
    expect((await tell('own-json')).status).toBe(404)
    expect((await tell('own-json', { key: null })).status).toBe(401)
    const { key } = await crm.keyWith({ scopes: ['lookup:read'] })
    expect((await tell('own-json', { key })).status).toBe(403)
  })
})
