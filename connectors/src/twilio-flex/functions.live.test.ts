import { afterEach, beforeAll, describe, expect, inject, test } from 'vitest'
import { type Administrator, openAdministrator } from '../../testing/administrator.ts'
import { openServer } from '../../testing/slow-crm.ts'
import { flexToken, openTwilio, textOf, type Twilio } from '../../testing/twilio.ts'

const { url, key } = inject('crm')
const names = ['clinica-crm.private.js', 'clinica-lookup.js', 'clinica-studio.protected.js']

let owner: Administrator
let files: Record<string, string>
let twilio: Twilio

beforeAll(async () => {
  owner = await openAdministrator()
  const downloads = names.map(async (name) => [name, String(await owner.download('twilio-flex', name))])
  files = Object.fromEntries(await Promise.all(downloads))
})
afterEach(() => twilio.close())

/** With the files as they were downloaded, or as another installation would have filled them in. */
async function at(base = url, environment: Record<string, string> = { CRM_API_KEY: key }) {
  const filled = Object.entries(files).map(([name, text]) => [name, text.replaceAll(url, base)])
  twilio = await openTwilio(Object.fromEntries(filled), environment)
}

let calls = 0
const anotherCall = () => `CAlive${++calls}`

const post = (name: string, fields: Record<string, string>, headers: Record<string, string> = {}) =>
  fetch(`${twilio.url}/${name}`, { method: 'POST', body: new URLSearchParams(fields), headers })

/** As the plug-in asks in the browser of somebody signed in to Flex. */
const ask = async (fields: Record<string, string>) => {
  const response = await post('clinica-lookup', { Token: flexToken, call_id: anotherCall(), ...fields })
  expect(response.status).toBe(200)
  return (await response.json()) as Record<string, string>
}

/** As the widget of a Studio flow asks. */
const askInFlow = async (fields: Record<string, string>) => {
  const response = await post(
    'clinica-studio',
    { call_id: anotherCall(), ...fields },
    { 'x-twilio-signature': 'signed' },
  )
  expect(response.status).toBe(200)
  return (await response.json()) as Record<string, string>
}

test('the files hold no key, and no types', () => {
  twilio = { url: '', close: async () => undefined }
  expect(Object.keys(files)).toEqual(names)
  for (const text of Object.values(files)) {
    expect(text).not.toContain(key)
    expect(text).not.toMatch(/__[a-z_]+__|: Record<|declare /)
  }
})

