import type { Page } from '@playwright/test'
import { type Desk, deskOf, expect, expectAccessible, test } from './desk.ts'
import { antonio, hangUpAll, sitAt, telephone } from './telephone.ts'

test.use({ role: 'agent' })

const number = '+393332224444'
declare global {
  /** What a telephone in this page was told to call. */
  var dialled: string[]
}

/** Another window of this browser with a telephone in it, which answers as one of ours does. */
async function softphone({ page, program, ask }: Desk): Promise<Page> {
  const { user } = await ask<{ user: { id: string } }>('GET', '/api/session')
  const phone = await page.context().newPage()
  await phone.goto(`${program.url}/api/docs`)
  await phone.evaluate((me) => {
    globalThis.dialled = []
    void navigator.locks.request(`clinicacrm.dial:${me}`, { mode: 'shared' }, () => new Promise(() => {}))
    const others = new BroadcastChannel('clinicacrm.dial')
    others.addEventListener('message', ({ data }: MessageEvent<Record<string, string>>) => {
      if (data['kind'] === 'who' && data['user_id'] === me)
        others.postMessage({ kind: 'me', asked: data['asked'], phone: 'p' })
      if (data['kind'] === 'dial' && data['phone'] === 'p') globalThis.dialled.push(data['number']!)
    })
  }, user.id)
  return phone
}

const dialledBy = (phone: Page) => phone.evaluate(() => globalThis.dialled)

/** Where the page would have gone: to a program for `tel:` links, say. */
async function leavings(page: Page): Promise<string[]> {
  const session = await page.context().newCDPSession(page)
  const asked: string[] = []
  session.on('Page.frameRequestedNavigation', ({ url }) => asked.push(url))
  await session.send('Page.enable')
  return asked
}

/** What an administrator set beforehand. */
async function saved(desk: Desk, method: string, path: string, data: object): Promise<void> {
  const context = await desk.page.context().browser()!.newContext()
  const owner = deskOf(await context.newPage(), desk.program)
  await owner.ask('POST', '/api/session/demo', { role: 'owner' })
  await owner.ask(method, path, data)
  await context.close()
}

test('numbers of a case, a patient and a call that is over go to the telephone that is open, and to no other', async ({
  desk,
}) => {
  const { page } = desk
  const phone = await softphone(desk)
  const left = await leavings(page)
  const sayings = page.getByText('Numero passato al telefono aperto: +39 333 222 4444').first()

  await desk.open('/it/cases/9')
  const reaching = page.getByRole('list', { name: 'Recapiti' })
  await reaching.getByRole('link', { name: `Chiama ${antonio}` }).click()
  await expect.poll(() => dialledBy(phone)).toEqual([number])
  await expect(sayings).toBeVisible()
  await expectAccessible(page)

  const { patient_id } = await desk.ask<{ patient_id: string }>('GET', '/api/cases/9')
  await desk.open(`/it/patients/${patient_id}`)
  await page.getByRole('link', { name: `Chiama ${antonio}` }).press('Enter')
  await expect.poll(() => dialledBy(phone)).toEqual([number, number])
  await expectAccessible(page)

  await sitAt(desk)
  const call = await telephone(desk, antonio)
  await call.tell('ringing')
  await call.tell('answered')
  const card = page.getByRole('region', { name: 'Chiamate' }).getByRole('article', { name: 'Antonio Dorato' })
  await expect(card).toBeVisible()
  // They are on the line already.
  await expect(card.getByRole('link', { name: /^Chiama / })).toHaveCount(0)
  await call.tell('ended')
  await card.getByRole('link', { name: `Chiama ${antonio}` }).click()
  await expect.poll(() => dialledBy(phone)).toEqual([number, number, number])
  await expectAccessible(page)
  expect(left.filter((url) => url.startsWith('tel:'))).toEqual([])
  await hangUpAll(desk)
})

test('whom nobody may contact is called from nowhere, and neither is a number that is wrong', async ({ desk }) => {
  const { page } = desk
  const { patient_id } = await desk.ask<{ patient_id: string }>('GET', '/api/cases/9')
  const path = `/api/patients/${patient_id}`
  const { numbers } = await desk.ask<{ numbers: { key: string; shown: string }[] }>('GET', `${path}/page`)
  const { key } = numbers.find(({ shown }) => shown === antonio)!
  await saved(desk, 'PUT', `${path}/numbers/${encodeURIComponent(key)}`, { wrong: true })
  await desk.open('/it/cases/9')
  await expect(page.getByRole('list', { name: 'Recapiti' })).toContainText('Errato')
  await expect(page.getByRole('link', { name: `Chiama ${antonio}` })).toHaveCount(0)
  await expect(page.getByRole('link', { name: /^Chiama \+39 06/ }).first()).toBeVisible()

  await saved(desk, 'PATCH', path, { do_not_contact: true, do_not_contact_reason: 'Lo chiede' })
  const why = 'Non contattare: Lo chiede'
  for (const place of ['/it/cases/9', `/it/patients/${patient_id}`]) {
    await desk.open(place)
    await expect(page.getByRole('img', { name: why }).first()).toBeVisible()
    await expect(page.getByRole('link', { name: /^Chiama / })).toHaveCount(0)
    await expectAccessible(page)
  }
  await sitAt(desk)
  const call = await telephone(desk, antonio)
  await call.tell('ringing')
  await expect(page.getByRole('article', { name: 'Antonio Dorato' })).toContainText(why)
  await expectAccessible(page)
  await hangUpAll(desk)
  await saved(desk, 'PATCH', path, { do_not_contact: false, do_not_contact_reason: null })
  await saved(desk, 'PUT', `${path}/numbers/${encodeURIComponent(key)}`, { wrong: false })
})

test('the telephone is opened from the menu, by key and from the palette, and only once', async ({ desk }) => {
  const { page } = desk
  await page.context().route('https://apps.mypurecloud.de/**', (route) => route.abort())
  await desk.open('/it/cases/9')
  const menu = page.getByRole('button', { name: 'Menu di Giulia Ferri' })
  const entry = page.getByRole('menuitem', { name: 'Apri il telefono' })
  await menu.click()
  await expect(page.getByRole('menuitem', { name: 'Esci' })).toBeVisible()
  await expect(entry).toHaveCount(0)

  await saved(desk, 'PUT', '/api/connectors/genesys-cloud', { settings: {} })
  await page.reload()
  await menu.click()
  await expectAccessible(page)
  const opening = page.waitForEvent('popup')
  await entry.click()
  const phone = await opening
  await phone.waitForURL(/\/it\/phone\/genesys-cloud$/)
  await expect(phone.locator('iframe[title="Genesys Cloud"]')).toBeVisible()
  expect(await phone.evaluate(() => [innerWidth, innerHeight])).toEqual([380, 640])

  // To load it again would hang up.
  const loads: string[] = []
  phone.on('framenavigated', (frame) => frame === phone.mainFrame() && loads.push(frame.url()))
  const others: Page[] = []
  page.on('popup', (popup) => others.push(popup))
  await page.bringToFront()
  await page.locator('#main').focus()
  await page.keyboard.press('g')
  await page.keyboard.press('t')
  await page.keyboard.press('Control+k')
  await page.getByRole('textbox', { name: /^Cerca pazienti/ }).fill('telefono')
  await page.getByRole('button', { name: 'Apri il telefono: Genesys Cloud' }).click()
  await page.waitForTimeout(500)
  expect([loads, others]).toEqual([[], []])
})
