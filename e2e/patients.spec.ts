import { deskOf, expect, expectAccessible, test } from './desk.ts'

type Saved = { id: string; patient_id: string }

test('a patient is found by half a name, without accents, in either order, and by four digits', async ({ desk }) => {
  await desk.open('/it/patients')
  const search = desk.page.getByRole('searchbox', { name: 'Cerca pazienti' })
  for (const half of ['dorat ant', 'ANTONIO D', '4444', '333 222']) {
    await search.fill(half)
    await expect(desk.page.getByRole('link', { name: 'Antonio Dorato' })).toBeVisible()
  }
  await expect(desk.page).toHaveURL(/search=333/)
  await search.fill('zzzzqq')
  await expect(desk.page.getByText('Nessun paziente per «zzzzqq»')).toBeVisible()
  await expectAccessible(desk.page)
})

test('details are edited together, and a save in between shows both versions', async ({ desk, context }) => {
  const { patient_id } = await newPatient(desk)
  await desk.open(`/it/patients/${patient_id}`)
  await desk.page.getByRole('button', { name: 'Modifica' }).waitFor()
  await desk.page.keyboard.press('e')
  await desk.page.getByLabel('Quando chiamare').fill('dopo le 17')

  const colleague = deskOf(await context.newPage(), desk.program)
  await colleague.ask('PATCH', `/api/patients/${patient_id}`, { contact_times: 'la mattina' })

  await desk.page.getByRole('button', { name: 'Salva' }).click()
  await expect(desk.page.getByText('Un’altra persona ha salvato questo paziente nel frattempo')).toBeVisible()
  await expect(desk.page.getByRole('cell', { name: 'la mattina' })).toBeVisible()
  await desk.page.getByRole('button', { name: 'Salva quanto scritto qui' }).click()
  await expect(desk.page.getByText('dopo le 17')).toBeVisible()
  await expect(desk.page.getByRole('button', { name: 'Salva', exact: true })).toBeHidden()
})

test('what was typed survives a reload', async ({ desk }) => {
  const { patient_id } = await newPatient(desk)
  await desk.open(`/it/patients/${patient_id}`)
  await desk.page.getByRole('button', { name: 'Modifica' }).click()
  await desk.page.getByLabel('Avviso per chi apre la scheda').fill('Porta sempre la madre 👩‍👦 <script>alert(1)</script>')
  await desk.page.reload()
  await expect(desk.page.getByText(/Bozza ripristinata/)).toBeVisible()
  await desk.page.getByRole('button', { name: 'Salva' }).click()
  await expect(desk.page.getByRole('note')).toHaveText('Porta sempre la madre 👩‍👦 <script>alert(1)</script>')
})

test('a wrong date is refused beside its field, and nothing typed is lost', async ({ desk }) => {
  const { patient_id } = await newPatient(desk)
  await desk.open(`/it/patients/${patient_id}`)
  await desk.page.getByRole('button', { name: 'Modifica' }).click()
  await desk.page.getByLabel('Cognome').fill('Rossi 🦷')
  await desk.page.getByLabel('E-mail').fill('non-una-mail')
  await desk.page.getByRole('button', { name: 'Salva' }).click()
  await expect(desk.page.getByLabel('E-mail')).toHaveAttribute('aria-invalid', 'true')
  await expect(desk.page.getByLabel('Cognome')).toHaveValue('Rossi 🦷')
})

test('numbers get names and marks', async ({ desk }) => {
  const { patient_id } = await newPatient(desk)
  await desk.open(`/it/patients/${patient_id}`)
  const numbers = desk.page.getByRole('region', { name: 'Numeri' })
  await numbers.getByRole('button', { name: /^Azioni per il numero/ }).click()
  await desk.page.getByRole('menuitem', { name: 'Segna come verificato' }).click()
  await expect(numbers.getByText(/Verificato il/)).toBeVisible()
  await numbers.getByRole('button', { name: /^Azioni per il numero/ }).click()
  await desk.page.getByRole('menuitem', { name: 'Dai un nome…' }).click()
  await desk.page.getByLabel('Nome del numero').fill('madre')
  await desk.page.keyboard.press('Enter')
  await expect(numbers.getByText(/madre/)).toBeVisible()
  await numbers.getByRole('button', { name: /^Azioni per il numero/ }).click()
  await desk.page.getByRole('menuitem', { name: 'Segna come errato' }).click()
  await expect(numbers.getByText(/Errato dal/)).toBeVisible()
})

test('relations and consents are recorded, and a consent is never rewritten', async ({ desk }) => {
  const { patient_id } = await newPatient(desk)
  await desk.open(`/it/patients/${patient_id}`)
  const family = desk.page.getByRole('region', { name: 'Famiglia e accompagnatori' })
  await family.getByRole('button', { name: 'Aggiungi' }).click()
  await family.getByLabel('Persona', { exact: true }).fill('dorato ant')
  await desk.page.getByRole('option', { name: /Antonio Dorato/ }).click()
  await family.getByLabel('Può essere informata del caso di questo paziente').check()
  await family.getByRole('button', { name: 'Salva' }).click()
  await expect(family.getByRole('link', { name: 'Antonio Dorato' })).toBeVisible()
  await expect(family.getByText('Può sapere del caso', { exact: true })).toBeVisible()

  const consents = desk.page.getByRole('region', { name: 'Consensi' })
  for (const state of ['Concesso', 'Revocato']) {
    await consents.getByRole('button', { name: 'Registra' }).click()
    await consents.getByLabel('Il paziente').selectOption(state)
    await consents.getByRole('button', { name: 'Registra' }).click()
    await expect(consents.getByText(state, { exact: true })).toBeVisible()
  }
  await expect(consents.getByText('Concesso', { exact: true })).toBeHidden()
  await consents.getByRole('button', { name: /Mostra il registro/ }).click()
  await expect(consents.getByText('Concesso', { exact: true })).toBeVisible()
  await expectAccessible(desk.page)
})

test.describe('as the auditor', () => {
  test.use({ role: 'auditor' })

  test('a patient can be read and not changed', async ({ desk }) => {
    await desk.open('/it/patients?search=dorato')
    await desk.page.getByRole('link', { name: 'Antonio Dorato' }).first().click()
    await expect(desk.page.getByRole('heading', { name: 'Antonio Dorato', level: 1 })).toBeVisible()
    for (const name of ['Modifica', 'Aggiungi', 'Registra', 'Nuovo caso']) {
      await expect(desk.page.getByRole('button', { name })).toBeHidden()
    }
  })
})

let made = 0
/** Somebody nobody else in this run has touched. */
function newPatient(desk: { ask<T>(method: string, path: string, data?: unknown): Promise<T> }): Promise<Saved> {
  const number = `+39 351 ${String(Date.now()).slice(-6)}${++made % 10}`
  return desk.ask('POST', '/api/cases', {
    first_name: 'Prova',
    last_name: `Paziente ${made}`,
    phone: number,
    clinic: 'Centro Oculistico Roma',
  })
}
