import { existsSync, readFileSync } from 'node:fs'
import { connectors } from '@clinicacrm/connectors/index.ts'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Clinic, openClinic } from '../testing/harness.ts'
import { htmlOf, slugOf } from './markdown.ts'
import { namesOfPages } from './pages.ts'

const root = new URL('../../../', import.meta.url)
const index = readFileSync(new URL('docs/connectors.md', root), 'utf8')
const names = namesOfPages()
const files = ['docs/connectors.md', 'client/README.md', ...names.map((name) => `connectors/src/${name}/README.md`)]
const texts = files.map((file) => ({ file, text: readFileSync(new URL(file, root), 'utf8') }))

let clinic: Clinic
beforeAll(async () => {
  clinic = await openClinic({ clinics: [] })
})
afterAll(() => clinic.close())

const open = (path: string) => clinic.ask('GET', path, { key: null })

test('every connector has a page, and the index names none that is not there', () => {
  expect(names).toEqual(expect.arrayContaining(connectors.map(({ name }) => name)))
  const lines = [...index.matchAll(/^\| \[.+?\]\(\.\.\/connectors\/src\/([\w-]+)\/README\.md\) \|/gm)]
  expect(lines.length).toBeGreaterThan(8)
  for (const [, name] of lines) expect(names).toContain(name)
})

describe.each(texts)('$file', ({ file, text }) => {
  test('leads nowhere that is not there', () => {
    const links = [...withoutCode(text).matchAll(/\]\(([^)\s]+)\)/g)].map(([, link]) => link!)
    const missing = links.filter((link) => !link.startsWith('https://') && !isThere(link, file))
    expect(missing).toEqual([])
  })
})

describe.each(['/api/docs/connectors', '/api/docs/client', ...names.map((name) => `/api/docs/connectors/${name}`)])(
  '%s',
  (path) => {
    test('is open to everybody, and needs no more than the policy allows', async () => {
      const { status, headers, text } = await open(path)
      expect(status).toBe(200)
      expect(headers.get('content-type')).toBe('text/html; charset=utf-8')
      expect(headers.get('content-security-policy')).toMatch(/script-src 'self';style-src 'self'/)
      expect(text).not.toMatch(/<(style|script|iframe)|<img(?! src="[^"]*mark\.svg")|<[^>]*\s(style|on\w+)=/)
      expect(text.match(/<h1/g)).toHaveLength(1)
      expect(text).toMatch(/<title>[^<]+ · ClínicaCRM<\/title>/)
    })

    test('leads to pages that are there', async () => {
      const { text } = await open(path)
      const links = [...new Set([...text.matchAll(/(?:src|href)="([^"]+)"/g)].map(([, link]) => link!))]
      const own = links.filter((link) => !link.startsWith('https://'))
      for (const link of own) {
        const { pathname, hash } = new URL(link, `${clinic.url}${path}`)
        const there = await open(pathname)
        expect(there.status, link).toBe(200)
        expect(there.text, link).toContain(hash && `id="${decodeURIComponent(hash.slice(1))}"`)
      }
    })
  },
)

test.each([
  '/api/docs/connectors/nothing',
  '/api/docs/connectors/..%2findex.ts',
  '/api/docs/connectors/genesys-cloud/x',
])('%s is not there, in JSON', async (path) => {
  const { status, body } = await open(path)
  expect(status).toBe(404)
  expect(body).toMatchObject({ code: 'not_found' })
})

test('the address with a slash leads to the one without', async () => {
  const { status, headers } = await open('/api/docs/connectors/')
  expect(status).toBe(308)
  const to = new URL(headers.get('location')!, `${clinic.url}/api/docs/connectors/`)
  expect(to.pathname).toBe('/api/docs/connectors')
})

test('text that looks like a page stays text, and no link runs anything', () => {
  const markdown = [
    '# A & B',
    '<script>alert(1)</script> and <b onclick="x">inline</b>',
    '[run](javascript:alert(1)) [mail](mailto:a@b.example) ![picture](https://x.example/a.png)',
    '[a file](../../contract/src/calls.ts) [a page](../five9/README.md#steps) [below](#a--b)',
    '```html\n<img src=x onerror=alert(1)>\n```',
  ].join('\n\n')
  const html = htmlOf(markdown, 'connectors/src/mine/README.md', (file, part) =>
    file === 'connectors/src/five9/README.md' ? `../connectors/five9${part}` : null,
  )
  expect(html).not.toMatch(/<(script|b|img)\b|javascript:[^<]*"/)
  expect(html).toContain('<h1 id="a--b">A &amp; B</h1>')
  expect(html).toContain('<a href="../connectors/five9#steps">a page</a>')
  expect(html).toContain('a file (<code>connectors/contract/src/calls.ts</code>)')
  expect(html).toContain('&lt;img src=x onerror=alert(1)>')
})

const withoutCode = (markdown: string) => markdown.replaceAll(/^ *```[\s\S]*?^ *```/gm, '')

/** A file of the source, and the heading in it. */
function isThere(link: string, from: string): boolean {
  const [file, part] = link.split('#')
  const target = new URL(file || from.split('/').at(-1)!, new URL(from, root))
  return existsSync(target) && (part === undefined || headingsIn(readFileSync(target, 'utf8')).includes(part))
}

function headingsIn(markdown: string): string[] {
  const taken = new Map<string, number>()
  return [...withoutCode(markdown).matchAll(/^#{1,6} (.+)$/gm)].map(([, heading]) => slugOf(heading!, taken))
}
