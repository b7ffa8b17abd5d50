import type { CaseView } from '@clinicacrm/contract/cases.ts'
import { openNewCase } from './cases.ts'
import { type Desk, expect, expectAccessible, test } from './desk.ts'

test.use({ role: 'agent' })

test('an unknown caller is saved with a surname and Enter, once the clinic is known', async ({ desk }) => {
  const { page } = desk
  await desk.open('/it/cases/new?phone=%2B39%20347%20555%200101')
  await expect(page.getByRole('textbox', { name: 'Cognome' })).toBeFocused()
  await expect(page.getByRole('textbox', { name: 'Telefono' })).toHaveValue('+39 347 555 0101')
  await page.keyboard.type('Bianchetti')
  await page.keyboard.press('Enter')
  await expect(page.getByText('Scegliere la clinica.')).toBeVisible()
  await page.getByRole('combobox', { name: 'Clinica' }).click()
  await page.getByRole('option', { name: 'Centro Oculistico Roma' }).click()
  await page.getByRole('button', { name: 'Salva il caso' }).click()
  await expect(page.getByRole('heading', { name: 'Bianchetti' })).toBeVisible()

  // The clinic is remembered: the next lead needs nothing but a surname.
  await desk.open('/it/cases/new?phone=+393475550102')
  await expect(page.getByRole('textbox', { name: 'Cognome' })).toBeFocused()
  await page.keyboard.type('Zuccarello')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('heading', { name: 'Zuccarello' })).toBeVisible()
  const id = page.url().split('/').at(-1)
  expect(await desk.ask<CaseView>('GET', `/api/cases/${id}`)).toMatchObject({
    phone: '+39 347 555 0102',
    channel: 'PHONE',
    clinic: 'Centro Oculistico Roma',
    assigned_to: 'giulia.ferri@clinicacrm.example',
  })
})

test('N opens the form from anywhere', async ({ desk }) => {
  const { page } = desk
  await desk.open('/it/cases')
  await expect(page.getByRole('heading', { name: 'Casi' })).toBeVisible()
  await page.keyboard.press('n')
  await expect(page.getByRole('textbox', { name: 'Cognome' })).toBeFocused()
})

test('whoever may be the caller is offered while one types, and chosen without leaving the form', async ({ desk }) => {
  const { page } = desk
  await desk.open('/it/cases/new?phone=%20390622224444')
  const aside = page.getByRole('region', { name: 'Forse è già registrato' })
  await expect(aside.getByText('Antonio Dorato')).toBeVisible()
  await expect(aside.getByText('Sara Dorato')).toBeVisible()
  await expect(aside.getByText('Stesso numero').first()).toBeVisible()
  await page.getByRole('textbox', { name: 'Nome', exact: true }).fill('Antonio')
  await page.getByRole('textbox', { name: 'Cognome' }).fill('Dorato')
  await expect(aside.getByRole('listitem').first()).toContainText('Antonio Dorato')
  await expect(aside.getByRole('listitem').first()).toContainText('Nome simile')
  await expect(aside.getByRole('link', { name: /Apri il caso 9/ })).toBeVisible()
  await expectAccessible(page)

  await chooseClinic(desk)
  await page.getByRole('textbox', { name: 'Cognome' }).press('Enter')
  await expect(page.getByText(/Antonio Dorato sembra già registrato/).last()).toBeVisible()
  await expect(page.getByRole('button', { name: 'Salva come nuova persona' })).toBeVisible()

  await page.getByRole('textbox', { name: 'Cognome' }).press('Alt+1')
  await expect(page.getByRole('region', { name: 'Paziente già registrato' })).toContainText('Antonio Dorato')
  await page.getByRole('button', { name: 'Salva il caso' }).click()
  await expect(page.getByRole('heading', { name: 'Antonio Dorato' })).toBeVisible()
  const id = page.url().split('/').at(-1)
  expect(await desk.ask<CaseView>('GET', `/api/cases/${id}`)).toMatchObject({ patient_id: '4' })
})

test('the number that a known patient calls from is added to theirs', async ({ desk }) => {
  const { page } = desk
  const known = await openNewCase(desk, { first_name: 'Ginevra', last_name: 'Quattrocchi' })
  await desk.open('/it/cases/new?phone=%2B39%20347%20555%200199')
  await page.getByRole('textbox', { name: 'Nome', exact: true }).fill('Ginevra')
  await page.getByRole('textbox', { name: 'Cognome' }).fill('Quattrocchi')
  await page.getByRole('button', { name: /Ginevra Quattrocchi/ }).click()
  await expect(page.getByRole('checkbox', { name: 'Aggiungi il numero ai suoi recapiti' })).toBeChecked()
  await chooseClinic(desk)
  await page.getByRole('button', { name: 'Salva il caso' }).click()
  await expect(page.getByRole('button', { name: 'Copia il numero +39 347 555 0199' })).toBeVisible()
  expect(await desk.ask('GET', `/api/patients/${known.patient_id}`)).toMatchObject({ phone: '+39 347 555 0199' })
})

