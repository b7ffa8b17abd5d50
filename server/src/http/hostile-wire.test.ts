import fc from 'fast-check'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { type Clinic, openClinic } from '../testing/harness.ts'
import { flawsOf, patiently, wire } from '../testing/wire.ts'

// Bytes on a socket, as no client library would send them.

let clinic: Clinic
beforeAll(async () => {
  clinic = await openClinic()
  await clinic.opens({ phone: '06 2222 4444' })
})
afterEach(async () => {
  const { status } = await say(bare(`GET ${found} HTTP/1.1`, []))
  if (status !== 200) throw new Error(`After this the next lookup was answered ${status}.`)
})
afterAll(() => clinic.close())

const say = (bytes: string, options?: { hangUp: true }) => patiently(() => wire(clinic.url, bytes, options))
const head = () => ['Host: a', `x-api-key: ${clinic.key}`, 'Connection: close']
const request = (line: string, headers: string[], body = '') =>
  [line, ...head(), `Content-Length: ${Buffer.byteLength(body)}`, ...headers, '', body].join('\r\n')
/** As `request`, without a word about the length of the body. */
const bare = (line: string, headers: string[], body = '') => [line, ...head(), ...headers, '', body].join('\r\n')
const json = 'Content-Type: application/json'
const chunked = 'Transfer-Encoding: chunked'
const found = '/api/lookup?phone=0622224444'

