import type { CallbackView } from '@clinicacrm/contract/callbacks.ts'
import type { CallEventReply, CallView } from '@clinicacrm/contract/calls.ts'
import type { Browser } from '@playwright/test'
import { type Desk, deskOf, expect, expectAccessible, test } from './desk.ts'
import type { Program } from './program.ts'
import { hangUpAll } from './telephone.ts'

const giulia = 'giulia.ferri@clinicacrm.example'
const rome = '+39 06 5555 0100'
let count = 0

/** A number that called nobody before. */
const newNumber = () => `+39 351 ${200 + (Date.now() % 700)} ${1000 + count++}`
const lastFour = (number: string) => number.slice(-4)

/** What a telephone system tells of one call, event after event. */
async function calls({ page, program }: Desk, from: string, events: string[], more: object = {}) {
  const call_id = `boards-${Date.now()}-${count++}`
  let reply: CallEventReply | undefined
  for (const event of events) {
    const agent = event === 'ringing' || event === 'answered' ? { agent: giulia } : {}
    const data = { provider: 'api', call_id, event, from, to: rome, ...agent, ...more }
    const headers = { 'x-api-key': program.key }
    const response = await page.request.post(`${program.url}/api/calls/events`, { headers, data })
    expect(response.ok(), await response.text()).toBe(true)
    reply = (await response.json()) as CallEventReply
  }
  return reply!
}
const missed = ['ringing', 'missed', 'ended']
const spoken = ['ringing', 'answered', 'ended']

/** Whoever runs the house, in a browser of their own. */
async function asOwner(browser: Browser, program: Program, act: (owner: Desk) => Promise<unknown>) {
  const owner = deskOf(await browser.newPage(), program)
  await owner.ask('POST', '/api/session/demo', { role: 'owner' })
  await act(owner)
  await owner.page.close()
}

async function setHoursOfRome(owner: Desk, { from, to }: { from: string; to: string }) {
  const { clinics } = await owner.ask<{ clinics: { id: string; name: string }[] }>('GET', '/api/clinics')
  const { id } = clinics.find(({ name }) => name === 'Centro Oculistico Roma')!
  const opening = Array.from({ length: 7 }, () => [{ from, to }])
  const hours = { opening, quiet_before: from, quiet_after: to, holidays: [] }
  await owner.ask('PUT', `/api/clinics/${id}/hours`, hours)
}

