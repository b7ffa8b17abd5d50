import { api } from '@clinicacrm/contract/api.ts'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Clinic, openClinic } from '../testing/harness.ts'
import { flawsOf, patiently, wire } from '../testing/wire.ts'

let clinic: Clinic
beforeAll(async () => {
  clinic = await openClinic()
})
afterAll(() => clinic.close())

const say = (url: string, bytes: string) => patiently(() => wire(url, bytes))

const hit = '/api/lookup?phone=%2B39%20347%20000%200000'
const paths = [...new Set(api.map(({ path }) => path))]
const methodsOf = (path: string) => api.filter((endpoint) => endpoint.path === path).map(({ method }) => String(method))
const filled = (path: string) => path.replaceAll(/:\w+/g, '9')

describe('a method an address does not serve', () => {
  test.each(paths)('%s says 405 and, in Allow, what it serves', async (path) => {
    const served = methodsOf(path)
    const allowed = new Set([...served, ...(served.includes('GET') ? ['HEAD'] : [])])
    for (const method of ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']) {
      if (allowed.has(method)) continue
      const { status, headers, body } = await clinic.ask(method, filled(path))
      const error = method === 'HEAD' ? undefined : 'Method not allowed'
      expect([method, status, body?.error]).toEqual([method, 405, error])
      expect(new Set(headers.get('allow')?.split(', '))).toEqual(allowed)
    }
  })

  test('is refused before its body is read, however long or broken that is', async () => {
    const headers = { 'content-type': 'application/json' }
    const { status, text } = await clinic.ask('PUT', '/api/lookup', { headers, body: '{'.repeat(20_000) })
    expect([status, JSON.parse(text).error]).toEqual([405, 'Method not allowed'])
  })

  test.each(['TRACE', 'PROPFIND', 'QUERY', 'PURGE', 'M-SEARCH', 'NONSENSE'])(
    '%s is refused in JSON like any other',
    async (method) => {
      const said = await say(clinic.url, `${method} /api/lookup HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n`)
      expect(said.status).toBeGreaterThanOrEqual(400)
      expect(flawsOf(said)).toEqual([])
    },
  )

  test('TRACE echoes nothing back, not even to a good key', async () => {
    const key = `x-api-key: ${clinic.key}\r\nConnection: close\r\n`
    const { raw } = await say(clinic.url, `TRACE /api/lookup HTTP/1.1\r\nHost: a\r\n${key}\r\n`)
    expect(raw).toContain('HTTP/1.1 4')
    expect(raw).not.toContain(clinic.key)
  })
})

describe('a body that cannot be read', () => {
  test('of more than 16 kB is 413 for a lookup', async () => {
    const { status, body, headers } = await clinic.ask('POST', '/api/lookup', { json: { phone: '9'.repeat(17_000) } })
    expect([status, body.error]).toEqual([413, 'Payload too large'])
    expect(headers.get('connection')).toBe('close')
  })

  test('of more than 256 kB is 413 elsewhere, sent in chunks or at once', async () => {
    const long = JSON.stringify({ first_name: 'A'.repeat(300_000) })
    const chunked = new Blob([long]).stream()
    const asked = { headers: { 'content-type': 'application/json' }, duplex: 'half' } as const
    expect((await clinic.ask('POST', '/api/cases', { ...asked, body: long })).status).toBe(413)
    expect((await clinic.ask('POST', '/api/cases', { ...asked, body: chunked })).status).toBe(413)
  })

  test.each([
    'text/plain',
    'application/x-www-form-urlencoded',
    'multipart/form-data; boundary=x',
    'application/xml',
    'application/jsonp',
    'text/json',
    'application\t/json',
    'application/json a',
    'json',
    '*/*',
  ])('of the type %s is 415', async (type) => {
    const bytes = `POST /api/lookup HTTP/1.1\r\nHost: a\r\nx-api-key: ${clinic.key}\r\nConnection: close\r\nContent-Type: ${type}\r\nContent-Length: 8\r\n\r\nphone=39`
    const said = await say(clinic.url, bytes)
    expect([said.status, JSON.parse(said.text).error]).toEqual([415, 'Unsupported media type'])
  })

  test.each(['{', '{"phone":}', '[', "{'phone':1}", '\uFEFF{', 'undefined', 'NaN', '{"phone":"\\ud8"}'])(
    'such as "%s" is 400 Invalid JSON',
    async (text) => {
      const headers = { 'content-type': 'application/json' }
      const { status, body } = await clinic.ask('POST', '/api/lookup', { headers, body: text })
      expect([status, body.error]).toEqual([400, 'Invalid JSON'])
    },
  )
})

describe('an address where nothing is', () => {
  test.each([
    '/api',
    '/api/',
    '/api/lookups',
    '/api/lookup/',
    '/API/LOOKUP',
    '//api/lookup',
    '/api/lookup/a/b/c',
    '/api/cases/9/notes/1/2',
    '/api/%2e%2e/%2e%2e/etc/passwd',
    '/.git/config',
    '/favicon.ico',
  ])('%s is 404 in JSON', async (path) => {
    const said = await say(clinic.url, `GET ${path} HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n`)
    expect([said.status, flawsOf(said)]).toEqual([404, []])
  })

  test.each(['/api/%', '/api/%ff', '/api/cases/%E0%A4%A', '/api/lookup/%c0%af/x'])(
    '%s, which cannot be decoded, is 400 in JSON and is not cached',
    async (path) => {
      const { status, headers, body } = await clinic.ask('GET', path)
      expect([status, body.error, headers.get('cache-control')]).toEqual([400, 'Invalid request', 'no-store'])
    },
  )
})

