import { type Desk, deskOf, expect, expectAccessible, test } from './desk.ts'
import { antonio, cardOf, family, hangUpAll, popsOf, sitAt, telephone } from './telephone.ts'

test.describe('at the agent’s desk', () => {
  test.use({ role: 'agent' })
  test.beforeEach(({ desk }) => hangUpAll(desk))
  test.afterEach(({ desk }) => hangUpAll(desk))

  test('a known caller is shown while it rings, and a field being typed in keeps the focus', async ({ desk }) => {
    const { page } = desk
    await sitAt(desk, '/it/cases/new')
    const field = page.getByLabel('Cognome')
    await field.fill('Bell')
    const { tell } = await telephone(desk, antonio)
    expect(await tell('ringing')).toMatchObject({ match: 'one', delivered: true })
    await expect(cardOf(page, 'Antonio Dorato')).toContainText('In arrivo')
    await expect(cardOf(page, 'Antonio Dorato')).toContainText('Appuntamento')
    await expect(field).toBeFocused()
    await page.keyboard.type('andi')
    await expect(field).toHaveValue('Bellandi')
    await tell('answered')
    await expect(cardOf(page, 'Antonio Dorato')).toContainText('In corso')
    await expect(page).toHaveURL(/\/it\/cases\/new$/)
    await expect(field).toBeFocused()
    await expectAccessible(page)
  })

  test('answering opens the case', async ({ desk }) => {
    await sitAt(desk)
    const { tell } = await telephone(desk, antonio)
    await tell('ringing')
    await expect(cardOf(desk.page, 'Antonio Dorato')).toBeVisible()
    await tell('answered')
    await expect(desk.page).toHaveURL(/\/it\/cases\/9$/)
    await expect(cardOf(desk.page, 'Antonio Dorato').getByLabel('Nota della chiamata')).toBeVisible()
  })

  test('of several people on one line somebody is chosen by figure, and no treatment shows before', async ({
    desk,
  }) => {
    await sitAt(desk)
    const { tell } = await telephone(desk, family)
    expect(await tell('ringing')).toMatchObject({ match: 'many' })
    const card = cardOf(desk.page, 'Chi chiama?')
    await expect(card.getByRole('button', { name: /Sara Dorato/ })).toBeVisible()
    await expect(card).not.toContainText('SMILE')
    await expectAccessible(desk.page)
    await tell('answered')
    await expect(card).toContainText('In corso')
    await desk.page.keyboard.press('1')
    await expect(desk.page).toHaveURL(/\/it\/cases\/9$/)
    const [pop] = await popsOf(desk)
    expect(pop!.call).toMatchObject({ match: 'linked', case_id: '9' })
  })

  test('an unknown caller becomes a new case with number and clinic, which the call then belongs to', async ({
    desk,
  }) => {
    const { page } = desk
    await sitAt(desk)
    const { tell } = await telephone(desk, '+39 347 555 0171')
    await tell('ringing')
    await expect(cardOf(page, 'Chiamante sconosciuto')).toBeVisible()
    await tell('answered')
    await expect(cardOf(page, 'Chiamante sconosciuto')).toContainText('In corso')
    await page.keyboard.press('n')
    await expect(page).toHaveURL(/\/it\/cases\/new\?/)
    await expect(page.getByLabel('Telefono')).toHaveValue('+39 347 555 0171')
    await page.getByLabel('Cognome').fill('Quaranta')
    await expect(page.getByRole('combobox', { name: 'Clinica' })).toHaveValue('Centro Oculistico Roma')
    await page.getByRole('button', { name: 'Salva il caso' }).click()
    await expect(page).toHaveURL(/\/it\/cases\/\d+$/)
    const id = /\d+$/.exec(page.url())![0]
    await expect.poll(async () => (await popsOf(desk))[0]?.call.case_id).toBe(id)
    await expect(cardOf(page, 'Quaranta')).toBeVisible()
  })

  test('a withheld caller is asked for, found by name and opened', async ({ desk }) => {
    const { page } = desk
    await sitAt(desk)
    const { tell } = await telephone(desk, 'anonymous')
    expect(await tell('ringing')).toMatchObject({ match: 'withheld' })
    await tell('answered')
    const card = cardOf(page, 'Numero nascosto')
    await expect(card).toContainText('In corso')
    await page.keyboard.press('s')
    await expect(card.getByLabel('Nome, data o numero')).toBeFocused()
    await page.keyboard.type('dorato ant')
    await expect(card.getByRole('button', { name: /Antonio Dorato/ })).toBeVisible()
    await expectAccessible(page)
    await page.keyboard.press('Enter')
    await expect(page).toHaveURL(/\/it\/cases\/9$/)
  })

  test('a missed call takes its card away, and asks for no wrap-up', async ({ desk }) => {
    await sitAt(desk)
    const { tell } = await telephone(desk, antonio)
    await tell('ringing')
    await expect(cardOf(desk.page, 'Antonio Dorato')).toBeVisible()
    await tell('missed')
    await expect(cardOf(desk.page, 'Antonio Dorato')).toBeHidden()
    await expect(desk.page.getByRole('button', { name: 'Chiamate', exact: true })).toBeVisible()
  })

  test('calls that no page showed wait in the tray', async ({ desk }) => {
    const { page } = desk
    await page.goto('about:blank')
    const { tell } = await telephone(desk, antonio)
    await expect.poll(async () => (await tell('ringing')).delivered).toBe(false)
    await tell('missed')
    await sitAt(desk)
    await page.getByRole('button', { name: 'Chiamate: 1 da vedere' }).click()
    const tray = page.getByRole('region', { name: 'Chiamate' })
    await expect(tray).toContainText('Non viste')
    await expectAccessible(page)
    await tray.getByRole('button', { name: 'Apri: Antonio Dorato' }).click()
    await expect(page).toHaveURL(/\/it\/cases\/9$/)
    await expect(page.getByRole('button', { name: 'Chiamate', exact: true })).toBeVisible()
  })
})

