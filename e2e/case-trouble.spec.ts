import type { CaseView } from '@clinicacrm/contract/cases.ts'
import { anotherPerson, openCase, openNewCase } from './cases.ts'
import { expect, expectAccessible, test } from './desk.ts'

test('a note that nobody saved is there again after a reload', async ({ desk }) => {
  const { page } = desk
  const kase = await openNewCase(desk)
  await openCase(desk, kase.id)
  const note = page.getByRole('textbox', { name: 'Nuova nota' })
  await note.fill('Chiede del laser 🙂 <script>alert(1)</script> שלום')
  await page.reload()
  await expect(note).toHaveValue('Chiede del laser 🙂 <script>alert(1)</script> שלום')
  await expect(page.getByText(/Bozza ripristinata/)).toBeVisible()
  await page.getByRole('button', { name: 'Salva nota' }).click()
  await expect(page.getByRole('article').first()).toContainText('<script>alert(1)</script> שלום')
})

test('a note that met a broken server stays, and goes with one click', async ({ desk }) => {
  const { page } = desk
  const kase = await openNewCase(desk)
  await openCase(desk, kase.id)
  await page.route(
    '**/notes',
    (route) => route.fulfill({ status: 500, json: { error: 'Internal error', code: 'internal' } }),
    {
      times: 1,
    },
  )
  await page.getByRole('textbox', { name: 'Nuova nota' }).fill('Da non perdere')
  await page.keyboard.press('Control+Enter')
  const unsent = page.getByText(/Nota non salvata/)
  await expect(unsent).toBeVisible()
  await page.reload()
  await expect(page.getByText('mai arrivata al server')).toBeVisible()
  await expect(page.getByText('Da non perdere')).toBeVisible()
  await page.getByRole('button', { name: 'Riprova' }).click()
  await expect(page.getByRole('article').first()).toContainText('Da non perdere')
  const { notes } = await desk.ask<{ notes: unknown[] }>('GET', `/api/cases/${kase.id}/notes`)
  expect(notes).toHaveLength(1)
})

test('a field whose answer was lost on the way is kept and saved once more', async ({ desk }) => {
  const { page } = desk
  const kase = await openNewCase(desk)
  await openCase(desk, kase.id)
  await page.route(`**/api/cases/${kase.id}`, (route) => route.abort(), { times: 1 })
  await change(desk, 'Che cosa fare', 'Mandare il preventivo')
  const unsaved = page.getByRole('alert', { name: 'Modifica non salvata' })
  await expect(unsaved).toContainText('Mandare il preventivo')
  await expect(unsaved).toContainText('Il server non risponde')
  await page.reload()
  await expect(unsaved).toContainText('Mandare il preventivo')
  await unsaved.getByRole('button', { name: 'Riprova' }).click()
  await expect(unsaved).toBeHidden()
  await expect(page.getByText('Mandare il preventivo').first()).toBeVisible()
  expect(await stateOf(desk, kase.id)).toMatchObject({ follow_up_reason: 'Mandare il preventivo' })
})

test('two people who change different fields both win', async ({ desk }) => {
  const { page } = desk
  const kase = await openNewCase(desk)
  await openCase(desk, kase.id)
  await page.getByRole('button', { name: 'Modifica: Che cosa fare' }).click()
  await page.getByRole('textbox', { name: 'Che cosa fare' }).fill('Sentire il medico')
  await desk.ask('PATCH', `/api/cases/${kase.id}`, { promotion: 'Primavera' })
  await page.keyboard.press('Enter')
  await expect
    .poll(() => stateOf(desk, kase.id))
    .toMatchObject({
      follow_up_reason: 'Sentire il medico',
      promotion: 'Primavera',
    })
})

test('two people who change the same field see both versions and choose', async ({ desk, browser }) => {
  const { page, program } = desk
  const kase = await openNewCase(desk, { follow_up_reason: 'Richiamare' })
  await openCase(desk, kase.id)
  await page.getByRole('button', { name: 'Modifica: Che cosa fare' }).click()
  await page.getByRole('textbox', { name: 'Che cosa fare' }).fill('La mia versione')
  const other = await anotherPerson(browser, program, 'agent')
  await other.ask('PATCH', `/api/cases/${kase.id}`, { follow_up_reason: 'La versione di Giulia' })
  await expect(page.getByText('Giulia Ferri ha modificato un dato').last()).toBeVisible()
  await expect(page.getByRole('textbox', { name: 'Che cosa fare' })).toHaveValue('La mia versione')
  await page.keyboard.press('Enter')

  const conflict = page.getByRole('form', { name: 'Modificato da due persone' })
  await expect(conflict).toContainText('La mia versione')
  await expect(conflict).toContainText('La versione di Giulia')
  await expect(conflict).toContainText('Prima: Richiamare')
  await expect(conflict.getByRole('radio', { name: /Giulia Ferri/ })).toBeVisible()
  await expectAccessible(page)
  await conflict.getByRole('button', { name: 'Salva la scelta' }).click()
  await expect(conflict).toBeHidden()
  await expect.poll(() => stateOf(desk, kase.id)).toMatchObject({ follow_up_reason: 'La mia versione' })
  await other.page.context().close()
})