describe('what is asked without a body in the answer', () => {
  test('HEAD tells what GET would, and shows nothing', async () => {
    const head = await clinic.ask('HEAD', hit)
    const get = await clinic.ask('GET', hit)
    expect([head.status, head.text]).toEqual([get.status, ''])
    expect(head.headers.get('content-length')).toBe(get.headers.get('content-length'))
    expect((await clinic.ask('HEAD', hit, { key: null })).status).toBe(401)
  })

  test('OPTIONS without configured origins allows no browser anything', async () => {
    const { status, headers } = await clinic.ask('OPTIONS', '/api/lookup', {
      key: null,
      headers: { origin: 'https://desk.example', 'access-control-request-method': 'GET' },
    })
    expect(status).toBe(401)
    expect([...headers.keys()].filter((name) => name.startsWith('access-control'))).toEqual([])
  })
})

describe('every answer', () => {
  const everywhere: [string, string, object][] = [
    ['GET', hit, {}],
    ['GET', '/api/lookup', {}],
    ['GET', hit, { key: null }],
    ['DELETE', '/api/lookup', {}],
    ['POST', '/api/lookup', { headers: { 'content-type': 'text/plain' }, body: 'x' }],
    ['GET', '/api/cases', {}],
    ['GET', '/api/api-keys', {}],
    ['GET', '/api/health', { key: null }],
    ['GET', '/api/ready', { key: null }],
    ['GET', '/api/metrics', {}],
    ['GET', '/api/nothing', {}],
  ]
  test.each(everywhere)('of %s %s %j is kept out of caches, frames and guesses', async (method, path, asking) => {
    const { headers } = await clinic.ask(method, path, asking)
    expect(headers.get('cache-control')).toBe('no-store')
    expect(headers.get('x-content-type-options')).toBe('nosniff')
    expect(headers.get('x-frame-options')).toBe('SAMEORIGIN')
    expect(headers.get('referrer-policy')).toBe('no-referrer')
    expect(headers.get('strict-transport-security')).toMatch(/max-age=31536000/)
    expect(headers.get('content-security-policy')).toContain("default-src 'none'")
    expect(headers.get('content-security-policy')).not.toMatch(/unsafe|upgrade-insecure/)
    expect([...headers.keys()]).not.toContain('server')
    expect([...headers.keys()]).not.toContain('x-powered-by')
    expect([...headers.keys()].filter((name) => name.startsWith('access-control'))).toEqual([])
  })

  test('promises no TLS to a clinic that has none', async () => {
    const plain = await openClinic({ env: { PUBLIC_URL: 'http://crm.local:3000' } })
    expect((await plain.ask('GET', '/api/health')).headers.has('strict-transport-security')).toBe(false)
    await plain.close()
  })
})

describe('a browser on a configured origin', () => {
  let open: Clinic
  beforeAll(async () => {
    open = await openClinic({ env: { CORS_ORIGINS: 'https://desk.example,http://localhost:5173' } })
  })
  afterAll(() => open.close())
  const preflight = (origin: string, headers = {}) =>
    open.ask('OPTIONS', '/api/lookup', {
      key: null,
      headers: { origin, 'access-control-request-method': 'POST', ...headers },
    })

  test('may ask, with a key, and read the limits', async () => {
    const { status, headers } = await preflight('https://desk.example', {
      'access-control-request-headers': 'x-api-key,content-type',
    })
    expect(status).toBe(204)
    expect(headers.get('access-control-allow-origin')).toBe('https://desk.example')
    expect(headers.get('access-control-allow-headers')).toContain('x-api-key')
    const asked = await open.ask('GET', hit, { headers: { origin: 'https://desk.example' } })
    expect(asked.headers.get('access-control-allow-origin')).toBe('https://desk.example')
    expect(asked.headers.get('access-control-expose-headers')).toContain('ratelimit')
    expect(asked.headers.has('access-control-allow-credentials')).toBe(false)
  })

  test('reads a refusal too, or the agent could not be told what is wrong', async () => {
    const { status, headers } = await open.ask('GET', hit, { key: null, headers: { origin: 'https://desk.example' } })
    expect([status, headers.get('access-control-allow-origin')]).toEqual([401, 'https://desk.example'])
  })

  test.each(['https://evil.example', 'https://desk.example.evil.example', 'http://desk.example', 'null', 'x'])(
    'elsewhere (%s) may read nothing',
    async (origin) => {
      expect((await preflight(origin)).headers.has('access-control-allow-origin')).toBe(false)
      const { headers } = await open.ask('GET', hit, { headers: { origin } })
      expect(headers.has('access-control-allow-origin')).toBe(false)
      expect(headers.get('vary')).toMatch(/origin/i)
    },
  )

  test('and an OPTIONS that is no preflight still gets no plain text', async () => {
    const said = await say(open.url, 'OPTIONS /api/lookup HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n')
    expect(flawsOf(said)).toEqual([])
  })
})