test.describe('after the call', () => {
  test.use({ role: 'agent' })
  test.beforeEach(({ desk }) => hangUpAll(desk))
  test.afterEach(({ desk }) => hangUpAll(desk))

  test('two keys close it, and the case moves on by the rules', async ({ desk }) => {
    const { page } = desk
    await speakWith(desk, antonio)
    const card = cardOf(page, 'Antonio Dorato')
    await expect(card).toContainText('Chiamata finita')
    await expectAccessible(page)
    await page.keyboard.press('8')
    await expect(card).toContainText('Richiamare')
    await expect(card.getByRole('button', { name: 'Chiudi chiamata' })).toBeFocused()
    await expectAccessible(page)
    await page.keyboard.press('Enter')
    await expect(card).toBeHidden()
    expect(await popsOf(desk)).toEqual([])
    const kase = await desk.ask<{ status: string; disposition: string }>('GET', '/api/cases/9')
    expect(kase).toMatchObject({ status: 'DA_RICHIAMARE', disposition: 'RICHIAMARE' })
  })

  test('it can wait, and what was written of it is there on another day and in another browser', async ({ desk }) => {
    const { page } = desk
    await speakWith(desk, antonio, 'Chiede del parcheggio.')
    const card = cardOf(page, 'Antonio Dorato')
    await expect(card.getByLabel('Nota (facoltativa)')).toHaveValue('Chiede del parcheggio.')
    await card.getByRole('button', { name: 'Più tardi' }).click()
    await expect(card).toBeHidden()
    await page.evaluate(() => localStorage.clear())
    await page.reload()
    await page.getByRole('button', { name: 'Chiamate: 1 da vedere' }).click()
    await page.getByRole('button', { name: 'Completa: Antonio Dorato' }).click()
    await expect(card.getByLabel('Nota (facoltativa)')).toHaveValue('Chiede del parcheggio.')
  })

  test('while the server is away nothing is lost, and it says so', async ({ desk }) => {
    const { page } = desk
    await speakWith(desk, antonio)
    const card = cardOf(page, 'Antonio Dorato')
    await expect(card).toContainText('Chiamata finita')
    const away = /\/api\/calls\/\d+\/(draft|wrap-up)/
    await page.route(away, (route) => route.abort())
    await card.getByLabel('Nota (facoltativa)').fill('Porta gli esami.')
    await expect(card).toContainText('Bozza tenuta in questo browser')
    await card.getByLabel('Com’è andata', { exact: true }).first().focus()
    await page.keyboard.press('2')
    await page.keyboard.press('Enter')
    await expect(card.getByRole('alert')).toContainText('Il server non risponde')
    await expect(card.getByLabel('Nota (facoltativa)')).toHaveValue('Porta gli esami.')
    await page.unroute(away)
    await card.getByRole('button', { name: 'Chiudi chiamata' }).click()
    await expect(card).toBeHidden()
    expect(await popsOf(desk)).toEqual([])
  })
})

