import type { Frame, Page } from '@playwright/test'
import { buildPlugin } from './flex-plugin.ts'
import { ask, connector, crm, expect, signIn, stranger, test, vendor } from './two-sites.ts'

/*
 * The plug-in as it is downloaded and built, in a page of another site that has of Flex what plug-ins use; beside it our
 * panel, as Flex's container shows it.
 */

const agent = 'Giulia Ferri'
const functions = 'https://clinica-1234.twil.io'

type Attributes = Record<string, unknown>
/** What the page stands in for: a worker with reservations, actions, and the container of the CRM. */
type FlexPage = {
  Twilio: object
  load(bundle: string): void
  show_panel(): void
  ring(sid: string, attributes: Attributes, status?: string): void
  becomes(sid: string, status: string, event: string): void
  accept(sid: string): void
  tasks: Record<string, { attributes: Attributes; transfers: { outgoing: object | null } }>
  uris: string[]
}

function flexPage() {
  const page = globalThis as unknown as FlexPage
  const emitter = () => {
    const listeners: [string, (payload: unknown) => void][] = []
    return {
      on: (name: string, listener: (payload: unknown) => void) => void listeners.push([name, listener]),
      emit: (name: string, payload: unknown) => listeners.forEach(([wanted, tell]) => wanted === name && tell(payload)),
    }
  }
  type Reservation = ReturnType<typeof emitter> & { sid: string; status: string; task: { sid: string } }
  const reservations = new Map<string, Reservation>()
  const worker = { ...emitter(), reservations }
  const actions = emitter()
  const store = { getState: () => ({ flex: { session: { ssoTokenPayload: { token: 'of-flex' } } } }) }
  const CRMContainer = { defaultProps: {} as { uriCallback?: (task?: object) => string } }
  Object.assign(page, { tasks: {}, uris: [] })
  const Actions = { addListener: actions.on }
  const Plugins = {
    init: (Plugin: new () => { init(flex: object, manager: object): void }) =>
      new Plugin().init({ Actions, CRMContainer }, { workerClient: worker, store }),
  }
  page.Twilio = { Flex: { Plugins, Actions, CRMContainer } }
  page.load = (bundle) => document.body.append(Object.assign(document.createElement('script'), { text: bundle }))
  page.show_panel = () => {
    const src = CRMContainer.defaultProps.uriCallback!({})
    page.uris.push(src)
    document.querySelector('iframe')?.remove()
    document.body.append(Object.assign(document.createElement('iframe'), { src, title: 'CRMContainer' }))
  }
  page.ring = (sid, attributes, status = 'pending') => {
    const task = {
      sid: `WT${sid}`,
      attributes,
      taskChannelUniqueName: 'voice',
      transfers: { incoming: null, outgoing: null },
      async setAttributes(all: Attributes) {
        task.attributes = all
      },
    }
    page.tasks[sid] = task
    const reservation = { ...emitter(), sid, status, task }
    reservations.set(sid, reservation)
    worker.emit('reservationCreated', reservation)
  }
  page.becomes = (sid, status, event) => {
    const reservation = reservations.get(sid)!
    reservation.status = status
    reservation.emit(event, reservation)
    if (status === 'completed') reservations.delete(sid)
  }
  page.accept = (sid) => actions.emit('afterAcceptTask', { task: { sid } })
}

/** Whoever administers says where the Functions are, and takes the plug-in home. */
async function download(page: Page): Promise<Buffer> {
  await signIn(page, 'Alessandra Moretti')
  const saved = await ask(page, 'PUT', `/api/connectors/${connector}`, { settings: { functions_url: functions } })
  expect(saved.status, saved.text).toBe(200)
  const text = await page.evaluate(async (path) => {
    const bytes = new Uint8Array(await (await fetch(path)).arrayBuffer())
    return btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''))
  }, `/api/connectors/${connector}/files/clinicacrm-flex-plugin.zip`)
  return Buffer.from(text, 'base64')
}

