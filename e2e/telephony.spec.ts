import { expect, expectAccessible, test } from './desk.ts'

const page = '/it/settings/telephony'

test.describe('as the integrator', () => {
  test.use({ role: 'integrator' })

  test('a line’s address is shown once, its curl line works, and what arrives is seen on the line', async ({
    desk,
  }) => {
    test.setTimeout(120_000)
    await desk.open(page)
    await expect(desk.page.getByRole('button', { name: 'Aggiungi linea' })).toBeVisible()
    await expectAccessible(desk.page)
    await desk.page.getByRole('button', { name: 'Aggiungi linea' }).click()
    const panel = desk.page.getByRole('dialog')
    await panel.getByRole('button', { name: 'Aggiungi linea' }).click()
    await expect(panel.getByText('Indicare il nome della linea.')).toBeVisible()
    await expectAccessible(desk.page)
    await panel.getByLabel('Nome', { exact: true }).fill('Centralino <b>Roma</b>')
    await panel.getByRole('button', { name: 'Aggiungi linea' }).click()
    const url = await panel.getByLabel('Indirizzo', { exact: true }).inputValue()
    const curl = await panel.getByLabel('Per provarlo in un terminale').inputValue()
    await expectAccessible(desk.page)
    await panel.getByRole('button', { name: 'Indirizzo conservato' }).click()

    const row = desk.page.getByRole('row', { name: /Centralino <b>Roma<\/b>/ })
    await expect(row.getByText('In attesa')).toBeVisible()
    expect((await asCurl(curl)).status).toBe(200)
    expect((await send(url, { event: 'ringing' })).status).toBe(400)
    await desk.page.reload()
    await expect(row.getByText('Con errori')).toBeVisible()
    const ringing = { event: 'ringing', call_id: 'c-1', from: '+39 06 2222 4444', agent: '204' }
    expect((await send(url, ringing)).status).toBe(200)
    await desk.page.reload()
    await expect(row.getByText('Funziona')).toBeVisible()
    await row.getByRole('button').click()
    await expect(panel.getByText(/^Ricevuti 2 eventi, l’ultimo: /)).toBeVisible()
    await expect(panel.getByText(/^call_id: /)).toBeVisible()
    await expect(panel.getByText(url)).toHaveCount(0)
    await expectAccessible(desk.page)

    await panel.getByRole('button', { name: 'Nuovo indirizzo' }).click()
    await desk.page
      .getByRole('dialog', { name: /^Nuovo indirizzo per/ })
      .getByRole('button')
      .last()
      .click()
    const renewed = await panel.getByLabel('Indirizzo', { exact: true }).inputValue()
    expect((await send(url, ringing)).status).toBe(404)
    expect((await send(renewed, ringing)).status).toBe(200)
    await panel.getByRole('button', { name: 'Indirizzo conservato' }).click()
  })

  test('an extension is given to an agent, also one that just rang for nobody', async ({ desk }) => {
    test.setTimeout(120_000)
    const { url } = await desk.ask<{ url: string }>('POST', '/api/telephony/lines', {
      connector: 'own-json',
      name: 'Interni',
      settings: { provider: 'interni' },
    })
    await send(url, { event: 'ringing', call_id: 'i-1', from: '+39 06 2222 4444', agent: '318' })
    await desk.open(page)
    const unknown = desk.page.getByRole('combobox', { name: 'Chi è 318' })
    await expect(unknown).toBeVisible()
    await expectAccessible(desk.page)
    await unknown.fill('Giulia')
    await desk.page.getByRole('option', { name: 'Giulia Ferri' }).click()
    const agents = desk.page.getByRole('table', { name: 'Operatori' })
    await expect(agents.getByRole('row', { name: /Giulia Ferri.*318.*Interno/ })).toBeVisible()
    await expect(unknown).toHaveCount(0)

    await desk.page.getByRole('button', { name: 'Associa un operatore' }).click()
    const panel = desk.page.getByRole('dialog')
    await panel.getByRole('button', { name: 'Aggiungi' }).click()
    await expect(panel.getByText('Indicare il nome usato dal centralino.')).toBeVisible()
    await expectAccessible(desk.page)
    await panel.getByRole('combobox', { name: 'Persona' }).fill('Davide')
    await desk.page.getByRole('option', { name: 'Davide Rizzo' }).click()
    await panel.getByLabel('Nome nel centralino').fill('305')
    await panel.getByRole('button', { name: 'Aggiungi' }).click()
    await expect(agents.getByRole('row', { name: /Davide Rizzo.*305/ })).toBeVisible()

    await desk.page.getByRole('button', { name: 'Associa un operatore' }).click()
    await panel.getByRole('combobox', { name: 'Persona' }).fill('Giulia')
    await desk.page.getByRole('option', { name: 'Giulia Ferri' }).click()
    await panel.getByLabel('Nome nel centralino').fill('305')
    await panel.getByRole('button', { name: 'Aggiungi' }).click()
    await expect(panel.getByText('Questo nome indica già una persona.')).toBeVisible()
    await panel.getByLabel('Nome nel centralino').fill('306')
    await panel.getByRole('button', { name: 'Aggiungi' }).click()
    await agents.getByRole('button', { name: 'Rimuovi: 306, Giulia Ferri' }).click()
    await desk.page
      .getByRole('dialog', { name: /^Rimuovi: 306/ })
      .getByRole('button', { name: 'Rimuovi' })
      .click()
    await expect(agents.getByText('306')).toHaveCount(0)
  })

  test('a number of ours says its clinic, its language and its campaign', async ({ desk }) => {
    await desk.open(`${page}?open=number`)
    const panel = desk.page.getByRole('dialog')
    await panel.getByLabel('Numero', { exact: true }).fill('nessuno')
    await panel.getByRole('button', { name: 'Aggiungi numero' }).click()
    await expect(panel.getByText('Indicare un numero di telefono valido.')).toBeVisible()
    await panel.getByLabel('Numero', { exact: true }).fill('+39 06 5550 1900')
    await panel.getByLabel('Nome', { exact: true }).fill('Linea occhi')
    await panel.getByRole('combobox', { name: 'Clinica' }).click()
    await desk.page.getByRole('option', { name: 'Centro Oculistico Roma' }).click()
    await panel.getByRole('combobox', { name: 'Lingua' }).click()
    await desk.page.getByRole('option', { name: 'Español' }).click()
    await panel.getByLabel('Campagna').fill('Primavera 2026')
    await expectAccessible(desk.page)
    await panel.getByRole('button', { name: 'Aggiungi numero' }).click()
    const row = desk.page.getByRole('row', { name: /5550 1900/ })
    await expect(row).toContainText('Linea occhi')
    await expect(row.getByRole('cell').nth(1)).toHaveText('Centro Oculistico Roma')
    await expect(row.getByRole('cell').nth(2)).toHaveText('Español')
    await expect(row.getByRole('cell').nth(3)).toHaveText('Primavera 2026')

    await desk.page.getByRole('button', { name: 'Aggiungi numero' }).click()
    await panel.getByLabel('Numero', { exact: true }).fill('06 55501900')
    await panel.getByRole('button', { name: 'Aggiungi numero' }).click()
    await expect(panel.getByText('Questo numero c’è già.')).toBeVisible()
  })

  test('the sites that may frame the panel are ticked or written, and what is no site is refused', async ({ desk }) => {
    await desk.open(page)
    const row = desk.page.getByRole('row', { name: /^Genesys Cloud/ })
    await row.getByRole('button').click()
    const panel = desk.page.getByRole('dialog')
    await panel.getByRole('checkbox', { name: 'https://apps.mypurecloud.de' }).check()
    await panel.getByLabel('Altri siti').fill('https://telefonia.clinica.example\nhttp://apps.example/desk')
    await panel.getByRole('button', { name: 'Salva' }).click()
    await expect(panel.getByText(/^Questo non è l’indirizzo di un sito.*http:\/\/apps\.example\/desk$/)).toBeVisible()
    await expect(panel.getByLabel('Altri siti')).toBeFocused()
    await expectAccessible(desk.page)
    await panel.getByLabel('Altri siti').fill('https://telefonia.clinica.example')
    await panel.getByRole('button', { name: 'Salva' }).click()
    await expect(row.getByRole('cell').last()).toHaveText(/apps\.mypurecloud\.de.*telefonia\.clinica\.example/)
    await expectAccessible(desk.page)
  })
})