/** A whole call, with what is noted meanwhile. */
async function speakWith(desk: Desk, number: string, note?: string) {
  await sitAt(desk)
  const { tell } = await telephone(desk, number)
  await tell('ringing')
  await tell('answered')
  await expect(desk.page).toHaveURL(/\/it\/cases\/9$/)
  if (note) {
    await desk.page.getByLabel('Nota della chiamata').fill(note)
    await expect(desk.page.getByText('Bozza salvata')).toBeVisible()
  }
  await tell('ended')
}

test.describe('between colleagues and tabs', () => {
  test.use({ role: 'agent' })
  test.beforeEach(({ desk }) => hangUpAll(desk))
  test.afterEach(({ desk }) => hangUpAll(desk))

  test('whoever a call is given to reads what was noted so far', async ({ desk, browser }) => {
    const other = deskOf(await (await browser.newContext({ locale: 'it-IT' })).newPage(), desk.program)
    await other.ask('POST', '/api/session/demo', { role: 'team_lead' })
    const { user } = await other.ask<{ user: { email: string } }>('GET', '/api/session')
    await sitAt(other)
    await sitAt(desk)
    const { tell } = await telephone(desk, antonio)
    await tell('ringing')
    await tell('answered')
    await desk.page.getByLabel('Nota della chiamata').fill('Ha già chiamato ieri, vuole spostare.')
    await expect(desk.page.getByText('Bozza salvata')).toBeVisible()
    await tell('transferred', user.email)
    const card = cardOf(other.page, 'Antonio Dorato')
    await expect(card).toContainText('Nota di Giulia Ferri')
    await expect(card).toContainText('Ha già chiamato ieri, vuole spostare.')
    await tell('answered', user.email)
    await expect(cardOf(desk.page, 'Antonio Dorato')).toBeHidden()
    await tell('ended')
    await hangUpAll(other)
    await other.page.context().close()
  })

  test('of several tabs one shows the card', async ({ desk }) => {
    await sitAt(desk)
    const second = await desk.page.context().newPage()
    await second.goto(`${desk.program.url}/it/cases`)
    await second.getByRole('heading', { level: 1 }).waitFor()
    const { tell } = await telephone(desk, antonio)
    await tell('ringing')
    const shown = async () => {
      const counts = [desk.page, second].map((page) => cardOf(page, 'Antonio Dorato').count())
      return (await Promise.all(counts)).reduce((sum, one) => sum + one, 0)
    }
    await expect.poll(shown).toBe(1)
    await desk.page.waitForTimeout(500)
    expect(await shown()).toBe(1)
    await second.close()
    await expect(cardOf(desk.page, 'Antonio Dorato')).toBeVisible()
  })
})
