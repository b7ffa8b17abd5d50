import type { Locator, Page } from '@playwright/test'
import { type Desk, deskOf, expect, expectAccessible, test } from './desk.ts'

type Saved = { id: string; version: number; status: string; follow_up_date: string | null }

test('a card is dragged to another column, and taken back', async ({ desk }) => {
  const { page } = desk
  const { name, id } = await newCase(desk)
  await desk.open(`/it/cases?shape=board&search=${name}`)
  await drag(page, card(page, name), column(page, 'In corso'))
  await expect(column(page, 'In corso').getByRole('link', { name })).toBeVisible()
  await expect(page.getByText(`Zeno ${name} è ora in «In corso».`).first()).toBeVisible()
  expect((await desk.ask<Saved>('GET', `/api/cases/${id}`)).status).toBe('IN_CORSO')
  await page.getByRole('button', { name: 'Annulla modifica' }).click()
  await expect(column(page, 'Nuovo').getByRole('link', { name })).toBeVisible()
  await expectAccessible(page)
})

test('a card is moved by keys alone, as fast as they are pressed, and keeps the focus', async ({ desk }) => {
  const { page } = desk
  const { name, id } = await newCase(desk)
  await desk.open(`/it/cases?shape=board&search=${name}`)
  await column(page, 'Nuovo').getByRole('link', { name }).focus()
  await page.keyboard.press('Alt+ArrowRight')
  await expect(column(page, 'In corso').getByRole('link', { name })).toBeFocused()
  await page.keyboard.press('Alt+ArrowRight')
  const dialog = page.getByRole('dialog')
  await expect(dialog).toContainText('Quando richiamare')
  await dialog.getByRole('button', { name: 'Sposta' }).click()
  await expect(dialog.getByText('Serve per questo stato.')).toBeVisible()
  await expectAccessible(page)
  await dialog.getByRole('button', { name: 'Domani alle 09:00' }).click()
  await dialog.getByRole('button', { name: 'Sposta' }).click()
  await expect(column(page, 'Da richiamare').getByRole('link', { name })).toBeVisible()
  await expect(column(page, 'Da richiamare')).toContainText('domani, 09:00')
  expect((await desk.ask<Saved>('GET', `/api/cases/${id}`)).status).toBe('DA_RICHIAMARE')

  await page.getByRole('button', { name: `Azioni per Zeno ${name}` }).click()
  await page.getByRole('menuitem', { name: 'Sposta in…' }).press('ArrowRight')
  await page.getByRole('menuitem', { name: 'Perso' }).click()
  await page.getByRole('dialog').getByLabel('Motivo della perdita').fill('Prezzo')
  await page.getByRole('dialog').getByRole('button', { name: 'Sposta' }).click()
  await expect(column(page, 'Perso').getByRole('link', { name })).toBeVisible()
})

test('a move that is not offered says so before and after, and changes nothing', async ({ page, program }) => {
  const agent = deskOf(page, program)
  await agent.ask('POST', '/api/session/demo', { role: 'agent' })
  const { name, id } = await newCase(agent, { status: 'NON_RAGGIUNGIBILE', follow_up_date: '2031-01-08' })
  await agent.open(`/it/cases?shape=board&search=${name}`)
  await drag(page, card(page, name), column(page, 'Nuovo'), async () => {
    await expect(column(page, 'Nuovo')).toContainText('Passaggio non previsto')
    await expect(column(page, 'Da richiamare')).not.toContainText('Passaggio non previsto')
  })
  await expect(page.getByText(/non si può passare: serve un responsabile/).first()).toBeVisible()
  await expect(column(page, 'Non raggiungibile').getByRole('link', { name })).toBeVisible()
  expect((await agent.ask<Saved>('GET', `/api/cases/${id}`)).status).toBe('NON_RAGGIUNGIBILE')
})

