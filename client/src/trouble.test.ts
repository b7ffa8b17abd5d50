import { once } from 'node:events'
import { createServer, type Socket } from 'node:net'
import type { AddressInfo } from 'node:net'
import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, inject, test, vi } from 'vitest'
import { createClient } from './client.ts'
import { type Door, openDoor } from './testing/door.ts'

const known = '+39 06 2222 4444'

let door: Door
beforeEach(async () => {
  door = await openDoor()
})
afterEach(() => door[Symbol.asyncDispose]())

describe('a CRM that is', () => {
  test('slow costs the caller the time agreed, and no more', async () => {
    door.behave(() => undefined)
    const from = performance.now()
    expect(await door.client({ timeoutMs: 200 }).lookup(known)).toMatchObject({ kind: 'error', code: 'timeout' })
    expect(performance.now() - from).toBeLessThan(400)
  })

  test('slow is given up after two seconds unless said', async () => {
    door.behave((_request, response) => response.writeHead(200, { 'content-type': 'application/json' }).write('{'))
    const from = performance.now()
    expect(await door.client().lookup(known)).toMatchObject({ code: 'timeout' })
    expect(performance.now() - from).toBeGreaterThan(1900)
    expect(performance.now() - from).toBeLessThan(2300)
    expect(door.asked).toHaveLength(1)
  })

  test('reset once is asked again, with a look-up as with an event', async () => {
    const { url, key } = inject('crm')
    for (const ask of [
      (crm: ReturnType<Door['client']>) => crm.lookup(known),
      (crm: ReturnType<Door['client']>) => crm.recordCallEvent({ call_id: 'client-reset', event: 'ringing' }),
    ]) {
      const before = door.asked.length
      door.behave((request) => {
        request.socket.resetAndDestroy()
        door.behave(null)
      })
      expect(await ask(createClient({ url: door.url, key }))).toEqual(
        await ask(createClient({ url, key })).then(expectAlike),
      )
      expect(door.asked.length - before).toBe(2)
    }
  })

  test('gone is tried twice and then named so, within the time', async () => {
    const { url } = door
    await door[Symbol.asyncDispose]()
    const from = performance.now()
    expect(await createClient({ url, key: 'k' }).lookup(known)).toMatchObject({ kind: 'error', code: 'network' })
    expect(performance.now() - from).toBeLessThan(2000)
    door = await openDoor()
  })

  test.each([
    [500, 'unavailable'],
    [502, 'unavailable'],
    [503, 'unavailable'],
    [408, 'unavailable'],
    [429, 'rate_limited'],
    [401, 'unauthorized'],
    [403, 'forbidden'],
    [400, 'invalid_request'],
    [413, 'invalid_request'],
    [404, 'unexpected_answer'],
    [418, 'invalid_request'],
  ])('refusing with %i is asked once: %s', async (status, code) => {
    const message = 'No case found for phone number: +39 06 2222 4444'
    door.behave((_request, response) =>
      response.writeHead(status, { 'retry-after': '7' }).end(JSON.stringify({ error: 'x', message })),
    )
    const result = await door.client().lookup(known)
    const later = [429, 503].includes(status) ? { retryAfter: 7 } : {}
    expect(result).toMatchObject({ kind: 'error', code, status, ...later })
    expect(JSON.stringify(result)).not.toContain('2222')
    expect(door.asked).toHaveLength(1)
  })

  test.each([
    ['a page', 200, '<h1>Welcome</h1>'],
    ['nothing', 200, ''],
    ['a list', 200, '[]'],
    ['another program’s JSON', 200, '{"status":"ok"}'],
    ['a case without its link', 200, '{"found":true,"case_id":"9"}'],
    ['a link that runs something', 200, found({ screen_pop_url: 'javascript:alert(1)' })],
    ['a page of 404', 404, '<h1>Not here</h1>'],
    ['two megabytes', 200, `"${'x'.repeat(2 * 1024 * 1024)}"`],
  ])('something else and answers with %s is no CRM', async (_what, status, body) => {
    door.behave((_request, response) => response.writeHead(status).end(body))
    expect(await door.client().lookup(known)).toMatchObject({ kind: 'error', code: 'unexpected_answer', status })
    expect(door.asked).toHaveLength(1)
  })

  test('sending elsewhere is not followed, and the key stays here', async () => {
    await using elsewhere = await openDoor()
    door.behave((_request, response) => response.writeHead(307, { location: `${elsewhere.url}/api/lookup` }).end())
    expect(await door.client().lookup(known)).toMatchObject({ code: 'unexpected_answer', status: 307 })
    expect(elsewhere.asked).toEqual([])
  })

  test('telling a date when to come back is understood', async () => {
    const inTenSeconds = new Date(Date.now() + 10_000).toUTCString()
    door.behave((_request, response) => response.writeHead(503, { 'retry-after': inTenSeconds }).end())
    const { retryAfter } = (await door.client().lookup(known)) as { retryAfter: number }
    expect(retryAfter).toBeGreaterThan(7)
    expect(retryAfter).toBeLessThan(12)
  })
})