test.describe('at the agent’s desk', () => {
  test.use({ role: 'agent' })
  // At night nobody would be called.
  test.beforeAll(({ browser, program }) =>
    asOwner(browser, program, (owner) => setHoursOfRome(owner, { from: '00:00', to: '24:00' })),
  )
  test.afterAll(({ browser, program }) =>
    asOwner(browser, program, (owner) => setHoursOfRome(owner, { from: '09:00', to: '20:00' })),
  )
  test.afterEach(({ desk }) => hangUpAll(desk))

  test('whoever called twice in vain waits once, climbs the ladder with each try, and is closed', async ({ desk }) => {
    const { page } = desk
    const number = newNumber()
    await calls(desk, number, missed)
    await calls(desk, number, missed)
    await desk.open('/it/callbacks')
    const row = page.getByRole('row').filter({ hasText: lastFour(number) })
    await expect(row).toHaveCount(1)
    await expect(row).toContainText('Ha chiamato 2 volte')
    await expect(row).toContainText('0 tentativi su 4')
    const dial = row.getByRole('link', { name: /^Chiama Numero sconosciuto/ })
    await expect(dial).toHaveAttribute('href', `tel:${number.replaceAll(' ', '')}`)
    await expectAccessible(page)

    await row.getByRole('button', { name: /^Prendi/ }).click()
    await expect(row).toContainText('Giulia Ferri')
    await row.getByRole('button', { name: /^Esito/ }).click()
    await expect(page.getByText(/^Se non va a buon fine, si riprova/)).toBeVisible()
    await page.getByRole('menuitem', { name: 'Non risponde' }).click()
    await expect(row).toContainText('1 tentativo su 4')
    await page.getByRole('link', { name: 'I miei' }).click()
    await expect(page).toHaveURL(/\/it\/callbacks\?view=mine$/)
    const lists = page.getByRole('navigation', { name: 'Elenchi' })
    await expect(lists.locator('[aria-current]')).toHaveText('I miei')
    await expect(row).toHaveCount(1)

    await row.getByRole('button', { name: /^Altre azioni/ }).click()
    await page.getByRole('menuitem', { name: 'Chiudi…' }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByRole('button', { name: 'Chiudi' }).last().click()
    await expect(dialog.getByText('Indicare il motivo.')).toBeVisible()
    await expectAccessible(page)
    await dialog.getByLabel(/^Motivo/).fill('Ha già prenotato in sede')
    await dialog.getByRole('button', { name: 'Chiudi' }).last().click()
    await expect(dialog).toBeHidden()
    await expect(row).toHaveCount(0)
    await page.getByRole('link', { name: 'Annullati' }).click()
    await expect(row).toContainText('Ha già prenotato in sede')
    await expect(row.getByRole('link', { name: /^Chiama/ })).toHaveCount(0)
  })

  test('a callback is given to a colleague and moved to when somebody may be called', async ({ desk }) => {
    const { page } = desk
    const number = newNumber()
    await calls(desk, number, missed)
    await desk.open('/it/callbacks')
    const row = page.getByRole('row').filter({ hasText: lastFour(number) })
    await row.getByRole('button', { name: /^Altre azioni/ }).click()
    await page.getByRole('menuitem', { name: 'Assegna…' }).click()
    await page.getByRole('combobox', { name: 'Assegnato a' }).fill('Marco')
    await page.getByRole('option', { name: 'Marco Bellini' }).click()
    await page.getByRole('dialog').getByRole('button', { name: 'Assegna' }).click()
    await expect(row).toContainText('Marco Bellini')

    await row.getByRole('button', { name: /^Altre azioni/ }).click()
    await page.getByRole('menuitem', { name: 'Sposta…' }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByLabel('Giorno').fill('25/12/2030')
    await dialog.getByLabel('Ora').fill('10')
    await dialog.getByRole('button', { name: 'Sposta' }).click()
    await expect(row).toContainText('25/12/2030')
  })

  test('whom nobody may call is shown as such, and has no number to press', async ({ desk, browser }) => {
    const number = newNumber()
    const { patient_id } = await desk.ask<CallView & { patient_id: string }>('POST', '/api/cases', {
      first_name: 'Nora',
      last_name: `Taciti ${lastFour(number)}`,
      phone: number,
      clinic: 'Centro Oculistico Roma',
    })
    await calls(desk, number, missed)
    const barred = { do_not_contact: true, do_not_contact_reason: 'Lo ha chiesto' }
    await asOwner(browser, desk.program, (owner) => owner.ask('PATCH', `/api/patients/${patient_id}`, barred))
    await desk.open('/it/callbacks')
    const row = desk.page.getByRole('row').filter({ hasText: lastFour(number) })
    await expect(row).toContainText('Non contattare: Lo ha chiesto')
    await expect(row.getByRole('link', { name: /^Chiama / })).toHaveCount(0)
    await expect(row.getByRole('button', { name: /^Esito/ })).toHaveCount(0)
    await expectAccessible(desk.page)
  })

  test('the call log is narrowed by outcome and by four digits, and a call opens beside it', async ({ desk }) => {
    const { page } = desk
    const [lost, found] = [newNumber(), newNumber()]
    await calls(desk, lost, missed)
    await calls(desk, found, spoken)
    await desk.open('/it/calls')
    const rows = page.getByRole('table').getByRole('row')
    await expect(rows.filter({ hasText: lastFour(lost) })).toContainText('Persa')
    await expect(rows.filter({ hasText: lastFour(found) })).toContainText('Wrap-up da completare')
    await expectAccessible(page)
    await page.getByRole('combobox', { name: 'Esito', exact: true }).click()
    await page.getByRole('option', { name: 'Persa' }).click()
    await page.keyboard.press('Escape')
    await expect(page).toHaveURL(/result=missed/)
    await expect(rows.filter({ hasText: lastFour(found) })).toHaveCount(0)
    await page.getByRole('searchbox', { name: 'Cerca nelle chiamate' }).fill(lastFour(lost))
    await expect(page).toHaveURL(new RegExp(`search=${lastFour(lost)}`))
    await expect(rows).toHaveCount(2)
    await rows.getByRole('link', { name: 'Sconosciuto' }).click()
    const panel = page.getByRole('dialog')
    await expect(panel).toContainText('Che cosa è successo')
    await expect(panel.getByRole('link', { name: 'Nuovo caso' })).toHaveAttribute('href', /cases\/new\?.*call_id=\d+/)
    await expectAccessible(page)
    await page.reload()
    await expect(panel).toBeVisible()
    await page.keyboard.press('Escape')
    await expect(panel).toBeHidden()
    await expect(page).toHaveURL(/result=missed/)
    await page.getByRole('button', { name: 'Azzera i filtri' }).click()
    await expect(page).not.toHaveURL(/result=missed/)
  })

  test('a recording is not for everybody', async ({ desk, browser }) => {
    const number = newNumber()
    const recording_url = 'https://recordings.example/one.mp3'
    const { id } = await calls(desk, number, spoken, { recording_url })
    await desk.open(`/it/calls?call=${id}`)
    await expect(desk.page.getByRole('dialog')).toContainText('Che cosa è successo')
    await expect(desk.page.getByRole('button', { name: 'Ascolta la registrazione' })).toHaveCount(0)
    const refused = await desk.page.request.get(`${desk.program.url}/api/calls/${id}/recording`)
    expect(refused.status()).toBe(403)

    const context = await browser.newContext({ locale: 'it-IT' })
    await context.route('https://recordings.example/**', (route) => route.fulfill({ body: 'sound' }))
    const lead = deskOf(await context.newPage(), desk.program)
    await lead.ask('POST', '/api/session/demo', { role: 'team_lead' })
    await lead.open(`/it/calls?call=${id}`)
    const opened = context.waitForEvent('page')
    await lead.page.getByRole('button', { name: 'Ascolta la registrazione' }).click()
    const beside = await opened
    await beside.waitForURL(recording_url)
    expect(await beside.evaluate(() => window.opener)).toBeNull()
    await context.close()
  })
})

test.describe('as the team lead', () => {
  test.use({ role: 'team_lead' })

  test('each number of the wallboard leads to its rows', async ({ desk, browser }) => {
    const { page } = desk
    const [lost, ringing] = [newNumber(), newNumber()]
    await calls(desk, lost, missed)
    await calls(desk, newNumber(), spoken)
    await calls(desk, ringing, ['ringing'])
    await desk.open('/it/')
    await page.getByRole('heading', { level: 1 }).waitFor()
    await page.keyboard.press('g')
    await page.keyboard.press('w')
    await expect(page).toHaveURL(/\/it\/wallboard$/)
    const tile = (name: string) => page.getByRole('region', { name, exact: true })
    await expect(tile('Chiamate ora').getByRole('link').first()).not.toHaveText('0')
    await expectAccessible(page)
    const small = await page.evaluate(() =>
      [...document.querySelectorAll('section h2')].filter(
        (title) => Number.parseFloat(getComputedStyle(title).fontSize) < 16,
      ),
    )
    expect(small).toEqual([])

    await tile('Chiamate ora').getByRole('link').first().click()
    await expect(page).toHaveURL(/\/it\/calls\?state=ringing&state=answered&state=held&from=/)
    await expect(page.getByRole('row').filter({ hasText: lastFour(ringing) })).toContainText('Squilla')
    await page.goBack()
    await tile('Perse oggi').getByRole('link').first().click()
    await expect(page.getByRole('row').filter({ hasText: lastFour(lost) })).toContainText('Persa')
    await page.goBack()
    await tile('Da richiamare').getByRole('link').first().click()
    await expect(page).toHaveURL(/\/it\/callbacks$/)
    await expect(page.getByRole('row').filter({ hasText: lastFour(lost) })).toBeVisible()
    await page.goBack()
    await tile('Wrap-up da completare').getByRole('link').first().click()
    await expect(page).toHaveURL(/\/it\/calls\?owed=true$/)
    await page.goBack()
    await page
      .getByRole('link', { name: /^Ore \d+–\d+: \d+ chiamat/ })
      .last()
      .click()
    await expect(page.getByRole('row').filter({ hasText: lastFour(lost) })).toBeVisible()

    const answering = deskOf(await browser.newPage(), desk.program)
    await answering.ask('POST', '/api/session/demo', { role: 'agent' })
    await hangUpAll(answering)
    await answering.page.close()
  })
})

test.describe('as who works for one clinic', () => {
  test.use({ role: 'clinic_admin' })

  test('calls and callbacks of other clinics are not there', async ({ desk }) => {
    const { page } = desk
    const number = newNumber()
    const { id } = await calls(desk, number, missed)
    const { callbacks } = await desk.ask<{ callbacks: CallbackView[] }>('GET', '/api/callbacks')
    expect(callbacks.filter(({ clinic }) => clinic !== null && clinic !== 'Centro Oculistico Milano')).toEqual([])
    await desk.open(`/it/calls?search=${lastFour(number)}`)
    await expect(page.getByText('Nessuna chiamata con questi filtri')).toBeVisible()
    await desk.open(`/it/calls?call=${id}`)
    await expect(page.getByText('Questa chiamata non è visibile')).toBeVisible()
    await desk.open('/it/callbacks')
    await expect(page.getByRole('row').filter({ hasText: lastFour(number) })).toHaveCount(0)
  })
})

test.describe('as the integrator', () => {
  test.use({ role: 'integrator' })

  test('neither calls, nor callbacks, nor the wallboard are there', async ({ desk }) => {
    for (const path of ['/it/calls', '/it/callbacks', '/it/wallboard']) {
      await desk.open(path)
      await expect(desk.page.getByText('Questa sezione non è accessibile')).toBeVisible()
    }
    await expect(desk.page.getByRole('link', { name: /Richiami|Monitor/ })).toHaveCount(0)
  })
})
