import type { RequestListener } from 'node:http'
import type { BrowserContext, Frame, Page } from '@playwright/test'
import { controlPanel, instance, workspace as workspacePage } from './amazon-site.ts'
import { ask, crm, expect, signIn, stranger, test } from './two-sites.ts'

/*
 * Amazon Connect's agent workspace and its Contact Control Panel, each at the address that it really has; what they answer
 * is ours. The libraries in our panel and in our telephone page are Amazon's own.
 */

const agent = 'Giulia Ferri'
const embedded = `${crm}/embed/amazon-connect`

type Contact = {
  contactId: string
  type: string
  state?: string
  direction?: string
  number?: string
  attributes?: Record<string, string>
}
/** What stands in those two pages. */
declare const workspace: {
  isAway: boolean
  asked: { command: string; data: unknown }[]
  completed: string[]
  keys(): string[]
  open(src: string, contactId?: string): void
  put(contact: Contact): void
  forbid(command: string): void
  tell(key: string, contactId: string): void
}

type Hosts = Map<string, RequestListener>

/** Once: whoever administers says where Amazon Connect is, and lets it show the panel. */
async function setUp(context: BrowserContext, hosts: Hosts) {
  if (hosts.has(new URL(instance).host)) return
  const own = await context.browser()!.newContext({ locale: 'it-IT' })
  const page = await own.newPage()
  await signIn(page, 'Alessandra Moretti')
  const settings = { instance_url: instance, region: 'eu-central-1' }
  const saved = await ask(page, 'PUT', '/api/connectors/amazon-connect', { settings })
  expect(saved.status, saved.text).toBe(200)
  expect((await ask(page, 'PUT', '/api/telephony/frames/amazon-connect', { origins: [instance] })).status).toBe(200)
  await own.close()
  hosts.set(new URL(instance).host, ({ url }, response) => {
    const body = url?.startsWith('/ccp-v2') ? controlPanel : workspacePage
    response.setHeader('content-type', 'text/html; charset=utf-8').end(body)
  })
}

let contacts = 0
const anotherContact = () => `contact-${Date.now()}-${++contacts}`

async function openPanel(page: Page, contactId?: string): Promise<Frame> {
  await page.evaluate(([src, id]) => workspace.open(src!, id), [embedded, contactId] as const)
  return (await (await page.waitForSelector('iframe')).contentFrame())!
}

async function signInToPanel(page: Page, frame: Frame) {
  const opening = page.waitForEvent('popup')
  await frame.getByRole('button', { name: 'Accedi' }).click()
  const popup = await opening
  await popup.getByRole('button', { name: agent }).click()
  if (!popup.isClosed()) await popup.waitForEvent('close')
  await expect(frame.getByRole('button', { name: 'Esci dal pannello' })).toBeVisible()
}

const put = (page: Page, contact: Contact) => page.evaluate((one) => workspace.put(one), contact)
const tell = (page: Page, stage: string, contactId: string) =>
  page.evaluate(([key, id]) => workspace.tell(`contact/${key}`, id!), [stage, contactId] as const)

type Kept = { call_id: string; state: string; result: string | null; match: string; case_id: string | null }
const callIn = async ({ url, key }: { url: string; key: string }, contactId: string) => {
  const response = await fetch(`${url}/api/calls?provider=amazon-connect`, { headers: { 'x-api-key': key } })
  return ((await response.json()) as { calls: Kept[] }).calls.find(({ call_id }) => call_id === contactId)
}

