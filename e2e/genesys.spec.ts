import type { RequestListener } from 'node:http'
import type { BrowserContext, Frame, Page } from '@playwright/test'
import { ask, crm, expect, signIn, test } from './two-sites.ts'

/*
 * Genesys Cloud's desktop and its telephone, each at the address that it really has; what they answer is ours. The library
 * in our panel is Genesys' own.
 */

const genesys = 'https://apps.mypurecloud.de'
const agent = 'Giulia Ferri'
const settings = { region: 'mypurecloud.de', client_id: '25a05327-89f8-452a-9925-0095c08d8f46' }

const desktop = `<!doctype html><html lang="it"><title>Genesys Cloud</title>
<style>body { margin: 0 } iframe { width: 380px; height: 640px; border: 0 }</style><body></body>
<script>
  globalThis.heard = []
  addEventListener('message', ({ origin, data }) => data?.protocol && heard.push({ origin, ...data }))
  globalThis.show = (src) => {
    const frame = Object.assign(document.createElement('iframe'), { src, title: 'ClinicaCRM' })
    frame.setAttribute('sandbox', 'allow-scripts allow-same-origin allow-forms allow-popups')
    document.body.replaceChildren(frame)
  }
  globalThis.hook = (hook) => frames[0].postMessage({ purecloudEventType: 'appLifecycleHook', hook }, '${crm}')
</script></html>`

const telephone = (script: string) => `<!doctype html><html lang="it"><title>Genesys Cloud</title><body>
<script>
  globalThis.dialled = []
  const listeners = []
  globalThis.PureCloud = {
    subscribe: (list) => listeners.push(...list),
    clickToDial: (call) => dialled.push(call),
  }
  globalThis.fire = (category, interaction) => listeners.forEach(({ callback }) => callback(category, interaction))
</script>
<script>${script}</script>
<script>Framework.initialSetup()</script></body></html>`

/** What stands in those two pages. */
declare const heard: Record<string, unknown>[]
declare const show: (src: string) => void
declare const hook: (name: string) => void
declare const dialled: object[]
declare const fire: (category: string, interaction: object) => void
declare const Framework: {
  config: { clientIds: object }
  processCallLog(...log: unknown[]): void
}

type Hosts = Map<string, RequestListener>

/** Whoever administers: allows the desktop, says the region, and takes the file for the telephone. */
async function setUp(context: BrowserContext, hosts: Hosts): Promise<string> {
  const own = await context.browser()!.newContext({ locale: 'it-IT' })
  const page = await own.newPage()
  await signIn(page, 'Alessandra Moretti')
  const saved = await ask(page, 'PUT', '/api/connectors/genesys-cloud', { settings })
  expect(saved.status, saved.text).toBe(200)
  expect((await ask(page, 'PUT', '/api/telephony/frames/genesys-cloud', { origins: [genesys] })).status).toBe(200)
  const file = await ask(page, 'GET', '/api/connectors/genesys-cloud/files/clinicacrm-framework.js')
  expect(file.status).toBe(200)
  await own.close()
  hosts.set(new URL(genesys).host, (request, response) => {
    const isTelephone = request.url?.startsWith('/crm/embeddableFramework.html')
    response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' })
    response.end(isTelephone ? telephone(file.text) : desktop)
  })
  return file.text
}

let calls = 0
const anotherCall = () => `genesys-${Date.now()}-${++calls}`

/** As the widget’s address arrives once Genesys Cloud has filled it in. */
const widget = (conversationId: string, gcHostOrigin = genesys) =>
  `${crm}/embed/genesys-cloud?${new URLSearchParams({ conversationId, langTag: 'it', gcHostOrigin, gcTargetEnv: 'prod-euc1' })}`

async function openWidget(page: Page, address: string): Promise<Frame> {
  await page.evaluate((src) => show(src), address)
  return (await (await page.waitForSelector('iframe')).contentFrame())!
}

async function signInToWidget(page: Page, frame: Frame) {
  const opening = page.waitForEvent('popup')
  await frame.getByRole('button', { name: 'Accedi' }).click()
  const popup = await opening
  await popup.getByRole('button', { name: agent }).click()
  if (!popup.isClosed()) await popup.waitForEvent('close')
  await expect(frame.getByRole('button', { name: 'Esci dal pannello' })).toBeVisible()
}

const heardIn = (page: Page, action: string) =>
  page.evaluate((name) => heard.filter((message) => message['action'] === name), action)

