import { type Desk, expect, expectAccessible, test } from './desk.ts'

const page = '/it/settings/requests'

/** As a platform asks. */
async function lookup({ program }: Desk, query: Record<string, string>, key = program.key) {
  const response = await fetch(`${program.url}/api/lookup?${new URLSearchParams(query)}`, {
    headers: { 'x-api-key': key },
  })
  return response.status
}

test.describe('as the integrator', () => {
  test.use({ role: 'integrator' })

  test('a number is explained: what was read, what was compared, which cases', async ({ desk }) => {
    await desk.open(page)
    await expectAccessible(desk.page)
    await desk.page.getByRole('button', { name: 'Spiega' }).click()
    await expect(desk.page.getByText('Indicare un numero.')).toBeVisible()
    await desk.page.getByLabel('Numero, come lo invia la piattaforma').fill('tel:+390622224444')
    await desk.page.getByLabel('Confronta con un campo').fill('casa 06/2222.4444')
    await desk.page.keyboard.press('Enter')
    const explained = desk.page.getByRole('region', { name: 'Spiegazione' })
    await expect(explained.getByText('Trovato', { exact: true })).toBeVisible()
    await expect(explained.getByText('390622224444').first()).toBeVisible()
    await expect(explained.getByText('Stesso numero: verrebbe trovato.')).toBeVisible()
    await expect(explained.getByRole('row', { name: /Caso 9/ })).toBeVisible()
    await expect(explained.getByText('Dorato')).toHaveCount(0)
    await expectAccessible(desk.page)
    await desk.page.getByLabel('Numero, come lo invia la piattaforma').fill('ciao')
    await desk.page.keyboard.press('Enter')
    await expect(explained.getByText('Non è un numero')).toBeVisible()
  })

  test('what platforms asked is listed, filtered, opened and tried again', async ({ desk }) => {
    await lookup(desk, { phone: '+391234567890', provider: 'five9', conversation_id: 'console-1' })
    await lookup(desk, { phone: 'ciao', provider: 'five9' })
    await lookup(desk, { phone: '+39 06 2222 4444' }, 'not a key at all')
    await desk.open(page)
    const log = desk.page.getByRole('table', { name: 'Richieste ricevute' })
    await expect(log.getByText('Non trovato').first()).toBeVisible()
    await expect(log.getByText('Rifiutata (401)').first()).toBeVisible()
    await expect(log.getByText('+39…890').first()).toBeVisible()
    await desk.page.getByRole('combobox', { name: 'Esito' }).click()
    await desk.page.getByRole('option', { name: 'Non è un numero' }).click()
    await expect(log.getByText('Non trovato')).toHaveCount(0)
    await desk.page.getByRole('combobox', { name: 'Esito' }).click()
    await desk.page.getByRole('option', { name: 'Non trovato' }).click()
    await log.getByRole('row', { name: /five9/ }).first().getByRole('button').click()
    const panel = desk.page.getByRole('dialog', { name: 'Richiesta' })
    await expect(panel.getByText('console-1')).toBeVisible()
    await panel.getByRole('button', { name: 'Prova ora' }).click()
    await expect(panel.getByRole('region', { name: 'Spiegazione' }).getByText('Non trovato')).toBeVisible()
    await expect(panel.getByText('1234567890')).toHaveCount(0)
    await expectAccessible(desk.page)
    await desk.page.keyboard.press('Escape')
    await expect(panel).toBeHidden()
  })

  test('a sandbox key is made, and answered as the table says', async ({ desk }) => {
    await desk.open(page)
    await expect(desk.page.getByRole('row', { name: /\+39 06 5550 0503.*Non disponibile/ })).toBeVisible()
    await desk.page.getByRole('link', { name: 'Chiavi API' }).last().click()
    await desk.page.getByRole('button', { name: 'Crea una chiave' }).first().click()
    const panel = desk.page.getByRole('dialog')
    await panel.getByLabel('Nome', { exact: true }).fill('Prova del centralino')
    await panel.getByLabel('Chiave di prova').check()
    await expectAccessible(desk.page)
    await panel.getByRole('button', { name: 'Crea la chiave' }).click()
    const key = await panel.getByLabel('Chiave', { exact: true }).inputValue()
    expect(await lookup(desk, { phone: '+39 06 5550 0503' }, key)).toBe(503)
    expect(await lookup(desk, { phone: '+39 333 222 4444' }, key)).toBe(200)
    expect(await lookup(desk, { phone: '+39 347 555 0101' }, key)).toBe(404)
  })
})

test.describe('as an agent', () => {
  test.use({ role: 'agent' })

  test('the page explains that it is not for them', async ({ desk }) => {
    await desk.open(page)
    await expect(desk.page.getByText('Questa sezione non è accessibile')).toBeVisible()
  })
})