test.describe('as the owner', () => {
  test.use({ role: 'owner' })

  test('a clinic’s hours are changed, and what makes no sense is said in its place', async ({ desk }) => {
    await desk.open('/it/settings/clinics')
    await desk.page.getByRole('button', { name: 'Centro Oculistico Torino' }).click()
    const panel = desk.page.getByRole('dialog')
    await panel.getByRole('tab', { name: 'Orari' }).click()
    await panel.getByLabel('lunedì, fascia 1: alle').fill('13')
    await panel.getByRole('button', { name: 'Aggiungi una fascia: lunedì' }).click()
    await panel.getByLabel('lunedì, fascia 2: dalle').fill('12.30')
    await panel.getByLabel('lunedì, fascia 2: alle').fill('18')
    await panel.getByRole('button', { name: 'Aggiungi giorno' }).click()
    const added = panel.getByRole('group', { name: /^Giorno di chiusura/ }).last()
    await panel.getByRole('button', { name: 'Salva' }).click()
    await expect(panel.getByText('Si sovrappone a un’altra fascia.')).toBeVisible()
    await expect(panel.getByText('Indicare il giorno.')).toBeVisible()
    await expect(panel.getByLabel('lunedì, fascia 2: dalle')).toBeFocused()
    await expectAccessible(desk.page)
    await panel.getByLabel('lunedì, fascia 2: dalle').fill('14')
    await panel.getByRole('button', { name: 'Copia il lunedì fino al venerdì' }).click()
    await panel.getByLabel('Non dopo le').fill('19:30')
    await added.getByLabel('Giorno', { exact: true }).fill('2029-12-27')
    await added.getByLabel('Motivo').fill('Inventario')

    // What is typed in the other tab is not lost, and is not forgotten either.
    await panel.getByRole('tab', { name: 'Dati' }).click()
    await panel.getByLabel('Indirizzo').fill('Via Po 1')
    await panel.getByRole('button', { name: 'Salva' }).click()
    await expect(added.getByLabel('Motivo')).toHaveValue('Inventario')
    await expect(added.getByLabel('Motivo')).toBeVisible()
    await panel.getByRole('button', { name: 'Salva' }).click()
    await expect(panel).toBeHidden()

    await desk.page.getByRole('button', { name: 'Centro Oculistico Torino' }).click()
    await panel.getByRole('tab', { name: 'Orari' }).click()
    await expect(panel.getByLabel('venerdì, fascia 2: dalle')).toHaveValue('14:00')
    await expect(panel.getByLabel('Non dopo le')).toHaveValue('19:30')
    await expect(added.getByLabel('Motivo')).toHaveValue('Inventario')
    await expect(panel.getByRole('button', { name: 'Salva' })).toBeDisabled()
  })
})

