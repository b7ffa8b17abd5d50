import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, inject, test, vi } from 'vitest'
import { type Administrator, openAdministrator } from '../../testing/administrator.ts'
import { blocksIn, runInShell } from '../../testing/readme-blocks.ts'
import { openServer } from '../../testing/slow-crm.ts'

const crm = inject('crm')
const token = 'a-token-of-the-webhook'
const account = { api_id: 'an-id', api_token: 'a-token' }

type Asked = {
  method: string
  path: string
  authorization: string
  body: { contents: { text: string; link?: string }[] }
}
const asked: Asked[] = []
let answer: { status: number; afterMs: number } = { status: 201, afterMs: 0 }
let api: Awaited<ReturnType<typeof openServer>>
let admin: Administrator

beforeAll(async () => {
  admin = await openAdministrator()
  api = await openServer((request, response) => {
    const { method = '', url = '', headers } = request
    let text = ''
    request.on('data', (chunk: Buffer) => (text += chunk.toString()))
    request.on('end', () => {
      asked.push({ method, path: url, authorization: headers.authorization ?? '', body: JSON.parse(text) })
      setTimeout(() => response.writeHead(answer.status).end(), answer.afterMs).unref()
    })
  })
})
afterAll(() => api.close())

async function openLine(settings: object = {}) {
  const given = { token, ...account, api_url: `${api.url}/v1`, ...settings }
  const line = { connector: 'aircall', name: 'Aircall', settings: given }
  const { id, url } = await admin.ask<{ id: string; url: string }>('POST', '/api/telephony/lines', line)
  return { id, url: crm.url + new URL(url).pathname }
}
type Line = { id: string; last_error: string | null; settings: object; secrets_set: string[] }
const lineNamed = async (id: string) =>
  (await admin.ask<{ lines: Line[] }>('GET', '/api/telephony/lines')).lines.find((line) => line.id === id)!

/** What Aircall posts, of a call of its own. */
let calls = Date.now()
function callFrom(raw_digits: string) {
  const id = ++calls
  const timestamp = Math.floor(Date.now() / 1_000)
  const number = { id: 1, name: 'Roma', digits: '+39 06 5550 1000' }
  const about = { id, direction: 'inbound', raw_digits, number, user: null }
  return {
    id: String(id),
    post: async (url: string, event: string, data: object = {}, said = token) => {
      const body = {
        resource: 'call',
        event,
        timestamp,
        token: said,
        data: { ...about, ...data },
      }
      const response = await fetch(url, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(body),
      })
      return { status: response.status, body: await response.text() }
    },
  }
}
const cardFor = (id: string) => asked.filter((one) => one.path === `/v1/calls/${id}/insight_cards`)
const untilCard = (id: string) => vi.waitFor(() => expect(cardFor(id)).toHaveLength(1), 5_000)
const callNamed = async (id: string) =>
  (await admin.ask<{ calls: { call_id: string }[] }>('GET', '/api/calls?provider=aircall&limit=200')).calls.find(
    ({ call_id }) => call_id === id,
  )

describe('a call through Aircall', () => {
  test('rings at the agent, is answered, ends; and who calls is on the telephone', async () => {
    const { url } = await openLine()
    const call = callFrom('+39 333 222 4444')
    const user = { id: 7, name: 'Giulia', email: 'giulia.ferri@clinicacrm.example' }
    expect(await call.post(url, 'call.created')).toEqual({ status: 200, body: '{"problems":[]}' })
    await untilCard(call.id)
    const [card] = cardFor(call.id)
    expect(card).toMatchObject({ method: 'POST', authorization: `Basic ${btoa('an-id:a-token')}` })
    expect(card!.body.contents).toEqual([
      { type: 'title', text: 'ClínicaCRM' },
      { type: 'shortText', label: 'Paziente', text: 'Antonio Dorato', link: `${crm.url}/it/cases/9` },
    ])
    await call.post(url, 'call.ringing_on_agent', { user })
    expect(await callNamed(call.id)).toMatchObject({ state: 'ringing', agent: 'Giulia Ferri', case_id: '9' })
    await call.post(url, 'call.answered', { user })
    expect(await callNamed(call.id)).toMatchObject({ state: 'answered' })
    await call.post(url, 'call.hungup', { user })
    expect(await callNamed(call.id)).toMatchObject({ state: 'ended', result: 'answered' })
    expect(cardFor(call.id)).toHaveLength(1)
  })

  test.each([
    ['+391234567890', 'Nuovo contatto', /\/it\/cases\/new\?phone=/],
    ['+39 06 2222 4444', 'Più persone con questo numero', /\/pop\?call_id=/],
  ])('from %s says “%s”', async (from, text, link) => {
    const { url } = await openLine()
    const call = callFrom(from)
    await call.post(url, 'call.created')
    await untilCard(call.id)
    const [, shown] = cardFor(call.id)[0]!.body.contents
    expect(shown).toMatchObject({ text, link: expect.stringMatching(link) })
  })

  test('says no name where the administrator wants none, and nothing of whoever hides the number', async () => {
    const { url } = await openLine({ card: 'link' })
    const [hidden, known] = [callFrom('anonymous'), callFrom('+39 333 222 4444')]
    expect(await hidden.post(url, 'call.created')).toMatchObject({ status: 200 })
    await known.post(url, 'call.created')
    await untilCard(known.id)
    expect(JSON.stringify(cardFor(known.id))).not.toContain('Dorato')
    expect(cardFor(hidden.id)).toEqual([])
    expect(await callNamed(hidden.id)).toMatchObject({ match: 'withheld' })
  })

  test('has its card once, however often Aircall tells of it', async () => {
    const { url } = await openLine()
    const call = callFrom('+39 333 222 4444')
    const at = { started_at: 1 }
    const once = await Promise.all([call.post(url, 'call.created', at), call.post(url, 'call.created', at)])
    expect(once.map(({ status }) => status)).toEqual([200, 200])
    await untilCard(call.id)
    await call.post(url, 'call.commented')
    expect(cardFor(call.id)).toHaveLength(1)
  })
})

