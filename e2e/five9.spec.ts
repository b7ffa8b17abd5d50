import type { BrowserContext, JSHandle, Page } from '@playwright/test'
import type { Program } from './program.ts'
import { five9Site, type Telephone } from './five9-site.ts'
import { ask, crm, expect, signIn, test } from './two-sites.ts'

/*
 * Five9's telephone in a page of ours, with a stand-in for Five9's two sites. With FIVE9_SDK_URL and internet, the library
 * is Five9's own.
 */

const sdk_url = process.env.FIVE9_SDK_URL ?? 'https://sdk.vendor.example/five9.crm.sdk.js'
const adt_url = 'https://adt.vendor.example/adt.main.html'
const [known, household, unknown] = ['3332224444', '0622224444', '391234567890']

let calls = 0
const newCall = (ani: string) => ({
  interactionId: `five9-${++calls}`,
  sessionId: `S${calls}`,
  ani,
  dnis: '0655550100',
  callType: 'INBOUND',
  skillName: 'Prenotazioni',
})

test.beforeAll(({ sites }) => {
  for (const host of ['sdk', 'adt']) sites.hosts.set(`${host}.vendor.example`, five9Site)
  return setUp(sites.program)
})

/** As whoever looks after the installation does, past the browser. */
async function setUp({ url }: Program, settings: object = {}) {
  const proxied = { origin: crm, 'content-type': 'application/json', 'x-forwarded-proto': 'https' }
  const tell = async (cookie: string, method: string, path: string, body?: object) => {
    const told = await fetch(url + path, {
      method,
      headers: { ...proxied, cookie },
      ...(body && { body: JSON.stringify(body) }),
    })
    expect(told.ok, `${path}: ${told.status}`).toBe(true)
    return told
  }
  const entered = await tell('', 'POST', '/api/session/demo', { role: 'owner' })
  const cookie = entered.headers.getSetCookie().map((line) => line.split(';')[0])
  const asOwner = tell.bind(null, cookie.join('; '))
  await asOwner('PUT', '/api/connectors/five9', { settings: { sdk_url, adt_url, ...settings } })
  // Callbacks are dialled at whatever time these tests run.
  const { clinics } = (await (await asOwner('GET', '/api/clinics')).json()) as { clinics: { id: string }[] }
  const opening = Array.from({ length: 7 }, () => [{ from: '00:00', to: '23:59' }])
  const hours = { opening, quiet_before: '00:00', quiet_after: '23:59', holidays: [] }
  for (const { id } of clinics) await asOwner('PUT', `/api/clinics/${id}/hours`, hours)
}

type Phone = { window: Page; adt: JSHandle<Telephone>; entries(): Promise<string[]> }

async function openPhone(context: BrowserContext): Promise<Phone> {
  const window = await context.newPage()
  await window.goto(`${crm}/it/phone/five9`)
  return phoneIn(window)
}

/** The telephone, once it and the page around it have found each other. */
async function phoneIn(window: Page): Promise<Phone> {
  const frame = (await (await window.waitForSelector('iframe')).contentFrame())!
  await frame.waitForFunction(() => document.title === 'ready')
  const adt = await frame.evaluateHandle(() => (globalThis as unknown as { telephone: Telephone }).telephone)
  return { window, adt, entries: () => frame.getByRole('button').allTextContents() }
}
const offer = ({ adt }: Phone, call: object) =>
  adt.evaluate((telephone, given) => telephone.offer(given as Record<string, unknown>), call)
const happen = ({ adt }: Phone, reason: string) => adt.evaluate((telephone, what) => telephone.happen(what), reason)
const inTelephone = ({ window }: Phone) => window.frameLocator('iframe')

async function atWork(page: Page): Promise<Page> {
  const listening = page.waitForRequest((request) => request.url().includes('/api/live'))
  await signIn(page, 'Giulia Ferri')
  await listening
  return page
}

const card = (page: Page, name: string) => page.getByRole('region', { name: 'Chiamate' }).getByRole('article', { name })