test('the workspace tells the panel of the agent’s calls: cards come, and go on to the end', async ({
  page,
  context,
  sites,
}) => {
  await setUp(context, sites.hosts)
  await page.goto(instance)
  const frame = await openPanel(page)
  await signInToPanel(page, frame)
  await expect.poll(() => page.evaluate(() => workspace.completed)).toEqual(['create'])
  await expect.poll(() => page.evaluate(() => workspace.keys())).toContain('contact/cleared')

  const known = anotherContact()
  // The flow's case is of the number's newest case; the number is searched all the same.
  await put(page, { contactId: known, type: 'voice', number: '+393332224444', attributes: { crm_case_id: '4' } })
  await tell(page, 'connecting', known)
  await expect(frame.getByRole('heading', { name: 'Antonio Dorato' })).toBeVisible()
  await expect.poll(() => callIn(sites.program, known)).toMatchObject({ state: 'ringing', match: 'one', case_id: '9' })
  await tell(page, 'connected', known)
  await tell(page, 'connected', known)
  await expect.poll(() => callIn(sites.program, known)).toMatchObject({ state: 'answered' })
  await tell(page, 'acw', known)
  await tell(page, 'cleared', known)
  await expect.poll(() => callIn(sites.program, known)).toMatchObject({ state: 'ended', result: 'answered' })

  await frame.getByRole('link', { name: 'Chiama +39 333 222 4444' }).first().click()
  const command = 'voice/createOutboundCall'
  const dialled = () => page.evaluate((asked) => workspace.asked.filter((one) => one.command === asked), command)
  await expect.poll(dialled).toEqual([{ command, data: { phoneNumber: '+393332224444' } }])

  const missed = anotherContact()
  await put(page, { contactId: missed, type: 'voice', number: '+391234567890' })
  await tell(page, 'connecting', missed)
  await tell(page, 'missed', missed)
  await tell(page, 'cleared', missed)
  await expect.poll(() => callIn(sites.program, missed)).toMatchObject({ state: 'ended', result: 'missed' })
  // It comes back to the same agent: that rings anew.
  await tell(page, 'connecting', missed)
  await expect.poll(() => callIn(sites.program, missed)).toMatchObject({ state: 'ringing', match: 'none' })
  await tell(page, 'missed', missed)

  const shared = anotherContact()
  await put(page, { contactId: shared, type: 'voice', number: '+390622224444', attributes: { crm_case_id: '9' } })
  await tell(page, 'connecting', shared)
  await expect.poll(() => callIn(sites.program, shared)).toMatchObject({ match: 'many' })
  await tell(page, 'missed', shared)
  const confirmed = anotherContact()
  const attributes = { crm_case_id: '9', crm_confirmed: 'true' }
  await put(page, { contactId: confirmed, type: 'voice', number: '+390622224444', attributes })
  await tell(page, 'connecting', confirmed)
  await expect.poll(() => callIn(sites.program, confirmed)).toMatchObject({ match: 'explicit', case_id: '9' })
  await tell(page, 'missed', confirmed)

  const chat = anotherContact()
  await put(page, { contactId: chat, type: 'chat', number: '+393332224444' })
  await tell(page, 'connecting', chat)
  const called = anotherContact()
  await put(page, { contactId: called, type: 'voice', direction: 'outbound', number: '+393332224444' })
  await tell(page, 'connecting', called)
  await expect.poll(() => callIn(sites.program, called)).toMatchObject({ direction: 'outbound', match: 'one' })
  await tell(page, 'cleared', called)
  await expect.poll(() => callIn(sites.program, called)).toMatchObject({ state: 'ended' })
  expect(await callIn(sites.program, chat)).toBeUndefined()
})

test('a panel that is opened in the middle of a call catches up, and does without what it may not ask', async ({
  page,
  context,
  sites,
}) => {
  await setUp(context, sites.hosts)
  await page.goto(instance)
  const contactId = anotherContact()
  const { url, key } = sites.program
  const headers = { 'x-api-key': key, 'content-type': 'application/json' }
  const body = JSON.stringify({ phone: '+393332224444', provider: 'amazon-connect', conversation_id: contactId })
  expect((await fetch(`${url}/api/lookup`, { method: 'POST', headers, body })).status).toBe(200)
  await put(page, { contactId, type: 'voice', state: 'connected', number: '+391234567890' })
  await page.evaluate(() => workspace.forbid('voice/getInitialCustomerPhoneNumber'))
  const frame = await openPanel(page, contactId)
  await signInToPanel(page, frame)
  // The number is the one that the flow looked up.
  await expect(frame.getByRole('heading', { name: 'Antonio Dorato' }).first()).toBeVisible()
  await expect.poll(() => callIn(sites.program, contactId)).toMatchObject({ state: 'answered', case_id: '9' })
  await tell(page, 'acw', contactId)
  await expect.poll(() => callIn(sites.program, contactId)).toMatchObject({ state: 'ended' })
})

test('no other site may show the panel, and a page that is no workspace is complained of', async ({
  page,
  context,
  sites,
}) => {
  await setUp(context, sites.hosts)
  await page.goto(stranger)
  const refusal = page.waitForEvent('console', (message) => message.text().includes('frame-ancestors'))
  await page.evaluate((src) => {
    document.body.append(Object.assign(document.createElement('iframe'), { src }))
  }, embedded)
  await refusal
  await page.goto(instance)
  const frame = await openPanel(page)
  await page.evaluate(() => (workspace.isAway = true))
  await signInToPanel(page, frame)
  await expect(frame.getByText('non è collegato a questa pagina')).toBeVisible({ timeout: 15_000 })
})

