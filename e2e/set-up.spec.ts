import { expect, expectAccessible, setUpCode } from './house.ts'
import { test as base } from './desk.ts'
import { type Program, startProgram } from './program.ts'

/** A program that nobody has set up yet. */
const test = base.extend<{ fresh: Program }>({
  fresh: async ({ page: _ }, use) => {
    const program = await startProgram('serve')
    await use(program)
    await program.stop()
  },
})

test.setTimeout(120_000)

test('whoever reads the terminal sets up a new installation and is at the first desk', async ({ page, fresh }) => {
  await page.goto(fresh.url)
  await expect(page).toHaveURL(/\/it\/set-up$/)
  await expect(page.getByRole('heading', { name: 'Prima configurazione' })).toBeVisible()
  await expect(page.getByRole('combobox', { name: 'Fuso orario' })).toHaveValue('Europe/Rome')
  await expect(page.getByRole('combobox', { name: 'Paese' })).toHaveValue('Italia')
  await expectAccessible(page)

  await page.getByRole('button', { name: 'Crea e accedi' }).click()
  await expect(page.getByText('Copiare qui il codice dal terminale.')).toBeVisible()
  await expect(page.getByLabel('Codice di configurazione')).toBeFocused()

  await page.getByLabel('Codice di configurazione').fill('AAAA-BBBB-CCCC-DDDD')
  await page.getByLabel('Nome dell’organizzazione').fill('Clinica <b>del</b> Sole 🦷')
  await page.getByLabel('Prima clinica').fill('Sede di Roma')
  await page.getByLabel('Città').fill('Roma')
  await page.getByLabel('Nome e cognome').fill('Ada Neri')
  await page.getByLabel('E-mail').fill('ada.neri@clinica.example')
  const password = page.getByLabel('Password', { exact: true })
  await password.fill('adaneri2026')
  await expect(page.getByText('Almeno 15 caratteri (ora 11)')).toBeVisible()

  await page.getByRole('button', { name: 'Crea e accedi' }).click()
  await expect(page.getByText('Questo codice non è quello del terminale.')).toBeVisible()
  await page.getByLabel('Codice di configurazione').fill(setUpCode(fresh).toLowerCase())
  await page.getByRole('button', { name: 'Crea e accedi' }).click()
  await expect(page.getByText('Troppo corta: servono almeno 15 caratteri.')).toBeVisible()
  await password.fill('aaaaaaaaaaaaaaaaaaaa')
  await page.getByRole('button', { name: 'Crea e accedi' }).click()
  await expect(page.getByText(/Questa password è tra le più comuni/)).toBeVisible()

  await page.getByRole('button', { name: 'Lingua: Italiano' }).click()
  await page.getByRole('menuitem', { name: 'Español' }).click()
  await expect(page.getByRole('heading', { name: 'Primera configuración' })).toBeVisible()
  await expect(page.getByLabel('Nombre de la organización')).toHaveValue('Clinica <b>del</b> Sole 🦷')
  await page.getByLabel('Contraseña', { exact: true }).fill('cuatro golondrinas en el tejado')
  await page.getByRole('button', { name: 'Crear y entrar' }).click()

  await expect(page).toHaveURL(/\/es\/$/)
  await expect(page.getByRole('link', { name: 'Clinica <b>del</b> Sole 🦷' })).toBeVisible()
  await page.goto(`${fresh.url}/es/settings/clinics`)
  await expect(page.getByRole('button', { name: 'Sede di Roma' })).toBeVisible()

  await page.context().clearCookies()
  await page.goto(`${fresh.url}/es/set-up`)
  await expect(page.getByRole('heading', { name: 'La instalación ya está configurada' })).toBeVisible()
  await page.getByRole('link', { name: 'Ir al inicio de sesión' }).click()
  await expect(page.getByRole('heading', { name: 'Iniciar sesión' })).toBeVisible()
})

test('the set-up page fits a phone', async ({ page, fresh }) => {
  await page.setViewportSize({ width: 320, height: 640 })
  await page.goto(`${fresh.url}/en/set-up`)
  await expect(page.getByRole('heading', { name: 'First set-up' })).toBeVisible()
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(320)
})
