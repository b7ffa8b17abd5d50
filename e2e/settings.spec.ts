import type { Page } from '@playwright/test'
import { type Desk, expect, expectAccessible, test } from './desk.ts'

const hostile = 'Sede <script>alert(1)</script> 🦷 שלום ' + 'lunga '.repeat(12)

test.describe('as the owner', () => {
  test.use({ role: 'owner' })

  test('every section is readable in light and dark, in three languages, down to a phone', async ({ desk }) => {
    test.setTimeout(240_000)
    const { page } = desk
    const paths = ['profile', 'security', 'users', 'clinics', 'treatments', 'telephony', 'api-keys', 'organisation']
    for (const [i, path] of paths.entries()) {
      await desk.open(`/${['it', 'en', 'es'][i % 3]}/settings/${path}`)
      await page.getByRole('heading', { level: 1 }).waitFor()
      await expect(page.locator('[aria-busy]')).toHaveCount(0)
      await expectAccessible(page)
    }
    await page.setViewportSize({ width: 320, height: 640 })
    for (const path of paths) {
      await desk.open(`/it/settings/${path}`)
      await page.getByRole('heading', { level: 1 }).waitFor()
      await expect(page.locator('[aria-busy]')).toHaveCount(0)
      expect(await page.evaluate(() => document.documentElement.scrollWidth), path).toBeLessThanOrEqual(320)
      expect(await page.locator('main').evaluate((main) => main.scrollWidth - main.clientWidth), path).toBe(0)
    }
  })

  test('on a phone the sections are a list, and each leads back to it', async ({ desk }) => {
    const { page } = desk
    await page.setViewportSize({ width: 390, height: 844 })
    await desk.open('/it/settings')
    await expect(page.getByRole('heading', { name: 'Impostazioni', level: 1 })).toBeVisible()
    await expectAccessible(page)
    await page.getByRole('link', { name: /^Chiavi API/ }).click()
    await expect(page.getByRole('heading', { name: 'Chiavi API', level: 1 })).toBeVisible()
    await page.locator('main').getByRole('link', { name: 'Impostazioni' }).click()
    await expect(page.getByRole('link', { name: /^Utenti/ })).toBeVisible()
  })

  test('a key is created, its curl line works, it is rotated, paused and revoked', async ({ desk }) => {
    test.setTimeout(120_000)
    const { page } = desk
    await desk.open('/it/settings/api-keys')
    await page.getByRole('button', { name: 'Crea una chiave' }).click()
    const panel = page.getByRole('dialog')
    await panel.getByRole('button', { name: 'Crea la chiave' }).click()
    await expect(panel.getByText('Indicare a quale programma serve la chiave.')).toBeVisible()
    await expectAccessible(page)
    await panel.getByLabel('Nome', { exact: true }).fill('Genesys <b>Cloud</b>')
    await panel.getByLabel('Indirizzi da cui può essere usata').fill('127.0.0.0/8, ::1, qui')
    await panel.getByRole('radio', { name: 'Per il saluto' }).check()
    await panel.getByRole('button', { name: 'Crea la chiave' }).click()
    await expect(panel.getByText('Questo non è un indirizzo né un intervallo: qui')).toBeVisible()
    await panel.getByLabel('Indirizzi da cui può essere usata').fill('127.0.0.0/8\n::1')
    await panel.getByRole('button', { name: 'Crea la chiave' }).click()

    const first = await secretShown(page)
    await expectAccessible(page)
    const found = await asCurl(first.curl)
    expect(found.status).toBe(200)
    expect(found.body).toMatchObject({ found: true, patient: { name: 'Antonio Dorato' } })
    expect(JSON.stringify(found.body)).not.toContain('SMILE')
    await panel.getByRole('button', { name: 'Chiave conservata' }).click()

    const row = page.getByRole('button', { name: 'Genesys <b>Cloud</b>' })
    await row.click()
    await panel.getByRole('button', { name: 'Ruota' }).click()
    const rotating = page.getByRole('dialog', { name: /^Ruotare la chiave/ })
    await rotating.getByLabel('Ore di sovrapposizione').fill('0')
    await rotating.getByRole('button', { name: 'Ruota' }).click()
    const second = await secretShown(page)
    expect(second.key).not.toBe(first.key)
    expect((await asCurl(second.curl)).status).toBe(200)
    await expect.poll(async () => (await asCurl(first.curl)).status, { timeout: 10_000 }).toBe(401)
    await page.getByRole('button', { name: 'Chiave conservata' }).click()

    await panel.getByRole('button', { name: 'Sospendi' }).click()
    await expect(panel.getByText('Sospesa')).toBeVisible()
    await expect.poll(async () => (await asCurl(second.curl)).status, { timeout: 10_000 }).toBe(401)
    await panel.getByRole('button', { name: 'Riattiva' }).click()
    await expect(panel.getByText('Attiva', { exact: true })).toBeVisible()

    await panel.getByRole('button', { name: 'Revoca' }).click()
    const revoking = page.getByRole('dialog', { name: /^Revocare la chiave/ })
    await revoking.getByLabel(/^Per confermare/).fill('Genesys')
    await revoking.getByRole('button', { name: 'Revoca' }).click()
    await expect(revoking.getByText('Il nome non corrisponde.')).toBeVisible()
    await expectAccessible(page)
    await revoking.getByLabel(/^Per confermare/).fill('Genesys <b>Cloud</b>')
    await revoking.getByRole('button', { name: 'Revoca' }).click()
    await expect(panel.getByText('Revocata', { exact: true })).toBeVisible()
    await expect.poll(async () => (await asCurl(second.curl)).status, { timeout: 10_000 }).toBe(401)
  })

  test('the use of a key is a chart and a table', async ({ desk }) => {
    const { page, program } = desk
    await asCurl(`curl "${program.url}/api/lookup?phone=0622224444" -H "x-api-key: ${program.key}"`)
    await desk.open('/it/settings/api-keys')
    await expect(async () => {
      await page.reload()
      await expect(page.getByRole('img', { name: /nelle ultime 24 ore/ }).first()).toHaveAccessibleName(/^(?!0 )/)
    }).toPass({ timeout: 20_000 })
    await page.getByRole('button', { name: 'Demo', exact: true }).click()
    await expect(page.getByRole('img', { name: /di cui rifiutate/ })).toBeVisible()
    await expectAccessible(page)
    await page.getByText('Settimana', { exact: true }).click()
    await page.getByRole('button', { name: 'Mostra come tabella' }).click()
    await expect(page.getByRole('columnheader', { name: 'Accolte' })).toBeVisible()
    await expectAccessible(page)
  })

  test('a clinic is added and changed, and a name that is taken is said beside its field', async ({ desk }) => {
    const { page } = desk
    await desk.open('/it/settings/clinics')
    await page.getByRole('button', { name: 'Aggiungi clinica' }).click()
    const panel = page.getByRole('dialog')
    await panel.getByLabel('Nome', { exact: true }).fill('Centro Oculistico Roma')
    await panel.getByRole('button', { name: 'Aggiungi clinica' }).click()
    await expect(panel.getByText('Esiste già una clinica con questo nome o con questo codice.')).toBeVisible()
    await panel.getByLabel('Nome', { exact: true }).fill(hostile)
    await panel.getByLabel('Codice').fill('HOSTILE')
    await panel.getByLabel('Città').fill('Palermo')
    await expectAccessible(page)
    await panel.getByRole('button', { name: 'Aggiungi clinica' }).click()
    await expect(panel).toBeHidden()

    await page.getByRole('button', { name: hostile.trim() }).click()
    await panel.getByLabel('Telefono').fill('+39 091 555 0100')
    await page.keyboard.press('Escape')
    const asking = page.getByRole('dialog', { name: 'Chiudere senza salvare?' })
    await asking.getByRole('button', { name: 'Annulla' }).click()
    await panel.getByRole('button', { name: 'Salva' }).click()
    await expect(page.getByRole('cell', { name: '+39 091 555 0100' })).toBeVisible()
    await expect(page.getByRole('button', { name: hostile.trim() })).toBeFocused()
  })

  test('a treatment is added and retired', async ({ desk }) => {
    const { page } = desk
    await desk.open('/it/settings/treatments')
    await page.getByRole('button', { name: 'Aggiungi trattamento' }).click()
    const panel = page.getByRole('dialog')
    await panel.getByLabel('Nome', { exact: true }).fill('Blefaroplastica')
    await panel.getByLabel('Codice').fill('BLEFARO')
    await panel.getByLabel('Area').click()
    await page.getByRole('option', { name: 'Estetica' }).click()
    await panel.getByRole('button', { name: 'Aggiungi trattamento' }).click()
    const row = page.getByRole('row', { name: /Blefaroplastica/ })
    await expect(row.getByText('Estetica')).toBeVisible()
    await row.getByRole('button').click()
    await panel.getByRole('switch', { name: 'Si può scegliere nei casi' }).click()
    await panel.getByRole('button', { name: 'Salva' }).click()
    await expect(row.getByText('Non più offerto')).toBeVisible()
  })

  test('name, logo and colour of the organisation are seen by all, and a colleague’s save is not lost', async ({
    desk,
  }) => {
    const { page } = desk
    await desk.open('/it/settings/organisation')
    await page
      .locator('input[type="file"]')
      .setInputFiles({ name: 'logo.png', mimeType: 'image/png', buffer: picture() })
    await expect(page.getByRole('img', { name: 'Il logo su fondo chiaro' })).toBeVisible()
    await page.getByLabel('Colore dell’organizzazione').fill('#fde047')
    await expect(page.getByText(/Così com’è non si leggerebbe/)).toBeVisible()
    await page.getByLabel('Nome', { exact: true }).fill('Occhi & Sorrisi')
    await expectAccessible(page)

    await desk.ask('PATCH', '/api/organisation', { country: 'ES' })
    await page.getByRole('button', { name: 'Salva' }).last().click()
    await expect(page.getByText(/Nel frattempo qualcun altro ha salvato/)).toBeVisible()
    await expect(page.getByLabel('Nome', { exact: true })).toHaveValue('Occhi & Sorrisi')
    await page.getByRole('button', { name: 'Salva' }).last().click()
    await expect(page.getByRole('link', { name: 'Occhi & Sorrisi' }).locator('img')).toBeVisible()
    await expectAccessible(page)

    const { organisation } = await desk.ask<{ organisation: Record<string, string> }>('GET', '/api/front-door')
    expect(organisation).toMatchObject({ name: 'Occhi & Sorrisi', accent: '#fde047' })
    expect(organisation.logo).toMatch(/^data:image\/(png|webp);base64,/)
    expect(organisation.logo!.length).toBeLessThan(137_000)
    await desk.ask('PATCH', '/api/organisation', { name: 'Centro Oculistico', accent: null, logo: null, country: 'IT' })
  })

  test('what each role may is a table', async ({ desk }) => {
    await desk.open('/it/settings/users')
    await desk.page.getByRole('button', { name: 'Che cosa può ogni ruolo' }).first().click()
    const row = desk.page.getByRole('row', { name: /^Modificare l’organizzazione/ })
    await expect(row.getByRole('cell')).toHaveText(['no', 'no', 'no', 'no', 'no', 'sì'])
    await expectAccessible(desk.page)
  })

  test('the profile keeps what is typed, and language and colours follow at once', async ({ desk }) => {
    const { page } = desk
    await desk.open('/it/settings/profile')
    await page.getByLabel('Nome e cognome').fill('Alessandra <i>Moretti</i>')
    await page.reload()
    await expect(page.getByLabel('Nome e cognome')).toHaveValue('Alessandra <i>Moretti</i>')
    await page.getByRole('button', { name: 'Salva' }).click()
    await expect(page.getByRole('button', { name: 'Menu di Alessandra <i>Moretti</i>' })).toBeVisible()
    await page.getByRole('radio', { name: 'Scuro' }).check()
    await expect(page.locator('html')).toHaveAttribute('data-mantine-color-scheme', 'dark')
    await page.getByRole('combobox', { name: 'Lingua' }).click()
    await page.getByRole('option', { name: 'English' }).click()
    await expect(page.getByRole('heading', { name: 'Profile', level: 1 })).toBeVisible()
    await expect(page).toHaveURL(/\/en\/settings\/profile$/)
    await desk.ask('PATCH', '/api/profile', {
      name: 'Alessandra Moretti',
      locale: 'it',
      preferences: { color_scheme: null },
    })
  })

  test('when the server is gone in the middle of a save, it is said, and what was typed is there', async ({ desk }) => {
    const { page } = desk
    await desk.open('/it/settings/clinics?open=new')
    const panel = page.getByRole('dialog')
    await panel.getByLabel('Nome', { exact: true }).fill('Centro Oculistico Bari')
    await page.route('**/api/clinics', (route) => route.abort())
    await panel.getByRole('button', { name: 'Aggiungi clinica' }).click()
    await expect(panel.getByText(/Il server non risponde/)).toBeVisible()
    await expect(panel.getByLabel('Nome', { exact: true })).toHaveValue('Centro Oculistico Bari')
  })
})

