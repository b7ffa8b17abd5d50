import type { CaseView } from '@clinicacrm/contract/cases.ts'
import { expect, expectAccessible, test } from './desk.ts'
import { anotherPerson, dayFromNow, openCase, openNewCase } from './cases.ts'

test('a pop of the guide’s case says who calls, why, and what to do', async ({ desk }) => {
  const { screen_pop_url } = await desk.ask<CaseView>('GET', '/api/cases/9')
  await desk.open(new URL(screen_pop_url).pathname)
  const top = desk.page.getByRole('region', { name: 'Chi è e perché chiama' })
  await expect(top.getByRole('heading', { name: 'Antonio Dorato' })).toBeVisible()
  await expect(top).toContainText('41 anni')
  await expect(top).toContainText('Italiano')
  await expect(top).toContainText('SMILE Surgery')
  await expect(top).toContainText(/appuntamento il 12\/07\/2025 alle 18:57/i)
  await expect(top.getByRole('button', { name: 'Copia il numero +39 06 2222 4444' })).toBeVisible()
  await expect(top.getByRole('button', { name: 'Richiama…' })).toBeVisible()
  await expect(top.getByRole('button', { name: 'Chiudi chiamata' })).toBeVisible()
  await expect(top).toContainText('In ritardo')
  await expect(desk.page).toHaveTitle(/Antonio Dorato, caso 9/)
})

test('a pop paints from what came with the page, without asking again', async ({ desk }) => {
  const asked: string[] = []
  desk.page.on('request', (request) => asked.push(new URL(request.url()).pathname))
  await openCase(desk, '9')
  await expect(desk.page.getByRole('heading', { name: 'Antonio Dorato' })).toBeVisible()
  expect(asked.filter((path) => path.endsWith('/page'))).toEqual([])
})

test('an appointment tomorrow is the reason, in each language', async ({ desk }) => {
  const kase = await openNewCase(desk, { status: 'APPUNTAMENTO', follow_up_date: dayFromNow(1, '10:30') })
  for (const [locale, sentence] of [
    ['it', /Appuntamento domani alle 10:30/],
    ['en', /Appointment tomorrow at 10:30/],
    ['es', /Cita mañana a las 10:30/],
  ] as const) {
    await desk.open(`/${locale}/cases/${kase.id}`)
    await expect(desk.page.locator('#case')).toContainText(sentence)
  }
})

test('an appointment is moved by keyboard, and stays where it was put', async ({ desk }) => {
  const { page } = desk
  const kase = await openNewCase(desk, { status: 'APPUNTAMENTO', follow_up_date: dayFromNow(1, '10:30') })
  await openCase(desk, kase.id)
  await page.keyboard.press('b')
  const dialog = page.getByRole('dialog', { name: 'Conferma o sposta' })
  await expect(dialog.getByRole('textbox', { name: 'Giorno' })).toBeFocused()
  await expect(dialog.getByRole('button', { name: 'Conferma' })).toBeVisible()
  await page.keyboard.press('ArrowUp')
  await page.keyboard.press('Tab')
  await dialog.getByRole('textbox', { name: 'Ora' }).fill('1145')
  await page.keyboard.press('Enter')
  await expect(dialog).toBeHidden()
  await expect
    .poll(async () => (await desk.ask<CaseView>('GET', `/api/cases/${kase.id}`)).follow_up_date)
    .toContain(dayFromNow(2, '11:45').slice(0, 16).replace(/Z$/, ''))
  expect(await desk.ask<CaseView>('GET', `/api/cases/${kase.id}`)).toMatchObject({
    status: 'APPUNTAMENTO',
    disposition: 'SPOSTATO',
  })
})

test('R and one figure say when to call back', async ({ desk }) => {
  const { page } = desk
  const kase = await openNewCase(desk)
  await openCase(desk, kase.id)
  await page.keyboard.press('r')
  await expect(page.getByRole('button', { name: 'Tra 15 minuti' })).toBeFocused()
  await page.keyboard.press('2')
  await expect(page.locator('#case').getByText('Da richiamare').first()).toBeVisible()
  const savedDate = async () => (await desk.ask<CaseView>('GET', `/api/cases/${kase.id}`)).follow_up_date
  await expect.poll(savedDate).not.toBeNull()
  const minutes = (Date.parse((await savedDate())!) - Date.now()) / 60_000
  expect(minutes).toBeGreaterThan(115)
  expect(minutes).toBeLessThan(121)
})