test('a save in between is explained, and nothing is overwritten unasked', async ({ desk }) => {
  const { page } = desk
  const { name, id } = await newCase(desk)
  await desk.open(`/it/cases?shape=board&search=${name}`)
  await expect(column(page, 'Nuovo').getByRole('link', { name })).toBeVisible()
  // The page does not hear of it.
  await page.route('**/api/live', (route) => route.abort())
  await page.route('**/api/cases/board**', (route) => route.abort())
  await desk.ask('PATCH', `/api/cases/${id}`, { origin: 'Passaparola' })
  await column(page, 'Nuovo').getByRole('link', { name }).focus()
  await page.keyboard.press('Alt+ArrowRight')
  const dialog = page.getByRole('dialog', { name: `Zeno ${name}: il caso è cambiato nel frattempo` })
  await expect(dialog).toBeVisible()
  await expectAccessible(page)
  await page.unroute('**/api/cases/board**')
  await dialog.getByRole('button', { name: 'Modifica comunque' }).click()
  await expect(column(page, 'In corso').getByRole('link', { name })).toBeVisible()
})

test('a follow-up is dragged to another day and keeps its time, across months by its menu', async ({ desk }) => {
  const { page } = desk
  const { name, id } = await newCase(desk, { follow_up_date: '2031-03-11T10:45:00+01:00' })
  await desk.open(`/it/cases?shape=calendar&day=2031-03-11&search=${name}`)
  await expect(page.getByRole('heading', { name: 'marzo 2031' })).toBeVisible()
  await drag(page, day(page, '2031-03-11').getByRole('link', { name }), day(page, '2031-03-14'))
  await expect(day(page, '2031-03-14').getByRole('link', { name })).toBeVisible()
  await expect(day(page, '2031-03-14')).toContainText('10:45')
  await expect
    .poll(async () => (await desk.ask<Saved>('GET', `/api/cases/${id}`)).follow_up_date)
    .toBe('2031-03-14T09:45:00.000000+00:00')
  await expectAccessible(page)

  await day(page, '2031-03-11').focus()
  for (const key of ['ArrowRight', 'ArrowRight', 'ArrowRight', 'Enter']) await page.keyboard.press(key)
  const dialog = page.getByRole('dialog', { name: 'venerdì 14 marzo' })
  await expect(dialog.getByRole('link', { name })).toBeVisible()
  await dialog.getByRole('button', { name: `Azioni per Zeno ${name}` }).click()
  await page.getByRole('menuitem', { name: 'Sposta al…' }).click()
  // Over the change of clocks: the same time by the clinic's clocks is another by UTC.
  await page.getByRole('dialog').last().getByRole('button', { name: '31 marzo 2031' }).click()
  await expect
    .poll(async () => (await desk.ask<Saved>('GET', `/api/cases/${id}`)).follow_up_date)
    .toBe('2031-03-31T08:45:00.000000+00:00')
})

test('a full day shows its first cases and opens to all of them; a week has them by time', async ({ desk }) => {
  const { page } = desk
  const name = unique()
  for (let hour = 8; hour < 17; hour++) {
    const follow_up_date = `2031-05-06T${String(hour).padStart(2, '0')}:00:00+02:00`
    await desk.ask('POST', '/api/cases', { ...person(name), first_name: `Ora ${hour}`, follow_up_date })
  }
  await desk.open(`/it/cases?shape=calendar&day=2031-05-06&search=${name}`)
  await expect(day(page, '2031-05-06').getByRole('link')).toHaveCount(3)
  await day(page, '2031-05-06').getByRole('button', { name: '+6' }).click()
  await expect(page.getByRole('dialog').getByRole('listitem')).toHaveCount(9)
  await page.keyboard.press('Escape')
  await page.getByText('Settimana', { exact: true }).click()
  await expect(page).toHaveURL(/span=week/)
  await expect(page.getByRole('heading', { name: '5–11 maggio 2031' })).toBeVisible()
  await expect(day(page, '2031-05-06').getByRole('link')).toHaveCount(9)
  await page.getByRole('button', { name: 'Settimana seguente' }).click()
  await expect(page).toHaveURL(/day=2031-05-13/)
})