describe('HTTP that is hardly HTTP', () => {
  test.each<[string, () => string]>([
    ['both lengths', () => bare('POST /api/lookup HTTP/1.1', [json, 'Content-Length: 5', chunked], '0\r\n\r\n')],
    ['two lengths', () => bare('POST /api/lookup HTTP/1.1', [json, 'Content-Length: 2', 'Content-Length: 3'], '{} ')],
    ['a signed length', () => bare('POST /api/lookup HTTP/1.1', [json, 'Content-Length: +2'], '{}')],
    ['a length of no number', () => bare('POST /api/lookup HTTP/1.1', [json, 'Content-Length: two'], '{}')],
    ['an unknown coding', () => bare('POST /api/lookup HTTP/1.1', [json, 'Transfer-Encoding: xchunked'], '{}')],
    ['chunked, not last', () => bare('POST /api/lookup HTTP/1.1', [json, 'Transfer-Encoding: chunked, gzip'], '{}')],
    ['a chunk of no size', () => bare('POST /api/lookup HTTP/1.1', [json, chunked], 'zz\r\n{}\r\n0\r\n\r\n')],
    ['a chunk longer than it says', () => bare('POST /api/lookup HTTP/1.1', [json, chunked], '1\r\n{}\r\n0\r\n\r\n')],
    ['bare LF', () => bare(`GET ${found} HTTP/1.1`, ['A: b']).replaceAll('\r\n', '\n')],
    ['a folded header', () => bare(`GET ${found} HTTP/1.1`, ['A: b', ' c'])],
    ['a blank before the colon', () => bare(`GET ${found} HTTP/1.1`, ['A : b'])],
    ['a header without a name', () => bare(`GET ${found} HTTP/1.1`, [': b'])],
    ['a NUL in a header', () => bare(`GET ${found} HTTP/1.1`, ['A: b\0c'])],
    ['headers beyond 16 kB', () => bare(`GET ${found} HTTP/1.1`, [`A: ${'b'.repeat(20_000)}`])],
    ['an address beyond 16 kB', () => bare(`GET ${found}${'0'.repeat(20_000)} HTTP/1.1`, [])],
    ['two Hosts', () => bare(`GET ${found} HTTP/1.1`, ['Host: b'])],
    ['the same Host twice', () => bare(`GET ${found} HTTP/1.1`, ['host: a'])],
    ['no Host', () => `GET ${found} HTTP/1.1\r\nx-api-key: ${clinic.key}\r\nConnection: close\r\n\r\n`],
    ['raw bytes in the address', () => bare('GET /api/lookup?phone=\xFF\xFE HTTP/1.1', [])],
    ['a blank in the address', () => bare('GET /api/lookup?phone=06 2222 4444 HTTP/1.1', [])],
    ['an unknown version', () => bare(`GET ${found} HTTP/3.0`, [])],
    ['another protocol', () => 'SSH-2.0-OpenSSH_9.2\r\n'],
    ['TLS', () => '\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03'],
    ['HTTP/2', () => 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n'],
    ['nothing but line ends', () => `${'\r\n'.repeat(50)}x\r\n`],
  ])('%s is refused in JSON', async (_, bytes) => {
    const said = await say(bytes())
    expect(flawsOf(said)).toEqual([])
    expect([400, 431]).toContain(said.status)
    expect(said.raw.match(/HTTP\/1\.1/g), 'one request, one answer').toHaveLength(1)
  })

  test.each<[string, () => string, number]>([
    ['absolute-form', () => bare(`GET http://evil.example${found} HTTP/1.1`, []), 200],
    ['HTTP/1.0 without Host', () => `GET ${found} HTTP/1.0\r\nx-api-key: ${clinic.key}\r\n\r\n`, 200],
    ['HTTP/0.9, which has no headers and so no key', () => `GET ${found}\r\n\r\n`, 401],
    ['an Expect nobody knows', () => bare(`GET ${found} HTTP/1.1`, ['Expect: wonders']), 200],
    ['Expect: 100-continue', () => request('POST /api/lookup HTTP/1.1', [json, 'Expect: 100-continue'], '{}'), 100],
    ['an upgrade', () => bare(`GET ${found} HTTP/1.1`, ['Upgrade: websocket']), 200],
    ['a body on a GET', () => request(`GET ${found} HTTP/1.1`, [json], '{broken'), 200],
    [
      'chunks of one byte',
      () => bare('POST /api/lookup HTTP/1.1', [json, chunked], chunks('{"phone":"0622224444"}')),
      200,
    ],
    ['trailers', () => bare('POST /api/lookup HTTP/1.1', [json, chunked], '2\r\n{}\r\n0\r\nx-api-key: a\r\n\r\n'), 400],
    ['two keys', () => bare(`GET ${found} HTTP/1.1`, ['x-api-key: another']), 401],
    ['a duplicate key header', () => bare(`GET ${found} HTTP/1.1`, [`x-api-key: ${clinic.key}`]), 401],
    ['OPTIONS *', () => bare('OPTIONS * HTTP/1.1', []), 405],
  ])('%s is answered in JSON', async (_, bytes, status) => {
    const said = await say(bytes())
    expect(said.status).toBe(status)
    expect(status === 100 ? [] : flawsOf(said)).toEqual([])
  })

  const chunks = (text: string) =>
    `${Array.from(text)
      .map((char) => `1\r\n${char}\r\n`)
      .join('')}0\r\n\r\n`

  test('a body that ends before its Content-Length leaves nothing hanging', async () => {
    const bytes = bare('POST /api/lookup HTTP/1.1', [json, 'Content-Length: 100'], '{"phone":')
    const { raw } = await say(bytes, { hangUp: true })
    expect(raw).not.toContain('hung')
    expect(raw).not.toMatch(/HTTP\/1\.1 5/)
  })

  test('arbitrary lines are answered in JSON or not at all', async () => {
    const part = fc.constantFrom(
      'GET',
      'POST',
      '/api/lookup',
      '?phone=1',
      'HTTP/1.1',
      'Host: a',
      ': ',
      ' ',
      '\r\n',
      '\n',
      '\t',
      '\0',
      chunked,
      json,
    )
    const bytes = fc.array(fc.oneof(part, fc.string({ unit: 'binary-ascii', maxLength: 8 })), { maxLength: 30 })
    await fc.assert(
      fc.asyncProperty(bytes, async (parts) => {
        const said = await say(`${parts.join('')}\r\n\r\n`, { hangUp: true })
        expect(said.raw).not.toContain('hung')
        expect(said.status === 0 ? [] : flawsOf(said)).toEqual([])
      }),
      { numRuns: 200 },
    )
  })
})

describe('the type of a body', () => {
  test.each([
    'application/json; charset=utf-16',
    'application/json;charset="\\',
    'application/json\t;x',
    '\tapplication/json',
    'APPLICATION/JSON',
    'application/json, text/plain',
    'application/json; boundary=a; boundary=b',
    `application/json; ${'a'.repeat(8_000)}=b`,
  ])('the type %j never gets round the reading of the body', async (type) => {
    const body = '{"phone":{"$ne":1}}'
    const said = await say(request('POST /api/lookup HTTP/1.1', [`Content-Type: ${type}`], body))
    expect([400, 415]).toContain(said.status)
    expect(flawsOf(said)).toEqual([])
  })
})