describe('Aircall’s API', () => {
  test('is not waited for, and what it refuses is said beside the line', async () => {
    const { id, url } = await openLine()
    answer = { status: 401, afterMs: 0 }
    const call = callFrom('+39 333 222 4444')
    expect(await call.post(url, 'call.created')).toMatchObject({ status: 200 })
    await vi.waitFor(async () =>
      expect((await lineNamed(id)).last_error).toBe('The platform could not be told who calls: HTTP 401.'),
    )
    answer = { status: 201, afterMs: 5_000 }
    const slow = callFrom('+39 333 222 4444')
    const began = performance.now()
    await slow.post(url, 'call.created')
    expect(performance.now() - began).toBeLessThan(2_000)
    await vi.waitFor(async () => expect((await lineNamed(id)).last_error).toContain('timeout'), 8_000)
    answer = { status: 201, afterMs: 0 }
  })

  test('is never looked for on an address inside', async () => {
    const { id, url } = await openLine({ api_url: 'http://169.254.169.254/latest' })
    await callFrom('+39 333 222 4444').post(url, 'call.created')
    await vi.waitFor(async () =>
      expect((await lineNamed(id)).last_error).toMatch(/could not be told who calls: (scheme|address)/),
    )
  })
})

describe('a line', () => {
  test('believes the token only, and shows no secret again', async () => {
    const { id, url } = await openLine()
    const call = callFrom('+39 333 222 4444')
    expect(await call.post(url, 'call.created', {}, 'another')).toMatchObject({ status: 403 })
    expect(await callNamed(call.id)).toBeUndefined()
    const line = await lineNamed(id)
    expect(line.secrets_set.toSorted()).toEqual(['api_id', 'api_token', 'token'])
    expect(JSON.stringify(line)).not.toContain(token)
    const own = await openLine()
    await call.post(own.url, 'call.created')
    const noted = await vi.waitFor(async () => {
      const { requests } = await admin.ask<{ requests: { id: string; call_id: string }[] }>(
        'GET',
        '/api/requests?limit=50',
      )
      return requests.find(({ call_id }) => call_id === call.id)!.id
    }, 5_000)
    const { sent } = await admin.ask<{ sent: string }>('GET', `/api/requests/${noted}`)
    expect(sent).toContain('call.created')
    expect(sent).not.toContain(token)
  })

  test('that was stopped takes nothing', async () => {
    const { id, url } = await openLine()
    await admin.ask('PATCH', `/api/telephony/lines/${id}`, { active: false })
    expect(await callFrom('+39 333 222 4444').post(url, 'call.created')).toMatchObject({ status: 404 })
  })

  test('can be tried without Aircall', async () => {
    const reply = await admin.ask<{ sent: string }>('POST', '/api/connectors/aircall/test-call', {})
    expect(reply).toMatchObject({ state: 'ringing' })
    expect(JSON.parse(reply.sent)).toMatchObject({ event: 'call.ringing_on_agent' })
    expect(reply.sent).not.toContain(token)
  })
})

test('every block of the page does what the page says', async () => {
  const page = await readFile(path.join(import.meta.dirname, 'README.md'), 'utf8')
  const [picture, chosen, posted, card, ...more] = blocksIn(page)
  expect(more).toEqual([])
  const { url } = await openLine()
  expect(picture!.text).toContain('/api/telephony/events/aircall/<secret>')
  const user = { id: 7, email: 'giulia.ferri@clinicacrm.example' }
  const call = callFrom('+39 333 222 4444')
  for (const event of chosen!.text.trim().split('\n'))
    expect(await call.post(url, event, { user, transferred_to: user })).toEqual({
      status: 200,
      body: '{"problems":[]}',
    })
  expect(await callNamed(call.id)).toMatchObject({ state: 'ended' })
  expect(await runInShell(posted!.text, { URL: url, TOKEN: token })).toBe('{"problems":[]}')
  await untilCard('812')
  const shown = JSON.parse(card!.text.replace('https://crm.example', crm.url))
  expect(cardFor('812')[0]!.body).toEqual(shown)
})
