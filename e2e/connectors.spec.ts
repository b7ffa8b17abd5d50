import { readFile } from 'node:fs/promises'
import type { Download } from '@playwright/test'
import { expect, expectAccessible, test } from './desk.ts'
import { hangUpAll, sitAt } from './telephone.ts'

const list = '/it/settings/connectors'
const genesys = `${list}/genesys-cloud`
const clientId = '25a05327-89f8-452a-9925-0095c08d8f46'

test.describe('as the owner', () => {
  test.use({ role: 'owner' })

  test('each platform says what it does and how it fares, and what was never tried says so', async ({ desk }) => {
    const { page } = desk
    await desk.open(list)
    const rows = page.getByRole('table', { name: 'Connettori' }).getByRole('row')
    await expect(rows.filter({ hasText: 'Genesys Cloud' })).toContainText('Riconosce chi chiama')
    await expectAccessible(page)
    await page.getByRole('link', { name: 'Genesys Cloud' }).click()
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('Genesys Cloud')
    const flow = page.getByRole('list', { name: 'Il percorso di una chiamata' })
    await expect(flow.getByRole('listitem')).toHaveCount(5)
    await expect(page.getByLabel('Riquadro da mostrare nella piattaforma')).toHaveValue(/\/embed\/genesys-cloud$/)
    await expect(page.getByLabel('Finestra con il telefono')).toHaveValue(/\/it\/phone\/genesys-cloud$/)
    await expectAccessible(page)
    await page.setViewportSize({ width: 390, height: 844 })
    await expectAccessible(page)
  })

  test('settings are drawn from what the connector says; what is wrong is said in its place, and nothing typed is lost', async ({
    desk,
  }) => {
    const { page } = desk
    await desk.open(genesys)
    const client = page.getByLabel('Client OAuth del telefono')
    await client.fill('non è un id')
    await page.getByRole('button', { name: 'Salva' }).click()
    await expect(page.getByText('Questo valore non è valido.')).toBeVisible()
    await expect(client).toBeFocused()
    await expectAccessible(page)

    await page.getByRole('link', { name: 'Telefonia' }).click()
    const asking = page.getByRole('dialog', { name: 'Chiudere senza salvare?' })
    await asking.getByRole('button', { name: 'Annulla' }).click()
    await expect(client).toHaveValue('non è un id')

    await client.fill(clientId)
    await page.getByRole('combobox', { name: 'Regione' }).click()
    await page.getByRole('option', { name: 'euc2.pure.cloud' }).click()
    await page.getByRole('button', { name: 'Salva' }).click()
    await expect(page.getByText('I file qui sotto ora contengono questi valori')).toBeVisible()
    await page.reload()
    await expect(client).toHaveValue(clientId)
    await expect(page.getByRole('combobox', { name: 'Regione' })).toHaveValue('euc2.pure.cloud')

    await client.fill('')
    await desk.ask('PUT', '/api/connectors/genesys-cloud', { settings: {} })
    await page.getByRole('button', { name: 'Salva' }).click()
    await expect(page.getByText('Nel frattempo qualcun altro ha salvato')).toBeVisible()
    await page.getByRole('button', { name: 'Salva' }).click()
    await expect(page.getByText('Salvato.')).toBeVisible()
    await desk.ask('PUT', '/api/connectors/genesys-cloud', { settings: {} })
  })

  test('what is downloaded holds this installation’s address, and no key', async ({ desk }) => {
    const { page, program } = desk
    await desk.open(genesys)
    const downloading = page.waitForEvent('download')
    await page.getByRole('link', { name: 'Scarica clinicacrm-lookup.custom.json' }).click()
    const text = await textOf(await downloading)
    expect(text).toContain(program.url)
    expect(text).not.toContain(program.key)
    expect(() => JSON.parse(text) as unknown).not.toThrow()
  })

  test('a test call shows what the platform would send, and its card appears', async ({ desk }) => {
    const { page } = desk
    await sitAt(desk, genesys)
    await page.getByLabel('Chi chiama').fill('+39 333 222 4444')
    await page.getByRole('button', { name: 'Fai squillare' }).click()
    const card = page.getByRole('region', { name: 'Chiamate' }).getByRole('article', { name: 'Antonio Dorato' })
    await expect(card).toBeVisible()
    await expect(page.getByText('Chi chiama è stato riconosciuto.')).toBeVisible()
    await expect(page.getByText(/^La scheda è arrivata a una pagina aperta/)).toBeVisible()
    await expect(page.getByRole('region', { name: 'Che cosa invierebbe la piattaforma' })).toContainText('"ani"')
    await expectAccessible(page)
    await page.getByLabel('Chi chiama').fill(' ')
    await page.getByRole('button', { name: 'Fai squillare' }).click()
    await expect(page.getByText('Indicare un numero.')).toBeVisible()
    await hangUpAll(desk)
  })

  test('a line of a platform is set up on its own page', async ({ desk }) => {
    const { page } = desk
    await desk.open(`${list}/own-json`)
    await page.getByRole('button', { name: 'Aggiungi linea' }).click()
    const panel = page.getByRole('dialog')
    await panel.getByLabel('Nome', { exact: true }).fill('Ponte di Roma')
    await expect(panel.getByLabel('Nome della piattaforma')).toHaveValue('api')
    await panel.getByRole('button', { name: 'Aggiungi linea' }).click()
    await expect(panel.getByLabel('Indirizzo', { exact: true })).toHaveValue(/\/events\/own-json\//)
    await panel.getByRole('button', { name: 'Indirizzo conservato' }).click()
    await expect(page.getByRole('row', { name: /Ponte di Roma/ })).toBeVisible()
    await desk.open(`${list}/cti-push`)
    await expect(page.getByText('Nessuna linea')).toBeVisible()
  })

  test('a secret is written once, never shown again, and taken away by a button only', async ({ desk }) => {
    const { page } = desk
    const line = () => desk.ask<Lines>('GET', '/api/telephony/lines').then(({ lines }) => lines.at(-1)!)
    await desk.open(`${list}/twilio-flex`)
    // What stands in the files is set for all, and what a line is believed by, on the line.
    await expect(page.getByLabel('Indirizzo delle Functions')).toBeVisible()
    await expect(page.getByLabel('Auth Token', { exact: true })).toHaveCount(0)
    await page.getByRole('button', { name: 'Aggiungi linea' }).click()
    const panel = page.getByRole('dialog')
    const token = panel.getByLabel('Auth Token', { exact: true })
    await panel.getByLabel('Nome', { exact: true }).fill('TaskRouter')
    await token.fill('s3cret-of-twilio')
    await panel.getByRole('button', { name: 'Aggiungi linea' }).click()
    await panel.getByRole('button', { name: 'Indirizzo conservato' }).click()
    expect(await line()).toMatchObject({ secrets_set: ['auth_token'] })

    await page.getByRole('button', { name: 'TaskRouter' }).click()
    await expect(token).toHaveValue('')
    await expect(panel.getByText('Salvato. Non viene più mostrato.')).toBeVisible()
    await expectAccessible(page)
    await panel.getByLabel('Nome', { exact: true }).fill('TaskRouter di Roma')
    await panel.getByRole('button', { name: 'Salva' }).click()
    await expect(panel).toBeHidden()
    expect(await line()).toMatchObject({ name: 'TaskRouter di Roma', secrets_set: ['auth_token'] })

    await page.getByRole('button', { name: 'TaskRouter di Roma' }).click()
    await panel.getByRole('button', { name: 'Rimuovi: Auth Token' }).click()
    await expect(panel.getByText('Sarà rimosso al salvataggio.')).toBeVisible()
    await panel.getByRole('button', { name: 'Salva' }).click()
    await expect(panel).toBeHidden()
    expect(await line()).toMatchObject({ secrets_set: [] })
  })

  test('a connector that there is not is said to be none', async ({ desk }) => {
    await desk.open(`${list}/nessuno`)
    await expect(desk.page.getByRole('alert').filter({ hasText: /\S/ })).toBeVisible()
  })
})

test.describe('as the head of a team', () => {
  test.use({ role: 'team_lead' })

  test('all can be read, and nothing changed', async ({ desk }) => {
    const { page } = desk
    await desk.open(genesys)
    await expect(page.getByLabel('Client OAuth del telefono')).toHaveAttribute('readonly', '')
    await expect(page.getByRole('button', { name: 'Salva' })).toHaveCount(0)
    await expect(page.getByRole('button', { name: 'Fai squillare' })).toHaveCount(0)
    await expectAccessible(page)
  })
})

test.describe('as an agent', () => {
  test.use({ role: 'agent' })

  test('the connectors are not there, and a telephone that nobody set up says so', async ({ desk }) => {
    const { page } = desk
    await desk.open(list)
    await expect(page.getByText('Questa sezione non è accessibile')).toBeVisible()
    await desk.open('/it/phone/amazon-connect')
    await expect(page.getByText('Amazon Connect non è ancora configurato')).toBeVisible()
    await expect(page.getByRole('banner').getByText('Giulia Ferri')).toBeVisible()
    await expectAccessible(page)
  })

  test('the page with a telephone lets in that telephone’s site alone, and says when it stays away', async ({
    desk,
  }) => {
    const { page } = desk
    await page.route('https://apps.mypurecloud.de/**', (route) => route.abort())
    const [response] = await Promise.all([
      page.waitForResponse(/\/it\/phone\/genesys-cloud$/),
      desk.open('/it/phone/genesys-cloud'),
    ])
    const headers = response.headers()
    expect(headers['content-security-policy']).toContain('frame-src https://apps.mypurecloud.de;')
    expect(headers['permissions-policy']).toContain('microphone=(self "https://apps.mypurecloud.de")')
    await expect(page.locator('iframe[title="Genesys Cloud"]')).toBeVisible()
    await expect(page.getByText(/^Genesys Cloud non è collegato/)).toBeVisible({ timeout: 30_000 })
    await expect(page.getByRole('button', { name: 'Ricarica' })).toBeVisible()
  })

  test('who follows a link to the telephone gets the page as the server sends it', async ({ desk }) => {
    const { page } = desk
    await desk.open('/it/cases')
    await page.getByRole('heading', { level: 1 }).waitFor()
    await page.evaluate(() => void setTimeout(() => history.pushState(null, '', '/it/phone/amazon-connect')))
    await expect(page.getByText('Amazon Connect non è ancora configurato')).toBeVisible()
  })

  test('without a telephone of ours, a number goes to the computer’s own, once', async ({ desk }) => {
    const { page } = desk
    const session = await page.context().newCDPSession(page)
    const asked: string[] = []
    session.on('Page.frameRequestedNavigation', ({ url }) => asked.push(url))
    await session.send('Page.enable')
    await desk.open('/it/callbacks')
    const link = page.locator('a[href^="tel:"]').first()
    const href = await link.getAttribute('href')
    await link.dblclick()
    await expect.poll(() => asked).toEqual([href])
    await page.waitForTimeout(500)
    expect(asked).toEqual([href])
  })
})

test.describe('as nobody', () => {
  test.use({ role: null })

  test('the telephone is reached by signing in', async ({ desk }) => {
    const { page } = desk
    await desk.open('/it/phone/amazon-connect')
    await page.getByRole('button', { name: 'Giulia Ferri' }).click()
    await expect(page.getByText('Amazon Connect non è ancora configurato')).toBeVisible()
  })
})

type Lines = { lines: { name: string; secrets_set: string[] }[] }

const textOf = async (download: Download) => readFile(await download.path(), 'utf8')