test('a server that breaks while saving makes no second case, and nothing typed is lost', async ({ desk }) => {
  const { page } = desk
  await desk.open('/it/cases/new?phone=%2B39%20347%20555%200103')
  await page.getByRole('textbox', { name: 'Cognome' }).fill('Interrotti 🙂 <b>')
  await chooseClinic(desk)
  // The server took it; only its answer was lost.
  await page.route(
    '**/api/cases',
    async (route) => {
      await route.fetch()
      await route.abort()
    },
    { times: 1 },
  )
  await page.getByRole('button', { name: 'Salva il caso' }).click()
  await expect(page.getByText(/Il server non risponde/).last()).toBeVisible()
  await page.reload()
  await expect(page.getByRole('textbox', { name: 'Cognome' })).toHaveValue('Interrotti 🙂 <b>')
  await expect(page.getByText(/Bozza ripristinata/)).toBeVisible()
  await page.getByRole('button', { name: /^Salva|^Riprova/ }).click()
  const again = page.getByRole('button', { name: 'Salva come nuova persona' })
  await expect(again.or(page.getByRole('heading', { name: 'Interrotti 🙂 <b>' }))).toBeVisible()
  if (await again.isVisible()) await again.click()
  await expect(page.getByRole('heading', { name: 'Interrotti 🙂 <b>' })).toBeVisible()
  const { cases } = await desk.ask<{ cases: unknown[] }>('GET', '/api/cases?search=Interrotti')
  expect(cases).toHaveLength(1)
})

test('a session that ends in the middle of a form loses nothing', async ({ desk }) => {
  const { page } = desk
  await desk.open('/it/cases/new?phone=%2B39%20347%20555%200104')
  await page.getByRole('textbox', { name: 'Cognome' }).fill('Scadutelli')
  await chooseClinic(desk)
  await desk.ask('DELETE', '/api/session')
  await page.getByRole('button', { name: 'Salva il caso' }).click()
  await page.getByRole('button', { name: 'Continua come Giulia Ferri' }).click()
  await expect(page.getByRole('textbox', { name: 'Cognome' })).toHaveValue('Scadutelli')
  await page.getByRole('button', { name: 'Riprova a salvare' }).click()
  await expect(page.getByRole('heading', { name: 'Scadutelli' })).toBeVisible()
})

test('what cannot be so is said beside its field; a number that cannot be read is kept and marked', async ({
  desk,
}) => {
  const { page } = desk
  await desk.open('/it/cases/new')
  await page.getByRole('button', { name: 'Salva il caso' }).click()
  await expect(page.getByText('Scrivere almeno il cognome o il nome.')).toBeVisible()
  await expect(page.getByText(/Scrivere un numero di telefono/)).toBeVisible()
  await expect(page.getByRole('textbox', { name: 'Cognome' })).toBeFocused()
  await page.getByRole('textbox', { name: 'Cognome' }).fill('Illeggibili')
  await page.getByRole('textbox', { name: 'Telefono' }).fill('chiedere alla figlia')
  await chooseClinic(desk)
  await page.getByRole('button', { name: 'Altri dati' }).click()
  await page.getByRole('textbox', { name: 'E-mail' }).fill('non-una-mail')
  await page.getByRole('button', { name: 'Salva il caso' }).click()
  await expect(page.getByText(/Scrivere un indirizzo e-mail/)).toBeVisible()
  await page.getByRole('textbox', { name: 'E-mail' }).fill('')
  await page.getByRole('button', { name: /^Salva|^Riprova/ }).click()
  await expect(page.getByRole('heading', { name: 'Illeggibili' })).toBeVisible()
  await expect(page.getByText('chiedere alla figlia').first()).toBeVisible()
  await expect(page.getByText('Non leggibile').first()).toBeVisible()
})

async function chooseClinic({ page }: Desk) {
  const clinic = page.getByRole('combobox', { name: 'Clinica' })
  if ((await clinic.inputValue()) !== '') return
  await clinic.click()
  await page.getByRole('option', { name: 'Centro Oculistico Roma' }).click()
}
