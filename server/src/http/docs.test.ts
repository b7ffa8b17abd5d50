import { readFileSync } from 'node:fs'
import { api } from '@clinicacrm/contract/api.ts'
import { replyExamples } from '@clinicacrm/contract/lookup-examples.ts'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { loadDemo } from '../demo.ts'
import { type Clinic, openClinic } from '../testing/harness.ts'

let clinic: Clinic
beforeAll(async () => {
  clinic = await openClinic({ clinics: [], env: { PUBLIC_URL: 'https://crm.clinic.test/a&b' } })
})
afterAll(() => clinic.close())

const open = (method: string, path: string) => clinic.ask(method, path, { key: null })

test('the description is open to everybody and names this installation', async () => {
  const { status, headers, body } = await open('GET', '/api/openapi.json')
  expect(status).toBe(200)
  expect(headers.get('content-type')).toBe('application/json; charset=utf-8')
  expect(body.openapi).toBe('3.1.0')
  expect(body.servers[0].url).toBe('https://crm.clinic.test/a&b')
})

test('the page shows the quick start with the address of this installation, escaped', async () => {
  const { status, headers, text } = await open('GET', '/api/docs')
  expect(status).toBe(200)
  expect(headers.get('content-type')).toBe('text/html; charset=utf-8')
  expect(text).toContain('curl -X GET "https://crm.clinic.test/a&amp;b/api/lookup?phone=%2B3906%202222%204444"')
  expect(text).not.toMatch(/\{\{\w+\}\}/)
})

test('the page asks for nothing but its own files, and each is there, open and of the right type', async () => {
  const { text } = await open('GET', '/api/docs')
  const links = [...text.matchAll(/(?:src|href)="([^"#]+)"/g)].map(
    ([, link]) => new URL(link!, `${clinic.url}/api/docs`),
  )
  expect(links.length).toBeGreaterThan(5)
  for (const { origin, pathname } of links) {
    expect(origin).toBe(clinic.url)
    const { status, headers } = await open('GET', pathname)
    expect(status, pathname).toBe(200)
    const type =
      { css: 'text/css', js: 'javascript', svg: 'image/svg+xml', json: 'json' }[pathname.split('.').at(-1)!] ??
      'text/html'
    expect(headers.get('content-type'), pathname).toContain(type)
  }
})

test('nothing on the page needs more than the security policy allows', async () => {
  const { headers, text } = await open('GET', '/api/docs')
  expect(headers.get('content-security-policy')).toMatch(/script-src 'self';style-src 'self'/)
  expect(text).not.toMatch(/<style|\sstyle=|\son\w+=|<script>/)
})

test('what carries its version in the address may be kept; the rest is always fresh', async () => {
  const { text } = await open('GET', '/api/docs')
  const bundle = /docs\/swagger-ui-[\d.]+\/swagger-ui-bundle\.js/.exec(text)![0]
  expect((await open('GET', `/api/${bundle}`)).headers.get('cache-control')).toMatch(/max-age=31536000, immutable/)
  expect((await open('GET', '/api/docs/docs.js')).headers.get('cache-control')).toBe('no-store')
})

test('the address with a slash leads to the one without', async () => {
  const { status, headers } = await open('GET', '/api/docs/')
  expect(status).toBe(308)
  expect(new URL(headers.get('location')!, `${clinic.url}/api/docs/`).pathname).toBe('/api/docs')
})

test.each(['/api/docs', '/api/docs/', '/api/docs/docs.css', '/api/openapi.json'])(
  '%s answers HEAD without a body and refuses every other method',
  async (path) => {
    const head = await open('HEAD', path)
    expect(head.status).toBe((await open('GET', path)).status)
    expect(head.text).toBe('')
    for (const method of ['POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']) {
      const { status, headers, body } = await open(method, path)
      expect(status, method).toBe(405)
      expect(headers.get('allow'), method).toBe('GET, HEAD')
      expect(body, method).toMatchObject({ error: 'Method not allowed', code: 'method_not_allowed' })
    }
  },
)

test.each(['/api/docs/nothing.css', '/api/docs/docs.html', '/api/docs/..%2fdocs.ts'])(
  '%s is not there, in JSON',
  async (path) => {
    const { status, body } = await open('GET', path)
    expect(status).toBe(404)
    expect(body).toMatchObject({ error: 'Not found', code: 'not_found' })
  },
)

test('the examples are what the demo really answers', async () => {
  const demo = await openClinic({ demo: true, clinics: [], env: { PUBLIC_URL: 'https://crm.example' } })
  await loadDemo(demo.work)
  const shown = replyExamples
  expect((await demo.lookup('+39 06 2222 4444')).body).toEqual(shown['200'].found.value)
  expect((await demo.lookup('+39 06 2222 4444', { format: 'flat' })).body).toEqual(shown['200'].flat.value)
  expect((await demo.lookup('+39 06 2222 4444', { format: 'text' })).text).toBe(shown['200 text/plain'].line.value)
  expect((await demo.lookup('+391234567890')).body).toEqual(shown['404'].unknown.value)
  expect((await demo.lookup('+391234567890', { format: 'flat' })).body).toEqual(shown['404'].flat.value)
  expect((await demo.lookup('anonymous')).body).toEqual(shown['404'].withheld.value)
  await demo.close()
})

test('the document for integrators names every endpoint, and what it needs', () => {
  const text = readFileSync(new URL('../../../docs/api.md', import.meta.url), 'utf8')
  const words: Record<string, string> = { signed_in: 'a session', public: 'nothing' }
  const rows = api
    .filter(({ tag }) => tag !== 'Lookup')
    .map(({ method, path, needs }) => `| \`${method} ${path}\` | ${words[needs] ?? `\`${needs}\``} |`)
  expect(rows.filter((row) => !text.includes(row))).toEqual([])
})