type Call = Record<'id' | 'call_id' | 'match' | 'state' | 'reason', string> & {
  case_id: string | null
  wrap_up_owed: boolean
}
/** The one call of this name; null while there is none, or were there two. */
async function callAt(page: Page, { interactionId }: { interactionId: string }): Promise<Call | null> {
  const { text } = await ask(page, 'GET', '/api/calls?provider=five9&limit=50')
  const found = (JSON.parse(text) as { calls: Call[] }).calls.filter(({ call_id }) => call_id === interactionId)
  return found.length === 1 ? found[0]! : null
}
async function finish(page: Page, phone: Phone, call: { interactionId: string }) {
  await happen(phone, 'callEnded')
  await expect.poll(() => callAt(page, call)).toMatchObject({ state: 'ended' })
  await happen(phone, 'callFinished')
  const { id, wrap_up_owed } = (await callAt(page, call))!
  if (wrap_up_owed) await ask(page, 'POST', `/api/calls/${id}/wrap-up`, { disposition: 'SPAM' })
  // The next test's cards are not to queue behind this one.
  await ask(page, 'POST', `/api/pops/${id}`, { what: 'dismissed' })
}

test.describe('Five9’s telephone', () => {
  test('a known caller: one card, the case on the answer, however often Five9 tells of it', async ({
    page,
    context,
  }) => {
    await atWork(page)
    let phone = await openPhone(context)
    expect(await phone.adt.evaluate(({ config }) => config)).toMatchObject({ providerName: 'ClínicaCRM' })
    const call = newCall(known)
    await offer(phone, call)
    await expect(card(page, 'Antonio Dorato')).toBeVisible()
    expect(await phone.entries()).toEqual(['Caso: Antonio Dorato'])
    // Whose call it is was clear: the telephone's only entry says nothing new.
    expect(await callAt(page, call)).toMatchObject({ match: 'one', case_id: '9' })

    await happen(phone, 'callAccepted')
    await expect(page).toHaveURL(`${crm}/it/cases/9`)

    const frame = phone.window.frames().find((one) => one.url().startsWith(adt_url))!
    await frame.goto(frame.url())
    await phoneIn(phone.window)
    await phone.window.reload()
    phone = await phoneIn(phone.window)
    expect(await callAt(page, call)).toMatchObject({ match: 'one', state: 'answered' })

    const said = { comments: 'Chiede dei costi', dispositionName: 'Informazioni' }
    await happen(phone, 'callEnded')
    await expect.poll(() => callAt(page, call)).toMatchObject({ state: 'ended' })
    await phone.adt.evaluate((telephone, given) => telephone.log(given), said)
    const { id, reason } = (await callAt(page, call))!
    expect(reason).toBe('Informazioni')
    expect(JSON.parse((await ask(page, 'GET', `/api/calls/${id}/draft`)).text).draft.note).toContain(said.comments)
    expect(context.pages()).toHaveLength(2)
    await finish(page, phone, call)
  })

  test('of several people with one number the agent picks one in the telephone', async ({ page, context }) => {
    await atWork(page)
    const phone = await openPhone(context)
    const call = newCall(household)
    await offer(phone, call)
    await expect(inTelephone(phone).getByRole('button', { name: 'Caso: Antonio Dorato' })).toBeVisible()
    expect((await phone.entries()).length).toBeGreaterThan(1)
    expect(await callAt(page, call)).toMatchObject({ match: 'many', case_id: null })
    const opening = context.waitForEvent('page')
    await inTelephone(phone).getByRole('button', { name: 'Paziente: Sara Dorato' }).click()
    await (await opening).waitForURL(/\/it\/patients\/\d+$/)
    await inTelephone(phone).getByRole('button', { name: 'Caso: Antonio Dorato' }).click()
    await expect.poll(() => callAt(page, call)).toMatchObject({ match: 'explicit', case_id: '9', state: 'ringing' })
    await happen(phone, 'callAccepted')
    await expect(page).toHaveURL(`${crm}/it/cases/9`)
    await finish(page, phone, call)
  })

  test('of an unknown and of a withheld caller nobody is listed', async ({ page, context }) => {
    await atWork(page)
    const phone = await openPhone(context)
    for (const [ani, match] of [
      [unknown, 'none'],
      ['anonymous', 'withheld'],
    ] as const) {
      const call = newCall(ani)
      await offer(phone, call)
      await expect.poll(() => callAt(page, call)).toMatchObject({ match })
      expect(await phone.entries()).toEqual([])
      await finish(page, phone, call)
    }
    await expect(phone.window.getByRole('alert')).toHaveText('')
    expect(context.pages()).toHaveLength(2)
  })

  test('where no page is open that would show the card, the telephone opens the case', async ({ page, context }) => {
    await atWork(page)
    await page.close()
    const phone = await openPhone(context)
    const opening = context.waitForEvent('page')
    const call = newCall(known)
    await offer(phone, call)
    await (await opening).waitForURL(`${crm}/it/cases/9`)
    await finish(phone.window, phone, call)
  })

  test('numbers of the CRM are dialled by the telephone', async ({ page, context }) => {
    await atWork(page)
    const phone = await openPhone(context)
    await page.goto(`${crm}/it/callbacks`)
    const number = page.locator('a[href^="tel:"]').first()
    const clickToDialNumber = (await number.getAttribute('href'))!.slice('tel:'.length)
    await number.click()
    const dialled = () => phone.adt.evaluate(({ dialled }) => dialled)
    await expect.poll(dialled).toEqual([{ click2DialData: { clickToDialNumber } }])
  })

  test('a CRM that does not answer knows nobody, and leaves the telephone to work', async ({ page, context }) => {
    await atWork(page)
    const phone = await openPhone(context)
    await phone.window.route(/\/api\/(pops|calls)\//, (route) => route.abort())
    const call = newCall(known)
    const asked = { interactionType: 'Call', interactionData: call }
    const search = () => phone.adt.evaluate((telephone, given) => telephone.ask('search', given), asked)
    expect(await search()).toEqual({ crmObjects: [] })
    await phone.window.unroute(/\/api\/(pops|calls)\//)
    expect(await search()).toMatchObject({ crmObjects: [{ id: 'case:9', name: 'Antonio Dorato', fields: [] }] })
  })

  test('the page lets in Five9’s frame and library, and no other', async ({ page, context }) => {
    await atWork(page)
    const { window } = await openPhone(context)
    const refusals: string[] = []
    window.on('console', (message) => refusals.push(message.text()))
    await window.evaluate(() => {
      const frame = document.createElement('iframe')
      frame.src = 'https://desk.stranger.example/'
      document.body.append(frame)
      for (const src of ['https://desk.stranger.example/x.js', 'https://sdk.vendor.example/other.js'])
        document.head.append(Object.assign(document.createElement('script'), { src }))
    })
    await expect.poll(() => refusals.filter((text) => text.includes('frame-src'))).toHaveLength(1)
    await expect.poll(() => refusals.filter((text) => text.includes('script-src'))).toHaveLength(2)

    const reasons: string[] = []
    page.on('console', (message) => reasons.push(message.text()))
    await page.evaluate((src) => {
      document.body.append(Object.assign(document.createElement('iframe'), { src }))
    }, adt_url)
    await expect.poll(() => reasons.join()).toContain('Content Security Policy')
  })
})

test('names stay at home where the settings say so', async ({ page, context, sites }) => {
  await setUp(sites.program, { shows_names: false })
  await atWork(page)
  const phone = await openPhone(context)
  const call = newCall(known)
  await offer(phone, call)
  expect(await phone.entries()).toEqual(['Caso: Caso 9'])
  await finish(page, phone, call)
})

test('a library that does not come is said so', async ({ page, context, sites }) => {
  await setUp(sites.program, { sdk_url: 'https://sdk.vendor.example/gone.js' })
  await atWork(page)
  const window = await context.newPage()
  await window.goto(`${crm}/it/phone/five9`)
  await expect(window.getByText('Five9 non è collegato a questa pagina')).toBeVisible()
})
