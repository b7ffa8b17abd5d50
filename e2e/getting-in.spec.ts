import type { Role } from '@clinicacrm/contract/permissions.ts'
import { expect, expectAccessible, test } from './desk.ts'

test.use({ role: null })

const seen: Record<Role, { button: RegExp; sections: string[] }> = {
  agent: { button: /^Operatore/, sections: ['Profilo', 'Sicurezza', 'Cliniche'] },
  team_lead: {
    button: /^Responsabile di gruppo/,
    sections: ['Profilo', 'Sicurezza', 'Cliniche', 'Telefonia', 'Connettori'],
  },
  clinic_admin: {
    button: /^Amministratore di clinica/,
    sections: ['Profilo', 'Sicurezza', 'Utenti', 'Cliniche', 'Trattamenti', 'Telefonia', 'Connettori', 'Chiavi API'],
  },
  integrator: {
    button: /^Integratore/,
    sections: ['Profilo', 'Sicurezza', 'Cliniche', 'Telefonia', 'Connettori', 'Chiavi API', 'Richieste', 'Webhook'],
  },
  auditor: { button: /^Revisore/, sections: ['Profilo', 'Sicurezza', 'Cliniche', 'Telefonia', 'Connettori'] },
  owner: {
    button: /^Titolare/,
    sections: [
      'Profilo',
      'Sicurezza',
      'Utenti',
      'Cliniche',
      'Trattamenti',
      'Telefonia',
      'Connettori',
      'Chiavi API',
      'Richieste',
      'Webhook',
      'Organizzazione',
    ],
  },
}
for (const [role, { button, sections }] of Object.entries(seen)) {
  test(`one click signs in as ${role}, who sees the sections of that role and no other`, async ({ desk }) => {
    const { page } = desk
    await desk.open('/it/settings/security')
    await expect(page).toHaveURL(/\/it\/sign-in\?next=/)
    await page.getByRole('button', { name: button }).click()
    await expect(page).toHaveURL(/\/it\/settings\/security$/)
    const list = page.getByRole('navigation', { name: 'Impostazioni' })
    await expect(list.getByRole('link')).toHaveText(sections.map((name) => new RegExp(`^${name}`)))
    if (!sections.includes('Organizzazione')) {
      await desk.open('/it/settings/organisation')
      await expect(page.getByText('Questa sezione non è accessibile')).toBeVisible()
    }
  })
}

test('a wrong password is said once, keeps the address, and is ready to be typed over', async ({ desk }) => {
  const { page } = desk
  await desk.open('/it/sign-in')
  await page.getByLabel('E-mail').fill('giulia')
  await page.keyboard.press('Enter')
  await expect(page.getByText('Questo non sembra un indirizzo e-mail.')).toBeVisible()
  await page.getByLabel('E-mail').fill('giulia.ferri@clinicacrm.example')
  await page.getByLabel('Password', { exact: true }).fill('not this one')
  await page.keyboard.press('Enter')
  await expect(page.getByText(/E-mail o password non corrette/)).toBeVisible()
  await expect(page.getByLabel('E-mail')).toHaveValue('giulia.ferri@clinicacrm.example')
  await expect(page.getByLabel('Password', { exact: true })).toBeFocused()
  await expectAccessible(page)
})

test('after too many tries it is said how long to wait', async ({ desk }) => {
  const { page, program } = desk
  const data = { email: 'nobody@clinicacrm.example', password: 'guessed' }
  const headers = { origin: program.url, 'x-clinicacrm': '1' }
  await expect(async () => {
    expect((await page.request.post(`${program.url}/api/session`, { data, headers })).status()).toBe(429)
  }).toPass()
  await desk.open('/it/sign-in')
  await page.getByLabel('E-mail').fill(data.email)
  await page.getByLabel('Password', { exact: true }).fill(data.password)
  await page.getByRole('button', { name: 'Accedi' }).click()
  await expect(page.getByText(/Troppi tentativi. Riprovare tra \d+ minuti/)).toBeVisible()
})

test('an address that leads elsewhere is not followed after the sign-in', async ({ desk }) => {
  await desk.open('/it/sign-in?next=//example.org/it/')
  await desk.page.getByRole('button', { name: /^Operatore/ }).click()
  await expect(desk.page).toHaveURL(`${desk.program.url}/it/`)
})

test('whoever is signed in already is led past the sign-in', async ({ desk }) => {
  await desk.ask('POST', '/api/session/demo', { role: 'agent' })
  await desk.open('/it/sign-in?next=/it/patients')
  await expect(desk.page).toHaveURL(/\/it\/patients$/)
})

test('language and colours change on the page before the sign-in, and fit a phone', async ({ desk }) => {
  const { page } = desk
  await page.setViewportSize({ width: 320, height: 640 })
  await desk.open('/it/sign-in')
  await page.getByLabel('E-mail').fill('a@b.example')
  await page.getByRole('button', { name: 'Lingua: Italiano' }).click()
  await page.getByRole('menuitem', { name: 'English' }).click()
  await expect(page.getByRole('heading', { name: 'Sign in', level: 1 })).toBeVisible()
  await expect(page.getByLabel('E-mail')).toHaveValue('a@b.example')
  await page.getByRole('button', { name: 'Switch to dark colours' }).click()
  await expect(page.locator('html')).toHaveAttribute('data-mantine-color-scheme', 'dark')
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(320)
})

test('a session that ends while somebody writes is taken up again, and nothing typed is lost', async ({ desk }) => {
  const { page } = desk
  await desk.ask('POST', '/api/session/demo', { role: 'agent' })
  await desk.open('/it/settings/profile')
  await page.getByLabel('Nome e cognome').fill('Giulia Ferri Bianchi')
  await page.context().clearCookies()
  await page.getByRole('button', { name: 'Salva' }).click()
  const dialog = page.getByRole('dialog', { name: 'La sessione è terminata' })
  await expect(dialog.getByLabel('E-mail')).toHaveValue('giulia.ferri@clinicacrm.example')
  await expectAccessible(page)
  await dialog.getByRole('button', { name: 'Continua come Giulia Ferri' }).click()
  await expect(dialog).toBeHidden()
  await expect(page.getByLabel('Nome e cognome')).toHaveValue('Giulia Ferri Bianchi')
  await page.getByRole('button', { name: 'Salva' }).click()
  await expect(page.getByRole('button', { name: 'Salva' })).toBeDisabled()
  await desk.ask('PATCH', '/api/profile', { name: 'Giulia Ferri' })
})

test('without a mail server the forgotten password says whom to ask', async ({ desk }) => {
  await desk.open('/it/forgot-password')
  await expect(desk.page.getByText('Qui non è possibile inviare e-mail')).toBeVisible()
  await expectAccessible(desk.page)
})
