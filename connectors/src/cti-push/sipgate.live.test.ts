import { once } from 'node:events'
import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { type AddressInfo, createServer } from 'node:net'
import path from 'node:path'
import fc from 'fast-check'
import { SaxesParser } from 'saxes'
import { type AnswerEvent, createWebhookModule, type HangUpEvent, type NewCallEvent } from 'sipgateio'
import { afterAll, beforeAll, describe, expect, inject, test, vi } from 'vitest'
import { type Administrator, openAdministrator } from '../../testing/administrator.ts'
import { blocksIn, runInShell } from '../../testing/readme-blocks.ts'
import { ctiPush } from './connector.ts'

const crm = inject('crm')
const form = 'application/x-www-form-urlencoded'

type Read = NewCallEvent | AnswerEvent | HangUpEvent
let theirs: { url: string; last: Read | null; stop(): void }
let admin: Administrator

beforeAll(async () => {
  admin = await openAdministrator()
  theirs = await openTheirs()
})
afterAll(() => theirs.stop())

/** sipgate's own library, as whoever uses it would run it. */
async function openTheirs() {
  const port = await freePort()
  const url = `http://localhost:${port}/calls`
  const server = await createWebhookModule().createServer({ port, serverAddress: url, skipSignatureVerification: true })
  const opened = { url, last: null as Read | null, stop: () => server.stop() }
  server.onNewCall((event) => void (opened.last = event))
  server.onAnswer((event) => void (opened.last = event))
  server.onHangUp((event) => void (opened.last = event))
  return opened
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, 'localhost')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  server.close()
  await once(server, 'close')
  return port
}

/** What their library makes of a form, and what it answers. */
async function readByThem(body: string): Promise<{ event: Read; xml: string }> {
  const response = await fetch(theirs.url, { method: 'POST', headers: { 'content-type': form }, body })
  return { event: theirs.last!, xml: await response.text() }
}

function readByUs(body: string) {
  const request = { method: 'POST', headers: {}, query: {}, contentType: form, rawBody: Buffer.from(body) }
  const settings = { platform: 'sipgate' }
  const { events, problems } = ctiPush.events!.readEvents(request, settings)
  const reply = ctiPush.events!.reply(request, settings, { replies: [], problems, url: theirs.url })
  return { event: events[0]!, problems, reply }
}

const encoded = (fields: Record<string, string | string[]>) =>
  new URLSearchParams(
    Object.entries(fields).flatMap(([name, value]) => [value].flat().map((one): [string, string] => [name, one])),
  ).toString()

const number = fc.oneof(fc.stringMatching(/^[1-9]\d{6,14}$/), fc.constant('anonymous'))
const name = fc
  .string({ minLength: 1, maxLength: 20, unit: 'grapheme' })
  .filter((text) => text.trim() === text && text !== '')
const begun = fc.record({
  direction: fc.constantFrom('in', 'out'),
  callId: fc.stringMatching(/^[A-Za-z0-9-]{1,40}$/),
  from: number,
  to: number,
})

describe('what sipgate sends is read as sipgate’s own library reads it', () => {
  test('a new call', { timeout: 60_000 }, async () => {
    const users = fc.array(name, { minLength: 1, maxLength: 4 })
    await fc.assert(
      fc.asyncProperty(begun, users, async (call, people) => {
        const fullUserIds = people.map((_, i) => `1234567w${i}`)
        const body = encoded({
          event: 'newCall',
          ...call,
          'user[]': people,
          'userId[]': people.map((_, i) => `w${i}`),
          'fullUserId[]': fullUserIds,
          xcid: 'x',
          origCallId: call.callId,
        })
        const them = (await readByThem(body)).event as NewCallEvent
        const { event, problems } = readByUs(body)
        expect(problems).toEqual([])
        expect(event).toMatchObject({
          event: 'ringing',
          call_id: them.callId,
          from: them.from,
          to: them.to,
          direction: String(them.direction) === 'in' ? 'inbound' : 'outbound',
          agents: them.fullUserIds,
        })
        expect(them.users).toEqual(people)
      }),
      { numRuns: 60 },
    )
  })

  test('an answer and a hang-up', { timeout: 60_000 }, async () => {
    const cause = fc.constantFrom('normalClearing', 'busy', 'cancel', 'noAnswer', 'congestion', 'notFound', 'forwarded')
    await fc.assert(
      fc.asyncProperty(begun, name, cause, async (call, user, why) => {
        const answer = encoded({
          event: 'answer',
          ...call,
          user,
          userId: 'w0',
          fullUserId: '1234567w0',
          answeringNumber: '4921155501001',
        })
        const answered = (await readByThem(answer)).event as AnswerEvent
        expect(readByUs(answer).event).toMatchObject({
          call_id: answered.callId,
          from: answered.from,
          to: answered.to,
          agent: answered.fullUserId,
        })
        const end = encoded({ event: 'hangup', ...call, cause: why, answeringNumber: '4921155501001' })
        const ended = (await readByThem(end)).event as HangUpEvent
        expect(readByUs(end).event).toMatchObject({
          event: 'ended',
          call_id: ended.callId,
          reason: String(ended.cause),
          from: ended.from,
        })
      }),
      { numRuns: 60 },
    )
  })

  test('and answered as the library answers, so that the rest of the call is sent', async () => {
    const body = encoded({
      event: 'newCall',
      direction: 'in',
      callId: '1',
      from: '390622224444',
      to: '4921155501000',
      'user[]': ['Giulia'],
    })
    const { xml } = await readByThem(body)
    expect(responseIn(readByUs(body).reply.body)).toEqual(responseIn(xml))
    expect(responseIn(xml)).toEqual({ onAnswer: theirs.url, onHangup: theirs.url })
  })
})