test('a call is wrapped up with three keys', async ({ desk }) => {
  const { page } = desk
  const kase = await openNewCase(desk)
  await openCase(desk, kase.id)
  await page.keyboard.press('w')
  await expect(page.getByRole('textbox', { name: 'Com’è andata' })).toBeFocused()
  await page.keyboard.press('9')
  await expect(page.getByRole('button', { name: 'Chiudi chiamata' }).last()).toBeFocused()
  await page.keyboard.press('Enter')
  await expect(page.getByRole('dialog')).toBeHidden()
  await expect
    .poll(() => desk.ask<CaseView>('GET', `/api/cases/${kase.id}`))
    .toMatchObject({ status: 'DA_RICHIAMARE', disposition: 'NON_RISPONDE' })
})

test('a call may end in one’s own words, and an appointment made asks for its day', async ({ desk }) => {
  const { page } = desk
  const kase = await openNewCase(desk)
  await openCase(desk, kase.id)
  await page.keyboard.press('w')
  await expect(page.getByRole('textbox', { name: 'Com’è andata' })).toBeFocused()
  await page.keyboard.type('fissato')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('textbox', { name: 'Giorno' })).toBeFocused()
  await page.keyboard.type('1/12/2030')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('dialog')).toBeHidden()
  await expect
    .poll(() => desk.ask<CaseView>('GET', `/api/cases/${kase.id}`))
    .toMatchObject({ status: 'APPUNTAMENTO', follow_up_date: '2030-11-30T23:00:00.000000+00:00' })
  await page.keyboard.press('w')
  await expect(page.getByRole('textbox', { name: 'Com’è andata' })).toBeFocused()
  await page.keyboard.type('Vuole parlare col direttore')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('button', { name: 'Chiudi chiamata' }).last()).toBeFocused()
  await page.keyboard.press('Enter')
  await expect
    .poll(() => desk.ask<CaseView>('GET', `/api/cases/${kase.id}`))
    .toMatchObject({ status: 'APPUNTAMENTO', disposition: 'Vuole parlare col direttore' })
})

test('a lost case asks why, and a closed one why it is opened again', async ({ desk }) => {
  const { page } = desk
  const kase = await openNewCase(desk)
  await openCase(desk, kase.id)
  await page.getByRole('button', { name: 'Modifica: Stato' }).click()
  await page.getByRole('option', { name: 'Perso' }).click()
  const dialog = page.getByRole('dialog', { name: 'Cambia stato' })
  await dialog.getByRole('button', { name: 'Cambia stato' }).click()
  await expect(dialog.getByText('Scrivere perché il caso è perso.')).toBeVisible()
  await dialog.getByRole('textbox', { name: 'Motivo della perdita' }).fill('Ha scelto un altro centro')
  await page.keyboard.press('Enter')
  await expect(page.getByText('Ha scelto un altro centro').first()).toBeVisible()
  await page.getByRole('button', { name: 'Modifica: Stato' }).click()
  await page.getByRole('option', { name: 'In corso' }).click()
  await dialog.getByRole('textbox', { name: 'Motivo della riapertura' }).fill('Ci ripensa')
  await page.keyboard.press('Enter')
  await expect(page.getByText('Ci ripensa').first()).toBeVisible()
  await expect
    .poll(() => desk.ask<CaseView>('GET', `/api/cases/${kase.id}`))
    .toMatchObject({ status: 'IN_CORSO', lost_reason: null })
})

test('health matters stay folded until two facts prove who calls', async ({ desk }) => {
  const { page } = desk
  await openCase(desk, '9')
  await expect(page.getByText('gioca in serie B')).toHaveCount(0)
  await page.getByRole('button', { name: 'Identità da confermare' }).click()
  const confirm = page.getByRole('button', { name: 'Conferma l’identità' })
  await page.getByRole('checkbox', { name: 'Data di nascita' }).check()
  await expect(confirm).toBeDisabled()
  await page.getByRole('checkbox', { name: 'Indirizzo e-mail' }).check()
  await confirm.click()
  await expect(page.getByRole('article').getByText('gioca in serie B')).toBeVisible()
  await expect(page.getByText(/Identità confermata alle/)).toBeVisible()
})

