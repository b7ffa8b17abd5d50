import { createHmac } from 'node:crypto'
import { once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import type { IncomingHttpHeaders } from 'node:http'
import { createServer, type Server } from 'node:https'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from '@playwright/test'
import { selfSigned } from './certificate.ts'
import { expect, expectAccessible, test as base } from './desk.ts'
import { startProgram } from './program.ts'

type Received = { headers: IncomingHttpHeaders; body: string }
/** Somebody's server on this machine, over HTTPS, with a certificate that the program was told to believe. */
type Receiver = { url: string; received: Received[]; says(status: number, text?: string): void }

const test = base.extend<object, { receiver: Receiver }>({
  receiver: [
    // oxlint-disable-next-line no-empty-pattern -- Playwright reads the parameter's names
    async ({}, use) => {
      const received: Received[] = []
      let [status, text] = [204, '']
      const server: Server = createServer(identity, (request, response) => {
        let body = ''
        request.on('data', (chunk: Buffer) => (body += chunk.toString()))
        request.on('end', () => {
          received.push({ headers: request.headers, body })
          response.writeHead(status).end(text)
        })
      }).listen(0, '127.0.0.1')
      await once(server, 'listening')
      const { port } = server.address() as AddressInfo
      const says = (next: number, nextText = '') => void ([status, text] = [next, nextText])
      await use({ url: `https://localhost:${port}/hooks`, received, says })
      server.closeAllConnections()
      server.close()
    },
    { scope: 'worker' },
  ],
  program: [
    // oxlint-disable-next-line no-empty-pattern -- Playwright reads the parameter's names
    async ({}, use) => {
      const folder = mkdtempSync(join(tmpdir(), 'clinicacrm-e2e-ca-'))
      const file = join(folder, 'receiver.pem')
      writeFileSync(file, identity.cert)
      const program = await startProgram('demo', { OUTGOING_ALLOWED_HOSTS: 'localhost', NODE_EXTRA_CA_CERTS: file })
      await use(program)
      await program.stop()
      rmSync(folder, { recursive: true, force: true })
    },
    { scope: 'worker' },
  ],
})
const identity = selfSigned('localhost')

test.use({ role: 'integrator' })

/** As a receiver without any library. */
function isSigned({ headers, body }: Received, secret: string) {
  const key = Buffer.from(secret.replace('whsec_', ''), 'base64')
  const signed = `${headers['webhook-id'] as string}.${headers['webhook-timestamp'] as string}.${body}`
  const signature = `v1,${createHmac('sha256', key).update(signed).digest('base64')}`
  return String(headers['webhook-signature']).split(' ').includes(signature)
}

const secretIn = (page: Page) => page.getByRole('dialog').getByLabel('Segreto', { exact: true }).inputValue()

test('a webhook is set up, tried, rotated, watched and removed', async ({ desk, receiver }) => {
  test.setTimeout(120_000)
  const { page } = desk
  await desk.open('/it/settings/webhooks')
  await expect(page.getByText('Nessun webhook', { exact: true })).toBeVisible()
  await expectAccessible(page)

  await page.getByRole('button', { name: 'Crea un webhook' }).first().click()
  const panel = page.getByRole('dialog')
  await panel.getByRole('button', { name: 'Crea il webhook' }).click()
  await expect(panel.getByText(/^Indicare un indirizzo completo/)).toBeVisible()
  await expect(panel.getByText('Scegliere almeno un evento.')).toBeVisible()
  await expect(panel.getByLabel('Indirizzo')).toBeFocused()
  await expectAccessible(page)
  await panel.getByLabel('Indirizzo').fill('https://169.254.169.254/latest/meta-data')
  await panel.getByLabel(/case\.status_changed/).check()
  await panel.getByLabel(/note\.added/).check()
  await panel.getByRole('button', { name: 'Crea il webhook' }).click()
  await expect(panel.getByText(/^Questo indirizzo non è pubblico/)).toBeVisible()
  await panel.getByLabel('Indirizzo').fill(receiver.url)
  await panel.getByLabel('Descrizione').fill('Agenda delle visite')
  await panel.getByRole('button', { name: 'Crea il webhook' }).click()
  await expect(panel.getByText('Il segreto viene mostrato solo ora')).toBeVisible()
  const first = await secretIn(page)
  expect(first).toMatch(/^whsec_/)
  await expectAccessible(page)
  await panel.getByRole('button', { name: 'Segreto conservato' }).click()

  await page.getByRole('link', { name: 'Agenda delle visite' }).click()
  await expect(page.getByRole('heading', { name: 'Agenda delle visite', level: 1 })).toBeVisible()
  await page.getByRole('button', { name: 'Invia un evento di prova' }).click()
  await expect(panel.getByText('Consegnato', { exact: true })).toBeVisible()
  await expect(panel.getByText('HTTP 204')).toBeVisible()
  await expect(panel.getByText(/"type": "webhook.test"/)).toBeVisible()
  await expectAccessible(page)
  expect(isSigned(receiver.received[0]!, first)).toBe(true)
  await page.keyboard.press('Escape')
  await expect(panel).toBeHidden()

  await page.getByRole('button', { name: 'Ruota il segreto' }).click()
  const rotating = page.getByRole('dialog', { name: 'Ruotare il segreto' })
  await rotating.getByRole('button', { name: 'Ruota il segreto' }).click()
  await expect(page.getByText('Il segreto viene mostrato solo ora')).toBeVisible()
  const second = await secretIn(page)
  await page.getByRole('button', { name: 'Segreto conservato' }).click()
  await expect(page.getByText(/quello precedente firma ancora/)).toBeVisible()
  await page.getByRole('button', { name: 'Invia un evento di prova' }).click()
  await expect(panel.getByText('Consegnato', { exact: true })).toBeVisible()
  for (const secret of [first, second]) expect(isSigned(receiver.received[1]!, secret)).toBe(true)
  await page.keyboard.press('Escape')

  receiver.says(500, '<b>Agenda</b> non disponibile')
  await page.getByRole('button', { name: 'Invia un evento di prova' }).click()
  await expect(panel.getByText('Abbandonato', { exact: true })).toBeVisible()
  await expect(panel.getByText('<b>Agenda</b> non disponibile')).toBeVisible()
  receiver.says(204)
  await panel.getByRole('button', { name: 'Invia di nuovo' }).click()
  await expect(panel.getByText('Consegnato', { exact: true })).toBeVisible()
  await page.keyboard.press('Escape')

  await page.getByRole('button', { name: 'Rimuovi' }).click()
  await page
    .getByRole('dialog', { name: /^Rimuovere il webhook/ })
    .getByRole('button', { name: 'Rimuovi' })
    .click()
  await expect(page.getByText('Nessun webhook', { exact: true })).toBeVisible()
})

test('what happens to a case arrives, and what was given up is sent again', async ({ desk, program, receiver }) => {
  const { page } = desk
  const made = await desk.ask<{ id: string; secret: string }>('POST', '/api/webhooks', {
    url: receiver.url,
    events: ['case.status_changed', 'note.added'],
  })
  const came = receiver.received.length
  const headers = { 'x-api-key': program.key, 'content-type': 'application/json' }
  const change = (status: string) => {
    const body = JSON.stringify({ status, follow_up_date: '2027-03-01' })
    return fetch(`${program.url}/api/cases/9`, { method: 'PATCH', headers, body })
  }
  expect((await change('PREVENTIVO')).status).toBe(200)
  await expect.poll(() => receiver.received.length).toBe(came + 1)
  const arrived = receiver.received[came]!
  expect(isSigned(arrived, made.secret)).toBe(true)
  expect(JSON.parse(arrived.body)).toMatchObject({
    type: 'case.status_changed',
    data: { case_id: '9', to: 'PREVENTIVO' },
  })
  expect(arrived.body).not.toMatch(/Dorato|2222/)

  receiver.says(410)
  expect((await change('IN_PAUSA')).status).toBe(200)
  await desk.open(`/it/settings/webhooks/${made.id}`)
  await expect(page.getByText(/^Fermato: il destinatario ha risposto/)).toBeVisible()
  await expectAccessible(page)
  receiver.says(204)
  await page.getByRole('button', { name: 'Riattiva' }).click()
  await expect(page.getByText('Attivo', { exact: true })).toBeVisible()
  await page.getByRole('combobox', { name: 'Stato' }).click()
  await page.getByRole('option', { name: 'Abbandonati' }).click()
  await expect(page.getByRole('row', { name: /Stato cambiato/ })).toHaveCount(1)
  await page.getByRole('button', { name: 'Invia di nuovo quella abbandonata' }).click()
  await expect(page.getByText('Nessuna consegna con questi filtri.')).toBeVisible()
  await expect.poll(() => receiver.received.length).toBe(came + 3)
  await desk.ask('DELETE', `/api/webhooks/${made.id}`)
})

test('on a phone nothing is cut off, whatever an address looks like', async ({ desk, receiver }) => {
  const { page } = desk
  const made = await desk.ask<{ id: string }>('POST', '/api/webhooks', {
    url: `${receiver.url}?${'indirizzo'.repeat(40)}`,
    description: 'lunga '.repeat(30) + 'x'.repeat(80),
    events: ['case.created', 'call.ended'],
  })
  await page.setViewportSize({ width: 320, height: 640 })
  for (const path of ['', `/${made.id}`, '?open=new', `/${made.id}?open=edit`]) {
    await desk.open(`/es/settings/webhooks${path}`)
    await page.getByRole('heading', { level: 1 }).waitFor()
    await expect(page.locator('[aria-busy]')).toHaveCount(0)
    expect(await page.evaluate(() => document.documentElement.scrollWidth), path).toBeLessThanOrEqual(320)
    expect(await page.locator('main').evaluate((main) => main.scrollWidth - main.clientWidth), path).toBe(0)
    await expectAccessible(page)
  }
  await desk.ask('DELETE', `/api/webhooks/${made.id}`)
})