function responseIn(xml: string): object {
  let found: object | null = null
  const parser = new SaxesParser()
  parser.on('opentag', ({ name: tag, attributes }) => {
    if (tag === 'Response') found = { ...attributes }
  })
  parser.write(xml).close()
  return found!
}

test('the public key in sipgate’s library is one that the line’s settings take', async () => {
  const file = createRequire(import.meta.url)
    .resolve('sipgateio')
    .replace(/index\.js$/, 'webhook/signatureVerifier.js')
  const [public_key] = /-----BEGIN PUBLIC KEY-----[\s\S]+-----END PUBLIC KEY-----/.exec(await readFile(file, 'utf8'))!
  expect(ctiPush.settings.safeParse({ public_key })).toMatchObject({ success: true })
})

async function openLine(settings: object = {}) {
  const line = { connector: 'cti-push', name: 'sipgate', settings: { provider: `sipgate-${Date.now()}`, ...settings } }
  const { url } = await admin.ask<{ url: string }>('POST', '/api/telephony/lines', line)
  return { url: crm.url + new URL(url).pathname, told: url, provider: line.settings.provider }
}
type Told = {
  call_id: string
  state: string
  result: string | null
  match: string
  case_id: string | null
  agent: string | null
}
const callsOf = async (provider: string) =>
  (await admin.ask<{ calls: Told[] }>('GET', `/api/calls?provider=${provider}&limit=200`)).calls
const push = async (url: string, fields: Record<string, string | string[]>) => {
  const response = await fetch(url, { method: 'POST', headers: { 'content-type': form }, body: encoded(fields) })
  return { status: response.status, body: await response.text() }
}

describe('a call through sipgate', () => {
  const to = '390655501000'
  const user = 'giulia.ferri@clinicacrm.example'

  test.each([
    ['393332224444', { match: 'one', case_id: '9' }],
    ['390622224444', { match: 'many' }],
    ['391234567890', { match: 'none' }],
    ['anonymous', { match: 'withheld' }],
  ])('from %s rings, is answered at the address that the reply named, and ends', async (from, wanted) => {
    const { url, provider } = await openLine({ platform: 'sipgate' })
    const call = { callId: '1', direction: 'in', from, to }
    const { onAnswer, onHangup } = responseIn(
      (await push(url, { event: 'newCall', ...call, 'user[]': [user] })).body,
    ) as Record<string, string>
    expect((await callsOf(provider))[0]).toMatchObject({ state: 'ringing', agent: 'Giulia Ferri', ...wanted })
    await push(onAnswer!, { event: 'answer', ...call, user })
    expect((await callsOf(provider))[0]).toMatchObject({ state: 'answered', agent: 'Giulia Ferri' })
    await push(onHangup!, { event: 'hangup', ...call, cause: 'normalClearing' })
    const calls = await callsOf(provider)
    expect(calls).toHaveLength(1)
    expect(calls[0]).toMatchObject({ state: 'ended', result: 'answered' })
  })

  test('that nobody answers was missed', async () => {
    const { url, provider } = await openLine()
    const call = { callId: '2', direction: 'in', from: '391234567890', to }
    await push(url, { event: 'newCall', ...call, 'user[]': [user] })
    await push(url, { event: 'hangup', ...call, cause: 'noAnswer' })
    expect((await callsOf(provider))[0]).toMatchObject({ state: 'ended', result: 'missed' })
  })

  test('can be tried without sipgate', async () => {
    const reply = await admin.ask<{ state: string; sent: string }>('POST', '/api/connectors/cti-push/test-call', {})
    expect(reply).toMatchObject({ state: 'ringing' })
    expect(JSON.parse(reply.sent)).toMatchObject({ event: 'newCall' })
  })
})

test('every block of the page does what the page says', async () => {
  const page = await readFile(path.join(import.meta.dirname, 'README.md'), 'utf8')
  const [picture, pushed, xml, zammad, ...more] = blocksIn(page)
  expect(more).toEqual([])
  const { url, told, provider } = await openLine()
  expect(picture!.text).toContain('/api/telephony/events/cti-push/<secret>')
  const example = 'https://crm.example/api/telephony/events/cti-push/secret'
  expect(await runInShell(pushed!.text, { URL: url })).toBe(xml!.text.replaceAll(example, told))
  expect(await runInShell(zammad!.text, { URL: url })).toBe('{}{}{}')
  await vi.waitFor(async () => {
    const calls = await callsOf(provider)
    expect(Object.fromEntries(calls.map(({ call_id, result }) => [call_id, result]))).toEqual({
      '12345678': null,
      '307fa962': 'answered',
    })
  })
})
