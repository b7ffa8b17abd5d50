import assert from 'node:assert/strict'
import { readdir, readFile } from 'node:fs/promises'
import path from 'node:path'
import { chromium, type Page } from '@playwright/test'
import { build } from 'esbuild'
import { strToU8, zipSync } from 'fflate'
import { browserPath } from '../../e2e/browser.ts'
import { buildPlugin } from '../../e2e/flex-plugin.ts'
import { openServer } from './slow-crm.ts'

/*
 * `npm run flex:check`: our plug-in in the real Flex UI, as far as it goes without an account. Flex is where that command
 * has fetched it to, beside the plug-in's sources.
 */

const project = path.resolve(import.meta.dirname, '../src/twilio-flex/setup/plugin')
const crmUrl = 'https://crm.clinic.example'

/** All of Flex UI as one script, as Twilio's own page has it. */
async function flexUi(): Promise<string> {
  const { outputFiles } = await build({
    stdin: { contents: `import * as Flex from '@twilio/flex-ui'; window.Twilio = { Flex }`, resolveDir: project },
    bundle: true,
    write: false,
    absWorkingDir: project,
    format: 'iife',
    logLevel: 'error',
    define: { 'process.env.NODE_ENV': '"production"', 'process.env': '{}', global: 'window' },
    // Of Node's own modules it wants this only.
    alias: { path: 'path-browserify' },
  })
  return outputFiles[0]!.text
}

async function plugin(): Promise<string> {
  const names = [
    'package.json',
    'build.mjs',
    ...(await readdir(path.join(project, 'src'))).map((name) => `src/${name}`),
  ]
  const files = names.map(async (name) => {
    const text = await readFile(path.join(project, name), 'utf8')
    const filled = text.replaceAll('__crm_url__', crmUrl).replaceAll('__functions_url__', '')
    return [`plugin/${name}`, strToU8(filled)] as const
  })
  return (await buildPlugin(zipSync(Object.fromEntries(await Promise.all(files))))).bundle
}

type Reservations = { get(sid: string): object | undefined }
type Plugin = { init(flex: object, manager: object): void }
declare const Twilio: {
  Flex: {
    VERSION: string
    Plugins: { init(plugin: new () => Plugin): void }
    CRMContainer: { defaultProps: { uriCallback?: (task?: object) => string } }
    Actions: {
      replaceAction(name: string, action: () => Promise<void>): void
      invokeAction(name: string, payload: object): Promise<void>
    }
  }
}

/** An agent takes a task: what reaches the plug-in of it. */
const tryIn = (page: Page, bundle: string) =>
  page.evaluate(async (text) => {
    const { Flex } = Twilio
    const loaded: Plugin[] = []
    Flex.Plugins.init = (Loaded) => void loaded.push(new Loaded())
    document.body.append(Object.assign(document.createElement('script'), { text }))
    const asked: string[] = []
    const reservations: Reservations & Iterable<never> & { values(): never[] } = {
      get: (sid) => void asked.push(sid),
      values: () => [],
      [Symbol.iterator]: () => [][Symbol.iterator](),
    }
    const heard: string[] = []
    const workerClient = { reservations, on: (name: string) => heard.push(name) }
    for (const one of loaded) one.init(Flex, { workerClient, store: { getState: () => ({ flex: { session: {} } }) } })
    Flex.Actions.replaceAction('AcceptTask', async () => undefined)
    await Flex.Actions.invokeAction('AcceptTask', {
      sid: 'WR1',
      task: { sid: 'WR1', status: 'pending', attributes: {} },
    })
    return { version: Flex.VERSION, asked, heard, panel: Flex.CRMContainer.defaultProps.uriCallback?.() }
  }, bundle)

const script = await flexUi()
const site = await openServer(({ url }, response) => {
  const isPage = url === '/'
  response.setHeader('content-type', `text/${isPage ? 'html' : 'javascript'}; charset=utf-8`)
  response.end(isPage ? '<!doctype html><script src="/flex.js"></script><body></body>' : script)
})
const browser = await chromium.launch({ ...(browserPath && { executablePath: browserPath }), args: ['--no-sandbox'] })
try {
  const page = await browser.newPage()
  await page.goto(site.url)
  const { version, ...found } = await tryIn(page, await plugin())
  assert.deepEqual(found, { asked: ['WR1'], heard: ['reservationCreated'], panel: `${crmUrl}/embed/twilio-flex` })
  process.stdout.write(`The plug-in runs in Flex UI ${version}.\n`)
} finally {
  await browser.close()
  await site.close()
}