test('nobody is held up: one click shows everything, and the case remains unconfirmed', async ({ desk }) => {
  const { page } = desk
  const kase = await openNewCase(desk, { outcome: 'Cornea sottile' })
  await openCase(desk, kase.id)
  await expect(page.getByText('Cornea sottile')).toBeHidden()
  await page.getByRole('button', { name: 'Mostra comunque' }).first().click()
  await expect(page.getByText('Cornea sottile').first()).toBeVisible()
  await expect(page.getByRole('button', { name: 'Identità da confermare' })).toBeVisible()
})

test('a note names a colleague, is changed, and what it said stays readable', async ({ desk }) => {
  const { page } = desk
  const kase = await openNewCase(desk)
  await openCase(desk, kase.id)
  await page.keyboard.press('m')
  await page.keyboard.type('Sentire @giu')
  await expect(page.getByRole('option', { name: 'Giulia Ferri' })).toBeVisible()
  await page.keyboard.press('Enter')
  await page.keyboard.type('domattina')
  await page.keyboard.press('Control+Enter')
  const note = page.getByRole('article').first()
  await expect(note).toContainText('Sentire @Giulia Ferri domattina')
  await expect(page.getByRole('textbox', { name: 'Nuova nota' })).toHaveValue('')
  await note.getByRole('button', { name: 'Modifica la nota' }).click()
  await note.getByRole('textbox').fill('Sentire @Giulia Ferri nel pomeriggio')
  await note.getByRole('button', { name: 'Salva' }).click()
  await expect(note).toContainText('nel pomeriggio')
  await note.getByRole('button', { name: /mostra le versioni/ }).click()
  await expect(page.getByRole('dialog', { name: 'Versioni della nota' })).toContainText(
    'Sentire @Giulia Ferri domattina',
  )
})

test('what a colleague does appears without reload and without moving what is being typed', async ({
  desk,
  browser,
}) => {
  const { page, program } = desk
  const kase = await openNewCase(desk)
  await openCase(desk, kase.id)
  await page.getByRole('textbox', { name: 'Nuova nota' }).fill('Sto scrivendo')
  const other = await anotherPerson(browser, program, 'agent')
  await openCase(other, kase.id)
  await expect(page.getByRole('list', { name: 'Chi sta guardando' })).toContainText('Giulia Ferri guarda')
  await expect(other.page.getByRole('list', { name: 'Chi sta guardando' })).toContainText(
    'Alessandra Moretti sta modificando',
  )
  await other.page.keyboard.press('r')
  await expect(other.page.getByRole('button', { name: 'Tra 15 minuti' })).toBeFocused()
  await other.page.keyboard.press('1')
  await expect(page.getByText('Giulia Ferri ha cambiato lo stato: Da richiamare').last()).toBeVisible()
  await expect(page.getByRole('textbox', { name: 'Nuova nota' })).toHaveValue('Sto scrivendo')
  await expect(page.getByRole('textbox', { name: 'Nuova nota' })).toBeFocused()
  await other.page.context().close()
})

test('the case page has no barrier that a machine can see', async ({ desk }) => {
  const { page } = desk
  await openCase(desk, '9')
  await expect(page.getByRole('heading', { name: 'Antonio Dorato' })).toBeVisible()
  await expectAccessible(page)
  await page.keyboard.press('w')
  await expect(page.getByRole('dialog')).toBeVisible()
  await expectAccessible(page)
  await page.keyboard.press('Escape')
  await page.keyboard.press('b')
  await expect(page.getByRole('dialog')).toBeVisible()
  await expectAccessible(page)
})

test('a side panel of 380 pixels shows who, why, state and actions at once, and nothing runs off', async ({ desk }) => {
  const { page } = desk
  await page.setViewportSize({ width: 380, height: 720 })
  await openCase(desk, '9')
  for (const name of ['Fissa di nuovo', 'Richiama…', 'Chiudi chiamata']) {
    await expect(page.getByRole('button', { name })).toBeInViewport()
  }
  expect(await page.evaluate(() => document.getElementById('main')!.scrollWidth)).toBeLessThanOrEqual(380)
})
