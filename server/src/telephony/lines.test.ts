import { createSign, generateKeyPairSync } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Clinic, openClinic, type SignedIn } from '../testing/harness.ts'

let crm: Clinic
let owner: SignedIn
let giulia: SignedIn
let marco: SignedIn

beforeAll(async () => {
  crm = await openClinic()
  owner = await crm.signsIn('owner')
  giulia = await crm.signsIn('agent', { name: 'Giulia', email: 'giulia@clinic.example' })
  marco = await crm.signsIn('agent', { name: 'Marco', email: 'marco@clinic.example' })
})
afterAll(() => crm.close())

async function openLine(connector: string, settings = {}) {
  const { status, body } = await owner.ask('POST', '/api/telephony/lines', {
    json: { connector, name: 'Centralino', settings },
  })
  expect(status, JSON.stringify(body)).toBe(201)
  const path = new URL(body.url).pathname
  const send = (body: string, type: string, headers: Record<string, string> = {}) =>
    crm.ask('POST', path, { key: null, body, headers: { 'content-type': type, ...headers } })
  return { id: body.id as string, url: body.url as string, path, send, view: body }
}
const health = async (id: string) => {
  const { lines } = (await owner.ask('GET', '/api/telephony/lines')).body
  return lines.find((line: { id: string }) => line.id === id)
}
const callOf = async (callId: string) =>
  (await crm.rows('select state, result, match, agent_id, reason from calls where call_id = $1', [callId]))[0]
const form = 'application/x-www-form-urlencoded'
const json = 'application/json'

describe('a line', () => {
  test('tells its address once and keeps only a hash of the secret', async () => {
    const { id, url, view } = await openLine('own-json', { provider: 'our-pbx' })
    expect(url).toMatch(/^https:\/\/crm\.example\/api\/telephony\/events\/own-json\/[\w-]{43}$/)
    const secret = url.split('/').at(-1)!
    expect(view).toMatchObject({
      hint: secret.slice(-4),
      active: true,
      event_count: 0,
      settings: { provider: 'our-pbx' },
    })
    const kept = await crm.rows('select c::text, a.changes::text from connector_lines c, audit_events a')
    expect(JSON.stringify(kept)).not.toContain(secret)
    expect((await owner.ask('GET', '/api/telephony/lines')).text).not.toContain(secret)
    expect((await health(id)).token_hash).toBeUndefined()
  })

  test('is renewed, stopped and taken down; the old address is then nobody’s', async () => {
    const { id, path } = await openLine('own-json')
    const knock = async (at: string) => (await crm.ask('POST', at, { key: null, json: [] })).status
    expect(await knock(path)).toBe(200)
    const renewed = await owner.ask('PATCH', `/api/telephony/lines/${id}`, { json: { renew: true } })
    const next = new URL(renewed.body.url).pathname
    expect([await knock(path), await knock(next)]).toEqual([404, 200])
    await owner.ask('PATCH', `/api/telephony/lines/${id}`, { json: { active: false } })
    expect(await knock(next)).toBe(404)
    const back = await owner.ask('PATCH', `/api/telephony/lines/${id}`, { json: { active: true, name: 'Sede' } })
    expect(back.body).toMatchObject({ name: 'Sede', url: null })
    expect(await knock(next)).toBe(200)
    expect((await owner.ask('DELETE', `/api/telephony/lines/${id}`)).status).toBe(204)
    expect(await knock(next)).toBe(404)
  })

  test('is refused with settings that are wrong, for a connector that takes no events, and by who is limited', async () => {
    const ask = (given: object) => owner.ask('POST', '/api/telephony/lines', { json: { name: 'X', ...given } })
    const wrong = await ask({ connector: 'cti-push', settings: { public_key: 'none' } })
    expect([wrong.status, wrong.body.fields[0].field]).toEqual([400, 'settings.public_key'])
    expect((await ask({ connector: 'genesys-cloud' })).status).toBe(404)
    const limited = await crm.signsIn('clinic_admin', { clinics: ['Centro Oculistico Roma'] })
    const asked = { json: { connector: 'own-json', name: 'X' } }
    expect((await limited.ask('POST', '/api/telephony/lines', asked)).status).toBe(403)
  })
})