test.describe('as an administrator of some clinics', () => {
  test.use({ role: 'clinic_admin' })

  test('only roles and clinics that one has oneself can be given', async ({ desk }) => {
    const { page } = desk
    await desk.open('/it/settings/users?open=new')
    const panel = page.getByRole('dialog')
    await expect(panel.getByRole('radio')).toHaveCount(3)
    await expect(panel.getByRole('switch')).toHaveCount(0)
    await panel.getByLabel('Nome e cognome').fill('Nino Bixio')
    await panel.getByLabel('E-mail').fill('nino.bixio@clinicacrm.example')
    await panel.getByRole('button', { name: 'Invita', exact: true }).click()
    await expect(panel.getByLabel('Collegamento dell’invito')).toHaveValue(/\/it\/invitation\//)
    await panel.getByRole('button', { name: 'Chiudi' }).last().click()
    await revokeInvitationOf(desk, 'nino.bixio@clinicacrm.example')
  })
})

test.describe('as the integrator', () => {
  test.use({ role: 'integrator' })

  test('a key can be given no more than one may oneself', async ({ desk }) => {
    await desk.open('/it/settings/api-keys?open=new')
    const scopes = desk.page.getByRole('dialog').getByRole('checkbox', { name: /\w:\w/ })
    await expect(scopes).toHaveCount(4)
    await expect(scopes.first()).toBeChecked()
  })
})

async function secretShown(page: Page) {
  const dialog = page.getByRole('dialog')
  const key = await dialog.getByLabel('Chiave', { exact: true }).inputValue()
  const curl = await dialog.getByLabel('Per provarla in un terminale').inputValue()
  expect(curl).toContain(key)
  return { key, curl }
}

/** What a terminal would do with the line. */
async function asCurl(line: string) {
  const [, url, name, value] = /^curl "([^"]+)" -H "([^:]+): ([^"]+)"$/.exec(line)!
  const response = await fetch(url!, { headers: { [name!]: value! } })
  return { status: response.status, body: (await response.json()) as object }
}

async function revokeInvitationOf(desk: Desk, email: string) {
  const { invitations } = await desk.ask<{ invitations: { id: string; email: string }[] }>('GET', '/api/users')
  await desk.ask('DELETE', `/api/invitations/${invitations.find((one) => one.email === email)!.id}`)
}

/** One red pixel. */
const picture = () =>
  Buffer.from(
    'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg==',
    'base64',
  )