test('the panel shows who calls, tells the desktop so, and speaks with no other', async ({ page, context, sites }) => {
  await setUp(context, sites.hosts)
  const { url, key } = sites.program
  const conversation = anotherCall()
  const query = new URLSearchParams({
    phone: 'tel:+393332224444',
    provider: 'genesys-cloud',
    conversation_id: conversation,
    on_missing: '200',
    format: 'flat',
  })
  const looked = await fetch(`${url}/api/lookup?${query}`, { headers: { 'x-api-key': key } })
  expect(await looked.json()).toMatchObject({ found: 'true' })

  await page.goto(genesys)
  const frame = await openWidget(page, widget(conversation))
  await signInToWidget(page, frame)
  await expect(frame.getByRole('heading', { name: 'Antonio Dorato' })).toBeVisible()

  await expect
    .poll(() => heardIn(page, 'showToast'))
    .toMatchObject([
      {
        origin: crm,
        title: 'ClínicaCRM',
        message: 'In linea: Antonio Dorato',
        markdownMessage: false,
        id: conversation,
      },
    ])
  expect(await heardIn(page, 'setAttentionCount')).toMatchObject([{ origin: crm, count: 1 }])
  await page.evaluate(() => hook('focus'))
  await expect.poll(() => heardIn(page, 'setAttentionCount')).toMatchObject([{ count: 1 }, { count: 0 }])
  await page.evaluate(() => hook('bootstrap'))
  await expect.poll(() => heardIn(page, 'bootstrapped')).toHaveLength(1)
  await page.evaluate(() => hook('stop'))
  await expect.poll(() => heardIn(page, 'stopped')).toHaveLength(1)

  // Nobody looked this call up: the card is there, and the agent reads why it names nobody.
  const another = anotherCall()
  const unknown = await openWidget(page, widget(another))
  await expect(unknown.getByText('non ha comunicato il numero')).toBeVisible()

  // Not one of Genesys' addresses, and one of theirs that is not the desktop around it: neither hears a word.
  const before = (await page.evaluate(() => heard)).length
  for (const stranger of ['https://apps.stranger.example', 'http://apps.mypurecloud.de', '{{gcHostOrigin}}']) {
    const other = await openWidget(page, widget(conversation, stranger))
    await expect(other.getByText('non è collegato a questa pagina')).toBeVisible()
  }
  const elsewhere = widget(conversation, 'https://apps.mypurecloud.ie').replace('prod-euc1', 'prod-euw1')
  await expect((await openWidget(page, elsewhere)).getByRole('heading', { name: 'Antonio Dorato' })).toBeVisible()
  expect(await page.evaluate(() => heard)).toHaveLength(before)
  for (const conversation_id of [conversation, another]) {
    const headers = { 'content-type': 'application/json', 'x-api-key': key }
    const body = JSON.stringify({ event_name: 'customer.end', conversation_id })
    await fetch(`${url}/api/telephony/events/genesys-cloud`, { method: 'POST', headers, body })
  }
})

test('the telephone in our page tells of calls, dials, and takes nobody else’s word', async ({
  page,
  context,
  sites,
}) => {
  const script = await setUp(context, sites.hosts)
  expect(script).not.toMatch(/postMessage\([^)]*['"]\*['"]/)
  await signIn(page, agent)
  const desk = page
  const phone = await context.newPage()
  await phone.goto(`${crm}/it/phone/genesys-cloud`)
  const frame = (await (await phone.waitForSelector('iframe[title="Genesys Cloud"]')).contentFrame())!
  await frame.waitForURL(`${genesys}/crm/**`)
  await frame.waitForFunction(() => 'Framework' in globalThis)
  expect(await frame.evaluate(() => Framework.config.clientIds)).toEqual({
    [settings.region]: settings.client_id,
  })

  const id = anotherCall()
  const call = { id, direction: 'Inbound', ani: 'tel:+393332224444', calledNumber: '+390655501000' }
  const tell = (category: string, more: object = {}) =>
    frame.evaluate(([name, said]) => fire(name, said), [category, { ...call, ...more }] as const)
  const card = desk.getByRole('region', { name: 'Chiamate' }).getByRole('article', { name: 'Antonio Dorato' })
  await tell('add')
  await expect(card).toBeVisible()
  await tell('connect', { isConnected: true })
  await expect(desk).toHaveURL(/\/it\/cases\/\d+$/)

  // What is written in the telephone is kept with the call.
  const kept = await frame.evaluate(
    (interaction) =>
      new Promise<{ id: string } | null>((resolve) => {
        Framework.processCallLog({ notes: 'Chiede del "laser"' }, interaction, 'x', resolve, () => resolve(null))
      }),
    call,
  )
  expect(kept?.id).toMatch(/^\d+$/)
  expect((await ask(desk, 'GET', `/api/calls/${kept!.id}/draft`)).text).toContain('Chiede del \\"laser\\"')

  // A click on a number dials there; the frame's own page, or ours, cannot pretend to be the other.
  await desk.goto(`${crm}/it/callbacks`)
  await desk.locator('a[href^="tel:"]').first().click()
  await expect
    .poll(() => frame.evaluate(() => dialled))
    .toEqual([{ number: expect.stringMatching(/^\+39\d+$/), autoPlace: true }])
  await frame.evaluate(() => window.postMessage({ clinicacrm: 'genesys-cloud', kind: 'dial', number: '+391' }, '*'))
  const forged = { clinicacrm: 'genesys-cloud', kind: 'interaction', category: 'add', interaction: { id: 'forged' } }
  await phone.evaluate((said) => window.postMessage(said, '*'), forged)
  await tell('disconnect', { isDisconnected: true })
  await expect
    .poll(async () => (await ask(desk, 'GET', `/api/calls/${kept!.id}`)).text)
    .toMatch(/"state":"ended","result":"answered"/)
  expect(await frame.evaluate(() => dialled)).toHaveLength(1)
  expect((await ask(desk, 'GET', '/api/calls?limit=20')).text).not.toContain('forged')
  expect((await ask(desk, 'POST', `/api/calls/${kept!.id}/wrap-up`, { disposition: 'SPAM' })).status).toBe(200)
})