let bundle = ''
let asked: URLSearchParams[] = []
let last = 0
const another = () => `WR${Date.now()}${++last}`

/** Flex, with the plug-in in it and our panel beside; somebody signed in to both. */
async function openFlex(page: Page): Promise<Frame> {
  asked = []
  await page.route(`${functions}/**`, async (route) => {
    const said = new URLSearchParams(route.request().postData() ?? '')
    asked.push(said)
    const json = { found: 'true', case_id: '9', url: `${crm}/pop?call_id=${said.get('call_id')}` }
    await route.fulfill({ json, headers: { 'access-control-allow-origin': vendor } })
  })
  await page.goto(vendor)
  await page.evaluate(flexPage)
  await page.evaluate((text) => (globalThis as unknown as FlexPage).load(text), bundle)
  await page.evaluate(() => (globalThis as unknown as FlexPage).show_panel())
  const frame = (await (await page.waitForSelector('iframe')).contentFrame())!
  await signInToPanel(page, frame)
  return frame
}

async function signInToPanel(page: Page, frame: Frame) {
  const opening = page.waitForEvent('popup')
  const listening = page.waitForResponse(/\/api\/live\?frame=/)
  await frame.getByRole('button', { name: 'Accedi' }).click()
  const popup = await opening
  await popup.getByRole('button', { name: agent }).click()
  if (!popup.isClosed()) await popup.waitForEvent('close')
  await listening
}

const ring = (page: Page, sid: string, attributes: Attributes, status?: string) =>
  page.evaluate(([id, all, how]) => (globalThis as unknown as FlexPage).ring(id!, all!, how), [
    sid,
    attributes,
    status,
  ] as const)
const becomes = (page: Page, sid: string, status: string, event: string) =>
  page.evaluate(([id, how, name]) => (globalThis as unknown as FlexPage).becomes(id!, how!, name!), [
    sid,
    status,
    event,
  ] as const)
const inbound = (sid: string, from = '+393332224444') => ({
  direction: 'inbound',
  from,
  called: '+390655550100',
  call_sid: `CA${sid}`,
})

test.beforeEach(async ({ context }) => {
  if (bundle) return
  const page = await context.newPage()
  bundle = (await buildPlugin(await download(page))).bundle
  await context.clearCookies()
  await page.close()
})

test('a call in Flex is a card beside the task: it rings, is taken, and ends', async ({ page }) => {
  const frame = await openFlex(page)
  const sid = another()
  await ring(page, sid, inbound(sid))
  await expect(frame.getByRole('heading', { name: 'Antonio Dorato' })).toBeVisible()
  await page.evaluate((id) => (globalThis as unknown as FlexPage).accept(id), sid)
  await becomes(page, sid, 'accepted', 'accepted')
  await frame.getByRole('textbox', { name: 'Nota della chiamata' }).fill('Richiamare')
  await becomes(page, sid, 'wrapping', 'wrapup')
  await expect(frame.getByText('Chiamata finita', { exact: true })).toBeVisible()

  // The Function was asked once, with what Flex signs in with; the task learned an id and an address.
  expect(asked.map((said) => [said.get('Token'), said.get('phone')])).toEqual([['of-flex', '+393332224444']])
  const attributes = await page.evaluate((id) => (globalThis as unknown as FlexPage).tasks[id]!.attributes, sid)
  expect(attributes).toEqual({ ...inbound(sid), crm: { case_id: '9', url: `${crm}/pop?call_id=CA${sid}` } })
  await becomes(page, sid, 'completed', 'completed')
})

test('several people with one number: the agent says who it is', async ({ page }) => {
  const frame = await openFlex(page)
  const sid = another()
  await ring(page, sid, inbound(sid, '+390622224444'))
  await expect(frame.getByText('Chi chiama?').first()).toBeVisible()
  await becomes(page, sid, 'canceled', 'canceled')
})