test.describe('on a phone', () => {
  test.use({ viewport: { width: 320, height: 640 }, hasTouch: true })

  test('cards, a sheet of filters and an agenda hold all that the wide page has', async ({ desk }) => {
    const { page } = desk
    const { name } = await newCase(desk, { follow_up_date: '2031-06-03T10:00:00+02:00' })
    await desk.open('/it/cases')
    await expect(page.getByRole('list', { name: 'Casi' }).getByRole('listitem').first()).toBeVisible()
    await expectNoSideways(page)
    await expectAccessible(page)
    await page.getByRole('button', { name: 'Filtri' }).click()
    await page.getByRole('dialog').getByRole('combobox', { name: 'Canale' }).click()
    await page.getByRole('option', { name: 'WhatsApp' }).click()
    await page.keyboard.press('Escape')
    await expectAccessible(page)
    await page.getByRole('button', { name: 'Mostra i casi' }).click()
    await expect(page).toHaveURL(/channel=WHATSAPP/)
    await expect(page.getByRole('button', { name: '1 filtro' })).toBeVisible()

    await desk.open(`/it/cases?search=${name}`)
    await page.getByRole('checkbox', { name: `Seleziona Zeno ${name}` }).check()
    await expect(page.getByRole('button', { name: 'Assegna' })).toBeVisible()
    await expectNoSideways(page)
    await desk.open(`/it/cases?search=${name}&shape=calendar&day=2031-06-03`)
    await expect(page.getByRole('heading', { name: /martedì 3 giugno/ })).toBeVisible()
    await expect(page.getByRole('link', { name })).toBeVisible()
    await expectNoSideways(page)
    await expectAccessible(page)
    await page.getByRole('link', { name }).click()
    await expect(page).toHaveURL(/\/it\/cases\/\d+$/)
  })
})

const column = (page: Page, status: string) =>
  page.getByRole('region').filter({ has: page.getByRole('heading', { name: new RegExp(`^${status}`) }) })
const card = (page: Page, name: string) => page.getByRole('listitem').filter({ has: page.getByRole('link', { name }) })
const day = (page: Page, date: string) => page.locator(`[data-day="${date}"]`)
/** Letters only: digits would be looked for in numbers, too. */
const unique = () => `Prova${Array.from({ length: 6 }, () => letter()).join('')}`
const letter = () => String.fromCodePoint(97 + Math.floor(Math.random() * 26))
const person = (last_name: string) => ({
  first_name: 'Zeno',
  last_name,
  email: `${unique()}@email.example`,
  clinic: 'Centro Oculistico Roma',
})

async function newCase(desk: Desk, fields: object = {}): Promise<Saved & { name: string }> {
  const name = unique()
  return { ...(await desk.ask<Saved>('POST', '/api/cases', { ...person(name), ...fields })), name }
}

/** As a hand does it: press, move a little, move there, let go. */
async function drag(page: Page, from: Locator, to: Locator, meanwhile: () => Promise<void> = async () => undefined) {
  const [start, end] = [(await from.boundingBox())!, (await to.boundingBox())!]
  await page.mouse.move(start.x + 20, start.y + start.height - 6)
  await page.mouse.down()
  await page.mouse.move(start.x + 34, start.y + start.height, { steps: 4 })
  await page.mouse.move(end.x + end.width / 2, end.y + Math.min(end.height - 4, 90), { steps: 10 })
  await meanwhile()
  await page.mouse.up()
}

/** What is wider than the window must be reached by scrolling to the side: nothing is. */
async function expectNoSideways(page: Page) {
  const sideways = await page.evaluate(
    () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
  )
  expect(sideways).toBe(0)
}