type Connection = { type: string; phoneNumber?: string; state: string }
type Snapshot = { contactId: string; state: string; attributes?: Record<string, string>; type?: string }
declare const panel: { said: { event: string; data: Record<string, unknown> }[]; update(contacts: object[]): void }

/** As the Contact Control Panel tells of a contact. */
function snapshotOf({ contactId, state, attributes = {}, type = 'voice' }: Snapshot, [agents, customer]: Connection[]) {
  const timestamp = new Date()
  const connectionOf = ({ type: kind, phoneNumber, state: one }: Connection, initial: boolean) => ({
    connectionId: `${contactId}-${kind}`,
    type: kind,
    initial,
    state: { type: one, timestamp },
    endpoint: { type: phoneNumber ? 'phone_number' : 'agent', phoneNumber: phoneNumber ?? null },
  })
  return {
    contactId,
    initialContactId: null,
    type,
    state: { type: state, timestamp },
    contactFeature: {},
    queue: {},
    attributes: Object.fromEntries(Object.entries(attributes).map(([name, value]) => [name, { name, value }])),
    connections: [connectionOf(agents!, false), connectionOf(customer!, true)],
  }
}

test('the Contact Control Panel in our page tells of calls, and dials what is clicked', async ({
  page: desk,
  context,
  sites,
}) => {
  await setUp(context, sites.hosts)
  await signIn(desk, agent)
  const phone = await context.newPage()
  const blocked: string[] = []
  phone.on('console', (message) => message.text().includes('Content Security Policy') && blocked.push(message.text()))
  await phone.goto(`${crm}/it/phone/amazon-connect`)
  const frame = (await (await phone.waitForSelector('iframe')).contentFrame())!
  await expect.poll(() => frame.url()).toMatch(new RegExp(`^${instance}/ccp-v2/`))
  const { height } = (await phone.locator('iframe').boundingBox())!
  expect(height).toBeGreaterThan(400)
  await frame.waitForFunction(() => panel.said.some(({ event }) => event === 'configure'))
  await frame.evaluate(() => panel.update([]))

  const tellOf = async (contact: Snapshot, number: string, kind = 'inbound', customer = 'connected') => {
    const connections = [
      { type: 'agent', state: contact.state },
      { type: kind, phoneNumber: number, state: customer },
    ]
    await frame.evaluate((snapshot) => panel.update([snapshot]), snapshotOf(contact, connections))
  }
  const contactId = anotherContact()
  const card = desk.getByRole('region', { name: 'Chiamate' }).getByRole('article', { name: 'Antonio Dorato' })
  await tellOf({ contactId, state: 'connecting', attributes: { crm_case_id: '4' } }, '+393332224444')
  await expect(card).toBeVisible()
  await expect.poll(() => callIn(sites.program, contactId)).toMatchObject({ state: 'ringing', case_id: '9' })
  await tellOf({ contactId, state: 'connected' }, '+393332224444')
  await expect(desk).toHaveURL(/\/it\/cases\/9$/)
  await tellOf({ contactId, state: 'ended' }, '+393332224444', 'inbound', 'disconnected')
  await expect.poll(() => callIn(sites.program, contactId)).toMatchObject({ state: 'ended', result: 'answered' })
  await frame.evaluate(() => panel.update([]))

  const lost = anotherContact()
  await tellOf({ contactId: lost, state: 'connecting' }, '+391234567890')
  await expect.poll(() => callIn(sites.program, lost)).toMatchObject({ state: 'ringing', match: 'none' })
  await frame.evaluate(() => panel.update([]))
  await expect.poll(() => callIn(sites.program, lost)).toMatchObject({ state: 'ended', result: 'missed' })

  await desk.goto(`${crm}/it/callbacks`)
  await desk.locator('a[href^="tel:"]').first().click()
  const dialled = () =>
    frame.evaluate(() => panel.said.filter(({ data }) => data?.['method'] === 'createOutboundContact'))
  await expect.poll(dialled).toHaveLength(1)
  expect(JSON.stringify(await dialled())).toMatch(/"phoneNumber":"\+39\d+"/)
  expect(blocked).toEqual([])
})
