import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { brotliCompressSync } from 'node:zlib'
import Fastify, { type FastifyInstance } from 'fastify'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createEvents } from '../events.ts'
import { errorReply } from './error-reply.ts'
import { type Preload, webAppRoutes } from './web-app.ts'

const events = createEvents('silent')
const name = '</script><script>alert(1)</script>'
let folder: string
let app: FastifyInstance

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'web-app-'))
  app = serving(folder)
})
afterAll(() => rm(folder, { recursive: true }))

function serving(dist: string, preload: Preload = async (_request, path) => ({ session: { name, path } })) {
  const fastify = Fastify()
  fastify.setErrorHandler(errorReply(events))
  const config = { publicUrl: 'https://crm.clinic.test/desk', defaultLocale: 'es' as const }
  const house = { fastify, declared: new Map() } as unknown as Parameters<typeof webAppRoutes>[0]
  webAppRoutes(house, { config, events, preload, folder: dist })
  return fastify
}

const manifest = {
  'index.html': { file: 'assets/index-abc.js', css: ['assets/index-abc.css'] },
  'src/locales/en.ts': { file: 'assets/en-abc.js' },
  'src/locales/en-settings.ts': { file: 'assets/en-settings-abc.js' },
  'src/case-page/case-page.tsx': { file: 'assets/case-abc.js', imports: ['_shared.js'], css: ['assets/case-abc.css'] },
  '_shared.js': { file: 'assets/shared-abc.js', imports: ['src/case-page/case-page.tsx'] },
  '../node_modules/inter-latin-wght-normal.woff2': { file: 'assets/inter-abc.woff2' },
}

async function build() {
  await mkdir(join(folder, 'assets'), { recursive: true })
  await writeFile(join(folder, 'assets/index-abc.js'), 'console.log(1)')
  await writeFile(join(folder, 'assets/index-abc.js.br'), brotliCompressSync('console.log(1)'))
  await writeFile(join(folder, 'assets/inter-abc.woff2'), 'font')
  await writeFile(
    join(folder, 'index.html'),
    '<html lang="it" data-mantine-color-scheme="auto"><script type="application/json" id="preloaded">\n  null\n</script>' +
      '<head><script type="module" src="./assets/index-abc.js"></script></head>',
  )
  await writeFile(join(folder, 'manifest.json'), JSON.stringify(manifest))
}

test('a server without a built app says how to build it, and shows the app without a restart once it is', async () => {
  expect((await app.inject('/it/cases/9')).body).toContain('npm run build')
  await build()
  expect((await app.inject('/it/cases/9')).body).toContain('index-abc.js')
})

test('the bare address leads to the app in the language of the installation', async () => {
  const { statusCode, headers } = await app.inject('/')
  expect([statusCode, headers.location]).toEqual([302, 'es/'])
})

test('a page carries its data as text that no name can break out of', async () => {
  const { body } = await app.inject('/it/cases/9?tab=notes')
  expect(body).not.toContain('<script>alert')
  const json = /id="preloaded">([^<]*)</.exec(body)![1]!
  expect(JSON.parse(json)).toMatchObject({ session: { name, path: '/it/cases/9' }, base_path: '/desk' })
})

test('a page is in the language of its address, under the path of its proxy, and never kept', async () => {
  const { body, headers } = await app.inject('/en')
  expect(body).toContain('lang="en"')
  expect(body).toContain('src="/desk/assets/index-abc.js"')
  expect(headers['content-type']).toBe('text/html; charset=utf-8')
})

test('a page names at once all files that its first paint needs: texts, page, styles, letters', async () => {
  const { body } = await app.inject('/en/cases/9')
  expect(
    [...body.matchAll(/<link rel="(\w+)"[^>]* href="\/desk\/assets\/([^"]+)"/g)].map(([, rel, file]) => [rel, file]),
  ).toEqual([
    ['preload', 'inter-abc.woff2'],
    ['modulepreload', 'en-abc.js'],
    ['modulepreload', 'case-abc.js'],
    ['modulepreload', 'shared-abc.js'],
    ['stylesheet', 'case-abc.css'],
  ])
  const settings = (await app.inject('/en/settings/users')).body
  expect(settings).toContain('en-settings-abc')
  expect(settings).not.toContain('case-abc')
})

test('each page has a nonce of its own, and the policy allows no other inline style and no inline script', async () => {
  const nonces = new Set<string>()
  for (let i = 0; i < 3; i += 1) {
    const { body, headers } = await app.inject('/it')
    const policy = String(headers['content-security-policy'])
    expect(policy).not.toContain('unsafe')
    const { csp_nonce } = JSON.parse(/id="preloaded">([^<]*)</.exec(body)![1]!)
    expect(policy).toContain(`style-src 'self' 'nonce-${csp_nonce}'`)
    nonces.add(csp_nonce)
  }
  expect(nonces.size).toBe(3)
})

test('the appearance chosen in this browser is there from the first paint, and nothing else gets in that way', async () => {
  const shown = async (cookie: string) => (await app.inject({ url: '/it', headers: { cookie } })).body
  expect(await shown('a=1; clinicacrm_scheme=dark')).toContain('data-mantine-color-scheme="dark"')
  expect(await shown('clinicacrm_scheme="><script>')).toContain('data-mantine-color-scheme="auto"')
})

test('a page whose data cannot be had still comes, and asks by itself', async () => {
  const broken = serving(folder, () => Promise.reject(new Error('no database')))
  const { statusCode, body } = await broken.inject('/it/cases/9')
  expect(statusCode).toBe(200)
  expect(body).toContain('id="preloaded">null<')
})

test('programs that ask for JSON get no page', async () => {
  const { statusCode, headers } = await app.inject({ url: '/it/x', headers: { accept: 'application/json' } })
  expect(statusCode).toBe(404)
  expect(headers['content-type']).toContain('application/json')
})

test('files may be kept for a year, and come compressed to who can read that', async () => {
  const plain = await app.inject('/assets/index-abc.js')
  expect(plain.headers['cache-control']).toBe('public, max-age=31536000, immutable')
  expect(plain.headers['content-type']).toBe('text/javascript; charset=utf-8')
  expect(plain.body).toBe('console.log(1)')
  const small = await app.inject({ url: '/assets/index-abc.js', headers: { 'accept-encoding': 'gzip, br' } })
  expect(small.headers['content-encoding']).toBe('br')
  const font = await app.inject({ url: '/assets/inter-abc.woff2', headers: { 'accept-encoding': 'gzip, br' } })
  expect([font.headers['content-encoding'], font.headers['content-type']]).toEqual([undefined, 'font/woff2'])
})

test.each(['nothing.js', '..%2findex.html', '..%2f..%2fserver.js', 'index-abc.js.br', 'index-abc', '%2e%2e%2fx.js'])(
  'there is no file %s',
  async (file) => {
    const { statusCode, headers } = await app.inject(`/assets/${file}`)
    expect(statusCode).toBe(404)
    expect(headers['cache-control'] ?? '').not.toContain('max-age')
  },
)