describe('whoever asks', () => {
  test('may withdraw the question', async () => {
    door.behave(() => undefined)
    const crm = door.client()
    const withdrawn = crm.lookup(known, { signal: AbortSignal.timeout(50) })
    expect(await withdrawn).toMatchObject({ kind: 'error', code: 'aborted' })
    expect(await crm.lookup(known, { signal: AbortSignal.abort() })).toMatchObject({ code: 'aborted' })
    expect(
      await crm.recordCallEvent({ call_id: 'x', event: 'ended' }, { signal: AbortSignal.timeout(50) }),
    ).toMatchObject({ code: 'aborted' })
    expect(door.asked).toHaveLength(2)
  })

  test('the same as somebody else waits for one answer, and each may leave alone', async () => {
    const crm = door.client({ cacheSeconds: 0 })
    const leaving = new AbortController()
    const answers = [crm.lookup(known, { signal: leaving.signal }), crm.lookup(known), crm.lookup(known)]
    leaving.abort()
    expect((await Promise.all(answers)).map(({ kind }) => kind)).toEqual(['error', 'found', 'found'])
    expect(door.asked).toHaveLength(1)
    await crm.lookup(known)
    expect(door.asked).toHaveLength(2)
  })

  test('after everybody left gets an answer of their own', async () => {
    const crm = door.client()
    const leaving = new AbortController()
    const left = crm.lookup(known, { signal: leaving.signal })
    leaving.abort()
    expect(await left).toMatchObject({ code: 'aborted' })
    expect(await crm.lookup(known)).toMatchObject({ kind: 'found' })
  })

  test('too often is told so without asking, until a minute has passed', async () => {
    vi.useFakeTimers({ toFake: ['Date'] })
    const crm = door.client({ perMinute: 2, cacheSeconds: 0 })
    for (const kind of ['found', 'found', 'error']) expect((await crm.lookup(known)).kind).toBe(kind)
    vi.advanceTimersByTime(59_000)
    const refused = { kind: 'error', code: 'rate_limited', retryAfter: 1, message: expect.any(String) }
    expect(await crm.lookup(known)).toEqual(refused)
    expect(door.asked).toHaveLength(2)
    vi.advanceTimersByTime(1000)
    expect((await crm.lookup(known)).kind).toBe('found')
  })
})

describe('what was found', () => {
  beforeEach(() => {
    vi.useFakeTimers({ toFake: ['Date'] })
  })

  test('is answered again for 30 seconds, and changed by nobody', async () => {
    const crm = door.client()
    const first = await crm.lookup(known)
    Object.assign(first, { case_id: 'scribbled' })
    vi.advanceTimersByTime(29_999)
    expect(await crm.lookup(known)).toMatchObject({ case_id: '9' })
    expect(door.asked).toHaveLength(1)
    vi.advanceTimersByTime(1)
    await crm.lookup(known)
    expect(door.asked).toHaveLength(2)
    vi.setSystemTime(Date.now() - 3_600_000)
    await crm.lookup(known)
    expect(door.asked).toHaveLength(3)
    crm.forget()
    await crm.lookup(known)
    expect(door.asked).toHaveLength(4)
  })

  test('is asked anew for another call, writing or language: the CRM keeps the answer for each call', async () => {
    const crm = door.client()
    const call = { provider: 'own', conversationId: 'one' }
    for (const more of [call, call, { ...call, conversationId: 'two' }, { locale: 'en' } as const])
      await crm.lookup(known, more)
    expect(door.asked).toHaveLength(3)
  })

  test('is kept for so many only, the one unused for longest goes first', async () => {
    const crm = door.client({ cacheEntries: 2 })
    const [one, two, three] = [known, '06 2222 4444', '+39 333 222 4444']
    for (const number of [one, two, one, three, one]) await crm.lookup(number)
    expect(door.asked).toHaveLength(3)
    await crm.lookup(two)
    expect(door.asked).toHaveLength(4)
  })

  test('is all that is kept: no miss, no error', async () => {
    const crm = door.client()
    for (const number of ['+391234567890', 'anonymous']) for (let i = 0; i < 2; i++) await crm.lookup(number)
    door.behave((_request, response) => response.writeHead(500).end())
    for (let i = 0; i < 2; i++) await crm.lookup(known)
    expect(door.asked).toHaveLength(6)
  })
})