test('a case that a colleague deletes says so and leads on', async ({ desk, browser }) => {
  const { page, program } = desk
  const first = await openNewCase(desk)
  const second = await desk.ask<CaseView>('POST', '/api/cases', {
    patient_id: first.patient_id,
    clinic: first.clinic,
    status: 'NUOVO',
  })
  await openCase(desk, first.id)
  const other = await anotherPerson(browser, program, 'team_lead')
  await openCase(other, first.id)
  await other.page.getByRole('button', { name: 'Altre azioni sul caso' }).click()
  await other.page.getByRole('menuitem', { name: 'Elimina il caso' }).click()
  await other.page.getByRole('button', { name: 'Elimina', exact: true }).click()
  for (const gone of [page, other.page]) {
    await expect(gone.getByText(`Il caso ${first.id} è stato eliminato`)).toBeVisible()
    await expect(gone.getByText(/Eliminato da Elena Marchetti/)).toBeVisible()
  }
  await expectAccessible(page)
  await page.getByRole('link', { name: new RegExp(`^Caso ${second.id}`) }).click()
  await expect(page.getByRole('heading', { name: `Caso ${second.id}` })).toBeVisible()
  await other.page.context().close()
})

test('a case of nobody’s explains itself and finds another', async ({ desk }) => {
  const { page } = desk
  for (const id of ['999999999', 'abc']) {
    await desk.open(`/it/cases/${id}`)
    await expect(page.getByText(`Il caso ${id} non è visibile`)).toBeVisible()
  }
  await page.getByRole('textbox', { name: 'Cerca un nome, un numero o un caso' }).fill('Dorato')
  await page.keyboard.press('Enter')
  await expect(page).toHaveURL(/\/it\/cases\?search=Dorato/)
})

test('absurd dates and texts are refused where they are typed', async ({ desk }) => {
  const { page } = desk
  const kase = await openNewCase(desk)
  await openCase(desk, kase.id)
  await page.keyboard.press('b')
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('textbox', { name: 'Giorno' }).fill('31/02/2027')
  await page.keyboard.press('Enter')
  await expect(dialog.getByText(/Giorno non riconosciuto/)).toBeVisible()
  await dialog.getByRole('textbox', { name: 'Giorno' }).fill('1/1/2020')
  await expect(dialog.getByText('È nel passato')).toBeVisible()
  await dialog.getByRole('textbox', { name: 'Giorno' }).fill('1/1/2190')
  await expect(dialog.getByText('Tra più di un anno')).toBeVisible()
  await page.keyboard.press('Escape')
  await page.reload()
  await expect(page.getByRole('button', { name: 'Richiama…' })).toBeVisible()
  await page.keyboard.press('b')
  await expect(dialog.getByRole('textbox', { name: 'Giorno' })).toHaveValue('1/1/2190')
  await expect(dialog.getByText('Bozza ripristinata.')).toBeVisible()
})

test('a text that is too long is refused beside its field and stays there to be cut', async ({ desk }) => {
  const { page } = desk
  const kase = await openNewCase(desk)
  await openCase(desk, kase.id)
  await change(desk, 'Che cosa fare', 'x'.repeat(501))
  await expect(page.getByText('Al massimo 500 caratteri.').last()).toBeVisible()
  await expect(page.getByRole('textbox', { name: 'Che cosa fare' })).toHaveValue('x'.repeat(501))
  await page.getByRole('textbox', { name: 'Nuova nota' }).fill('y'.repeat(20_001))
  await page.keyboard.press('Control+Enter')
  await expect(page.getByText('Al massimo 20000 caratteri.')).toBeVisible()
  await expect(page.getByRole('textbox', { name: 'Nuova nota' })).toHaveValue('y'.repeat(20_001))
})

test('a session that ends while somebody types loses nothing', async ({ desk }) => {
  const { page } = desk
  const kase = await openNewCase(desk)
  await openCase(desk, kase.id)
  await page.getByRole('textbox', { name: 'Nuova nota' }).fill('Scritta prima della scadenza')
  await desk.ask('DELETE', '/api/session')
  await page.keyboard.press('Control+Enter')
  await page.getByRole('button', { name: 'Continua come Alessandra Moretti' }).click()
  await expect(page.getByRole('article').first()).toContainText('Scritta prima della scadenza')
})

async function change({ page }: Parameters<typeof openCase>[0], label: string, value: string) {
  await page.getByRole('button', { name: `Modifica: ${label}` }).click()
  await page.getByRole('textbox', { name: label }).fill(value)
  await page.keyboard.press('Enter')
}

const stateOf = (desk: Parameters<typeof openCase>[0], id: string) => desk.ask<CaseView>('GET', `/api/cases/${id}`)