describe('what comes over a line', () => {
  test('in our own words becomes calls; a wrong event takes no other with it and is remembered', async () => {
    const { id, send } = await openLine('own-json')
    const events = [
      { call_id: 'own-1', event: 'ringing', from: '+39 06 2222 9999', agent: 'giulia@clinic.example' },
      { call_id: 'own-2', event: 'rings' },
      { call_id: 'own-1', event: 'answered', agent: 'giulia@clinic.example' },
    ]
    const { status, body } = await send(JSON.stringify(events), json)
    expect([status, body.events.length]).toEqual([200, 2])
    expect(body.problems[0]).toContain('1.event')
    expect(await callOf('own-1')).toMatchObject({ state: 'answered', agent_id: giulia.id })
    expect(await health(id)).toMatchObject({ event_count: 2, last_error: expect.stringContaining('1.event') })
  })

  test('of a CTI push rings at some, is answered by one, and ends', async () => {
    const { id, url, send } = await openLine('cti-push', { platform: 'sipgate', provider: 'sipgate' })
    for (const [user_id, value] of [
      [giulia.id, '1234567w0'],
      [marco.id, '1234567w1'],
    ])
      await owner.ask('POST', '/api/telephony/identities', {
        json: { user_id, value, provider: 'sipgate', kind: 'external_id' },
      })
    const users = 'fullUserId[]=1234567w0&fullUserId[]=1234567w1'
    const rings = await send(`event=newCall&direction=in&from=390622229999&to=39655501000&callId=s-1&${users}`, form)
    expect(rings.headers.get('content-type')).toContain('application/xml')
    expect(rings.text).toContain(`onAnswer="${url}" onHangup="${url}"`)
    const rung = await crm.rows<{ user_id: string }>(
      `select user_id from pops where call = (select id from calls where call_id = 's-1') order by user_id`,
    )
    expect(rung.map(({ user_id }) => user_id)).toEqual([giulia.id, marco.id])
    await send('event=answer&callId=s-1&direction=in&fullUserId=1234567w1&user=Marco', form)
    expect(await callOf('s-1')).toMatchObject({ state: 'answered', agent_id: marco.id })
    await send('event=hangup&callId=s-1&cause=normalClearing', form)
    expect(await callOf('s-1')).toMatchObject({ state: 'ended', result: 'answered', reason: 'normalClearing' })
    expect(await health(id)).toMatchObject({ event_count: 3, last_error: null, last_event_at: expect.any(String) })
  })

  test('may be asked as an address, and a call nobody took was missed', async () => {
    const { path, send } = await openLine('cti-push')
    await send(JSON.stringify({ event: 'newCall', callId: 'g-1', from: '06 2222 8888', user: ['Giulia'] }), json)
    const hangup = new URLSearchParams({ event: 'hangup', callId: 'g-1', cause: 'noAnswer' })
    expect((await crm.ask('GET', `${path}?${hangup.toString()}`, { key: null })).status).toBe(200)
    expect(await callOf('g-1')).toMatchObject({ state: 'ended', result: 'missed', reason: 'noAnswer' })
  })

  test('is believed with a key only when it was signed, to the letter', async () => {
    const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
    const public_key = publicKey.export({ type: 'spki', format: 'pem' })
    const { id, send } = await openLine('cti-push', { public_key })
    const body = 'event=newCall&callId=signed&from=390622227777&user[]=Giulia%20Rossi'
    const signature = createSign('RSA-SHA256').update(body).sign(privateKey, 'base64')
    expect((await send(`${body}+`, form, { 'x-sipgate-signature': signature })).status).toBe(403)
    expect(await callOf('signed')).toBeUndefined()
    expect((await health(id)).last_error).toContain('signature')
    expect((await send(body, form, { 'x-sipgate-signature': signature })).status).toBe(200)
    expect(await callOf('signed')).toMatchObject({ state: 'ringing' })
  })

  test('is refused when it is too long, or by another method', async () => {
    const { path, send } = await openLine('own-json')
    expect((await send('x'.repeat(70_000), json)).status).toBe(413)
    expect((await crm.ask('DELETE', path, { key: null })).status).toBe(405)
  })
})

test('whoever guesses addresses is slowed down; a line that was good goes on', async () => {
  const { path } = await openLine('own-json')
  const good = () => crm.ask('POST', path, { key: null, json: [] })
  expect((await good()).status).toBe(200)
  const guess = async (secret: string) =>
    (await crm.ask('POST', `/api/telephony/events/own-json/${secret}`, { key: null, json: [] })).status
  expect(await guess('short')).toBe(404)
  const guesses = Array.from({ length: 310 }, (_, i) => guess(String(i).padStart(43, 'A')))
  expect(new Set(await Promise.all(guesses))).toEqual(new Set([404, 429]))
  expect((await good()).status).toBe(200)
})