test('a panel that opens in the middle of a call is told of it', async ({ page }) => {
  const frame = await openFlex(page)
  const sid = another()
  await ring(page, sid, inbound(sid, '+391234567890'), 'accepted')
  await page.evaluate(() => (globalThis as unknown as FlexPage).show_panel())
  const again = (await (await page.waitForSelector('iframe')).contentFrame())!
  await expect(again.getByRole('textbox', { name: 'Nota della chiamata' })).toBeVisible()
  expect(frame.isDetached()).toBe(true)
  await becomes(page, sid, 'wrapping', 'wrapup')
  const uris = await page.evaluate(() => (globalThis as unknown as FlexPage).uris)
  expect(uris).toEqual([`${crm}/embed/twilio-flex`, `${crm}/embed/twilio-flex`])
})

test('whoever gives a call on has not ended it', async ({ page, sites }) => {
  const frame = await openFlex(page)
  const sid = another()
  await ring(page, sid, inbound(sid))
  await becomes(page, sid, 'accepted', 'accepted')
  await expect(frame.getByRole('textbox', { name: 'Nota della chiamata' })).toBeVisible()
  await page.evaluate((id) => {
    ;(globalThis as unknown as FlexPage).tasks[id]!.transfers.outgoing = { mode: 'COLD' }
  }, sid)
  await becomes(page, sid, 'wrapping', 'wrapup')
  await page.waitForTimeout(500)
  const { url, key } = sites.program
  const log = await fetch(`${url}/api/calls?provider=twilio-flex&limit=50`, { headers: { 'x-api-key': key } })
  const { calls } = (await log.json()) as { calls: { call_id: string; state: string }[] }
  expect(calls.find(({ call_id }) => call_id === `CA${sid}`)).toMatchObject({ state: 'answered' })
})

test('a tab of the enhanced container shows the call of its address; the page for windows stays out', async ({
  page,
}) => {
  const frame = await openFlex(page)
  const sid = another()
  const query = new URLSearchParams({ call_sid: `CA${sid}`, from: '+393332224444', called: '{{task.called}}' })
  const open = (src: string) =>
    page.evaluate((address) => {
      document.querySelector('iframe')!.src = address
    }, src)
  await open(`${crm}/embed/twilio-flex?${query.toString()}`)
  // He may have called in the tests before.
  await expect(frame.getByRole('heading', { name: 'Antonio Dorato' }).first()).toBeVisible()

  const refused = page.waitForEvent('console', (message) => message.text().includes('frame-ancestors'))
  await open(`${crm}/pop?phone=%2B393332224444`)
  await refused
})

test('what other sites say is not heard', async ({ page }) => {
  await openFlex(page)
  const sid = another()
  await page.evaluate((src) => {
    const other = Object.assign(document.createElement('iframe'), { src, id: 'other' })
    document.body.append(other)
    return new Promise((resolve) => (other.onload = resolve))
  }, stranger)
  const other = page.frames().find((one) => one.url().startsWith(stranger))!
  const told: string[] = []
  page.on('request', (request) => request.url().endsWith('/api/calls/mine') && told.push(request.postData()!))
  await other.evaluate(() => {
    const call = { event: 'ringing', event_id: 'x', task: 'WTx', attributes: { from: '+393332224444' } }
    for (let i = 0; i < 2; i++) globalThis.parent.frames[i]!.postMessage({ kind: 'clinicacrm.call', call }, '*')
    globalThis.parent.postMessage({ kind: 'clinicacrm.ready' }, '*')
  })
  // What the plug-in tells afterwards is the first that arrives, and it arrives at the panel alone.
  await ring(page, sid, inbound(sid))
  await expect.poll(() => told).toHaveLength(1)
  expect(told[0]).toContain(`CA${sid}`)
  const heard = await other.evaluate(() => (globalThis as unknown as { heard: string[] }).heard)
  expect(heard.join()).not.toContain(sid)
  await becomes(page, sid, 'canceled', 'canceled')
})
