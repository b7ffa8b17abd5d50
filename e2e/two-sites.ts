import { once } from 'node:events'
import http from 'node:http'
import https from 'node:https'
import type { AddressInfo } from 'node:net'
import {
  test as base,
  type Browser,
  type BrowserContext,
  chromium,
  expect,
  type Frame,
  type Page,
  type LaunchOptions,
} from '@playwright/test'
import { selfSigned } from './certificate.ts'
import { type Program, startProgram } from './program.ts'

export const crm = 'https://crm.clinic.example'
export const vendor = 'https://desk.vendor.example'
export const stranger = 'https://desk.stranger.example'
export const connector = 'twilio-flex'

type Sites = {
  program: Program
  at: Record<'front' | 'desktop', string>
  /** Other hosts of a platform, below those that the browser is told of, by name. */
  hosts: Map<string, http.RequestListener>
}
type Fixtures = {
  /** Whether a frame may keep anything in the browser besides cookies of its own: strict people turn that off. */
  keepsStorage: boolean
  /** Somebody's browser, that is signed in nowhere. */
  context: BrowserContext
}

/** The program behind TLS, and the desktop of a platform that is another site to every browser: nothing of it is faked. */
export const test = base.extend<Fixtures, { sites: Sites }>({
  sites: [
    // oxlint-disable-next-line no-empty-pattern -- Playwright reads the parameter's names
    async ({}, use, { project }) => {
      // Where a stand-in's own programs come from, as the operator would name a platform's own host.
      const OUTGOING_ALLOWED_HOSTS = 'sdk.vendor.example, adt.vendor.example'
      const program = await startProgram('demo', {
        PUBLIC_URL: crm,
        TRUSTED_PROXIES: '127.0.0.1',
        OUTGOING_ALLOWED_HOSTS,
      })
      const hosts: Sites['hosts'] = new Map()
      const [front, desktop] = [await openProxy(program.url), await openDesktop(hosts)]
      const at = { front: front.at, desktop: desktop.at }
      await allowVendor(await openBrowser(at, project.use.launchOptions))
      await use({ program, at, hosts })
      await Promise.all([front.close(), desktop.close()])
      await program.stop()
    },
    { scope: 'worker', timeout: 120_000 },
  ],
  keepsStorage: [true, { option: true }],
  context: async ({ sites, keepsStorage }, use, { project }) => {
    const browser = await openBrowser(sites.at, project.use.launchOptions, keepsStorage)
    await use(await browser.newContext({ locale: 'it-IT', timezoneId: 'Europe/Rome' }))
    await browser.close()
  },
  page: async ({ context }, use) => use(await context.newPage()),
})

function openBrowser({ front, desktop }: Sites['at'], options: LaunchOptions = {}, keepsStorage = true) {
  const vendors = ['*.vendor.example', '*.stranger.example', '*.mypurecloud.de', '*.my.connect.aws']
  const hosts = { 'crm.clinic.example': front, ...Object.fromEntries(vendors.map((name) => [name, desktop])) }
  const rules = Object.entries(hosts).map(([name, at]) => `MAP ${name} ${at}`)
  const args = [
    ...(options.args ?? []),
    `--host-resolver-rules=${rules.join(', ')}`,
    '--ignore-certificate-errors',
    '--test-third-party-cookie-phaseout',
    // The last one counts. Playwright's own leaves storage undivided; then a browser that blocks cookies blocks it, too.
    ...(keepsStorage ? ['--disable-features=HttpsUpgrades,MediaRouter,PaintHolding'] : []),
  ]
  return chromium.launch({ ...options, args })
}

/** Whoever administers says once in whose desktop the panel may be shown. */
async function allowVendor(browser: Browser) {
  const context = await browser.newContext({ locale: 'it-IT' })
  const page = await context.newPage()
  await signIn(page, 'Alessandra Moretti')
  const { status } = await ask(page, 'PUT', `/api/telephony/frames/${connector}`, { origins: [vendor] })
  expect(status).toBe(200)
  await browser.close()
}

/** In a window of our own, as somebody of the demo. */
export async function signIn(page: Page, name: string): Promise<void> {
  await page.goto(`${crm}/it/sign-in`)
  await page.getByRole('button', { name }).click()
  await page.waitForURL(`${crm}/it/`)
}

/** As a script in this page asks: the browser decides which cookies go along. */
export const ask = (page: Page | Frame, method: string, path: string, body?: unknown) =>
  page.evaluate(
    async ([asked, url, json]) => {
      const headers = { 'content-type': 'application/json' }
      const response = await fetch(url!, { method: asked!, headers, ...(json !== undefined && { body: json }) })
      return { status: response.status, text: await response.text() }
    },
    [method, path, body === undefined ? undefined : JSON.stringify(body)] as const,
  )

type Server = { at: string; close(): Promise<void> }

/** What nginx or HAProxy do in front of the program. */
function openProxy(url: string): Promise<Server> {
  const { hostname, port } = new URL(url)
  return listen('crm.clinic.example', (request, response) => {
    const { method, url: path, headers } = request
    const forwarded = { ...headers, 'x-forwarded-proto': 'https', 'x-forwarded-for': '127.0.0.1' }
    const asked = http.request({ hostname, port, method, path, headers: forwarded }, (answer) => {
      response.writeHead(answer.statusCode!, answer.headers)
      answer.pipe(response)
    })
    asked.on('error', () => response.destroy())
    response.on('close', () => asked.destroy())
    request.pipe(asked)
  })
}

/** A platform's desktop: a task is a frame, there while somebody works at it. Amazon's sandbox is the narrowest known. */
function openDesktop(hosts: Sites['hosts']): Promise<Server> {
  const page = `<!doctype html><html lang="it"><title>Desktop</title>
<style>body { margin: 0 } iframe { width: 380px; height: 640px; border: 0 }</style>
<script>
  const sandbox = 'allow-forms allow-popups allow-same-origin allow-scripts'
  globalThis.heard = []
  addEventListener('message', ({ data }) => heard.push(JSON.stringify(data)))
  function open_task(src) {
    const frame = document.createElement('iframe')
    Object.assign(frame, { src, title: 'CRM' })
    frame.setAttribute('sandbox', sandbox)
    document.body.replaceChildren(frame)
  }
</script><body></body></html>`
  return listen('desk.vendor.example', (request, response) => {
    const other = hosts.get(request.headers.host ?? '')
    if (other) return other(request, response)
    response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' }).end(page)
  })
}

async function listen(name: string, answer: http.RequestListener): Promise<Server> {
  const server = https.createServer(selfSigned(name), answer).listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    at: `127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

export { expect } from '@playwright/test'