afterEach(() => void vi.useRealTimers())

test('whatever answers, nothing is thrown and nobody waits', { timeout: 30_000 }, async () => {
  const wire = fc.oneof(
    fc.uint8Array({ maxLength: 300 }),
    fc
      .record({
        status: fc.integer({ min: 100, max: 699 }),
        headers: fc.dictionary(fc.constantFrom('retry-after', 'location', 'content-encoding'), fc.string()),
        length: fc.option(fc.nat(400)),
        body: fc.oneof(fc.json(), fc.string(), fc.constant(found({})), fc.constant('{"found":false}')),
      })
      .map(({ status, headers, length, body }) =>
        Buffer.from(
          `HTTP/1.1 ${status} X\r\n${Object.entries(headers)
            .map(([name, value]) => `${name}: ${encodeURI(value)}\r\n`)
            .join('')}${length === null ? '' : `content-length: ${length}\r\n`}connection: close\r\n\r\n${body}`,
        ),
      ),
  )
  let bytes: Uint8Array = new Uint8Array()
  const sockets = new Set<Socket>()
  const server = createServer((socket) => {
    sockets.add(socket)
    socket.on('error', () => undefined).once('data', () => socket.end(bytes))
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  await fc.assert(
    fc.asyncProperty(wire, fc.oneof(fc.string(), fc.constant(known)), async (sent, phone) => {
      bytes = sent
      const crm = createClient({ url, key: 'key', timeoutMs: 300 })
      expect(['found', 'not_found', 'withheld', 'error']).toContain((await crm.lookup(phone)).kind)
      expect(['recorded', 'error']).toContain((await crm.recordCallEvent({ call_id: 'c', event: 'ended' })).kind)
    }),
    { numRuns: 150 },
  )
  for (const socket of sockets) socket.destroy()
  server.close()
})

test.each([
  ['no address', { url: 'crm.clinic.example' }],
  ['another protocol', { url: 'ftp://crm.clinic.example' }],
  ['an address with a password', { url: 'https://me:secret@crm.clinic.example' }],
  ['a key over HTTP', { url: 'http://crm.clinic.example', key: 'k' }],
  ['a key with a line break', { url: 'https://crm.clinic.example', key: 'k\n' }],
  ['no time', { url: 'https://crm.clinic.example', timeoutMs: 0 }],
  ['hits for an hour', { url: 'https://crm.clinic.example', cacheSeconds: 3600 }],
])('%s is refused at the start, not during a call', (_what, options) => {
  expect(() => createClient(options)).toThrow(TypeError)
})

test('a key is refused where whoever opens the page could read it', () => {
  vi.stubGlobal('document', {})
  expect(() => createClient({ url: 'https://crm.clinic.example', key: 'k' })).toThrow(/Leave it out/)
  vi.unstubAllGlobals()
})

/** Of an event only the second is a repeat. */
const expectAlike = (result: object) => ('repeated' in result ? { ...result, repeated: false } : result)

function found(more: object) {
  return JSON.stringify({
    found: true,
    case_id: '9',
    screen_pop_url: 'https://crm.clinic.example/it/cases/9',
    phone_searched: '+39 06 2222 4444',
    match_count: 1,
    matches: [],
    ...more,
  })
}