describe.each([
  ['the plug-in', () => ask],
  ['a Studio flow', () => askInFlow],
])('asked by %s', (_who, asking) => {
  test('a known caller: the case’s id and an address, nothing of the person', async () => {
    await at()
    const call_id = anotherCall()
    const answer = await asking()({ phone: '+393332224444', called: '+390655501000', call_id })
    const query = new URLSearchParams({ provider: 'twilio-flex', call_id, phone: '+393332224444' })
    expect(answer).toEqual({ found: 'true', case_id: '9', url: `${url}/pop?${query}` })
    // Kept for the panel, which may know the call's id only.
    const kept = async () =>
      (await fetch(`${url}/api/lookup/twilio-flex/${call_id}`, { headers: { 'x-api-key': key } })).json()
    await expect.poll(kept, { timeout: 3_000 }).toMatchObject({ found: true, case_id: '9' })
  })

  test.each([
    ['unknown', { phone: '+391234567890' }, 'not_found'],
    ['hiding the number, as Twilio writes it', { phone: '+266696687' }, 'withheld'],
    ['hiding the number in words', { phone: 'Anonymous' }, 'withheld'],
    ['of no number at all', {}, 'withheld'],
    ['at a SIP telephone of ours', { phone: 'sip:reception@clinica.sip.twilio.com' }, 'internal'],
  ])('a caller %s is an answer all the same', async (_kind, fields, reason) => {
    await at()
    expect(await asking()(fields)).toEqual({ found: 'false', reason, url: expect.stringContaining(`${url}/pop?`) })
  })

  test('several people with one number: no case is named', async () => {
    await at()
    const home_phone = `+39 06 555 8${100 + calls}`
    for (const first_name of ['Ada', 'Bruno'])
      await owner.ask('POST', '/api/cases', {
        first_name,
        last_name: 'Neri',
        home_phone,
        clinic: 'Centro Oculistico Roma',
      })
    const answer = await asking()({ phone: home_phone.replaceAll(' ', '') })
    expect(answer).toMatchObject({ found: 'true', reason: 'several' })
    expect(answer).not.toHaveProperty('case_id')
  })

  test('several cases of one person are one person’s, also for a key that is told no names', async () => {
    const { key: minimal } = await newKey({ profile: 'minimal' })
    await at(url, { CRM_API_KEY: minimal })
    expect(await asking()({ phone: '+393332224444' })).toMatchObject({ found: 'true', case_id: '9' })
    // A relative without a case has this number, too.
    expect(await asking()({ phone: '+390622224444' })).toMatchObject({ found: 'true', reason: 'several' })
  })

  test('a CRM that is down, slow, broken or another program: unavailable, in time', async () => {
    const closed = await openServer(() => undefined)
    await closed.close()
    await at(closed.url)
    expect(await asking()({ phone: '+393332224444' })).toMatchObject({ found: 'false', reason: 'unavailable' })
    await twilio.close()

    let answer = (): { status: number; body: string; after: number } => ({ status: 200, body: '{}', after: 5_000 })
    const ill = await openServer((_request, response) => {
      const { status, body, after } = answer()
      setTimeout(() => response.writeHead(status, { location: `${url}/it` }).end(body), after)
    })
    await at(ill.url)
    const before = performance.now()
    expect(await asking()({ phone: '+393332224444' })).toMatchObject({ found: 'false', reason: 'unavailable' })
    expect(performance.now() - before).toBeLessThan(2_500)
    for (const [status, body] of [
      [500, '{"error":"oops"}'],
      [503, '{}'],
      [302, ''],
      [200, '<html>'],
    ] as const) {
      answer = () => ({ status, body, after: 0 })
      expect(await asking()({ phone: '+393332224444' })).toMatchObject({ found: 'false', reason: 'unavailable' })
    }
    await ill.close()
  })

  test('a key over its limit is busy, a revoked one refused', async () => {
    const { id, key: limited } = await newKey({ limit_per_minute: 1 })
    await at(url, { CRM_API_KEY: limited })
    expect(await asking()({ phone: '+393332224444' })).toMatchObject({ found: 'true', case_id: '9' })
    expect(await asking()({ phone: '+393332224444' })).toMatchObject({ found: 'false', reason: 'busy' })
    await owner.ask('DELETE', `/api/api-keys/${id}`)
    expect(await asking()({ phone: '+393332224444' })).toMatchObject({ found: 'false', reason: 'refused' })
  })
})

const newKey = (more: object) =>
  owner.ask<{ id: string; key: string }>('POST', '/api/api-keys', {
    name: 'Twilio Functions',
    scopes: ['lookup:read'],
    profile: 'greeting',
    ...more,
  })

test('who is not signed in to Flex is told nothing', async () => {
  await at()
  for (const Token of ['', 'made up']) {
    const response = await post('clinica-lookup', { Token, phone: '+393332224444' })
    expect(response.status).toBe(403)
    expect(await response.text()).not.toContain('case_id')
  }
  expect((await post('clinica-studio', { phone: '+393332224444' })).status).toBe(403)
  expect((await post('clinica-crm', { phone: '+393332224444' })).status).toBe(404)
})

test('only pages of Flex may read the answer, and nobody keeps it', async () => {
  await at()
  const headersOf = async () => (await post('clinica-lookup', { Token: flexToken, phone: '+393332224444' })).headers
  expect((await headersOf()).get('access-control-allow-origin')).toBe('https://flex.twilio.com')
  expect((await headersOf()).get('cache-control')).toBe('no-store')
  await twilio.close()
  await at(url, { CRM_API_KEY: key, FLEX_ORIGIN: 'https://flex.clinic.example' })
  expect((await headersOf()).get('access-control-allow-origin')).toBe('https://flex.clinic.example')
})

test('whatever is sent along, it goes to the CRM as data', async () => {
  const asked: unknown[] = []
  const elsewhere = await openServer((request, response) => {
    void textOf(request).then((text) => {
      asked.push([request.url, JSON.parse(text)])
      response.end('{"found":false}')
    })
  })
  await at(elsewhere.url)
  const hostile = '"},\'&phone=x#${process.env}'
  const { url: address } = await ask({ phone: hostile, call_id: hostile, called: hostile })
  const sent = { phone: hostile, conversation_id: hostile, called: hostile, provider: 'twilio-flex' }
  expect(asked).toEqual([['/api/lookup?on_missing=200', sent]])
  expect(Object.fromEntries(new URL(address!).searchParams)).toEqual({
    provider: 'twilio-flex',
    call_id: hostile,
    phone: hostile,
  })
  await elsewhere.close()
})