test.describe('as an agent', () => {
  test.use({ role: 'agent' })

  test('telephony is not there, and a clinic’s hours can be read', async ({ desk }) => {
    await desk.open(page)
    await expect(desk.page.getByText('Questa sezione non è accessibile')).toBeVisible()
    await expect(desk.page.getByRole('link', { name: 'Telefonia' })).toHaveCount(0)
    await desk.open('/it/settings/clinics')
    await expect(desk.page.getByRole('button', { name: 'Aggiungi clinica' })).toHaveCount(0)
    await desk.page
      .getByRole('button', { name: /^Centro Oculistico/ })
      .first()
      .click()
    const panel = desk.page.getByRole('dialog')
    await expect(
      panel.getByText('Nessuno viene richiamato prima delle 09:00 o dopo le', { exact: false }),
    ).toBeVisible()
    await expect(panel.getByRole('textbox')).toHaveCount(0)
    await expectAccessible(desk.page)
  })
})

const send = (url: string, body: object) =>
  fetch(url, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) })

/** What a terminal would do with the line. */
function asCurl(line: string) {
  const [, url, type, body] = /^curl "([^"]+)" -H "content-type: ([^"]+)" -d '(.+)'$/.exec(line)!
  return fetch(url!, { method: 'POST', headers: { 'content-type': type! }, body: body! })
}
