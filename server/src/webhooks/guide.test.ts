import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { webhookEvents } from '@clinicacrm/contract/webhook-events.ts'
import { webhookPayload } from '@clinicacrm/contract/webhooks.ts'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { saveCase } from '../cases/cases.ts'
import { type Clinic, openClinic, type SignedIn } from '../testing/harness.ts'
import { delivering, queued, webhookTo } from '../testing/hooked.ts'
import { openReceiver } from '../testing/receiver.ts'
import { retryAfterMs } from './deliver.ts'

/* docs/webhooks.md: every block of it is run here. */
const page = readFileSync(new URL('../../../docs/webhooks.md', import.meta.url), 'utf8')
const blocks = [...page.matchAll(/```(\w+)\n([\s\S]*?)```/g)].map(([, language, text]) => ({ language, text: text! }))
const [payload, headers, receiver, library] = blocks

let clinic: Clinic
let owner: SignedIn
let folder: string
const modules = fileURLToPath(new URL('../../../node_modules', import.meta.url))
beforeAll(async () => {
  clinic = await openClinic({ env: { OUTGOING_ALLOWED_HOSTS: '127.0.0.1' } })
  owner = await clinic.signsIn('owner')
  folder = mkdtempSync(join(tmpdir(), 'clinicacrm-webhooks-'))
  symlinkSync(modules, join(folder, 'node_modules'))
})
afterAll(async () => {
  rmSync(folder, { recursive: true, force: true })
  await clinic.close()
})

test('there is no block but those that are tried below', () => {
  expect(blocks.map(({ language }) => language)).toEqual(['json', 'http', 'js', 'js'])
})

test('the table lists every event with what it means', () => {
  for (const [name, text] of Object.entries(webhookEvents)) expect(page).toContain(`| \`${name}\` | ${text} |`)
})

test('the schedule is the one that holds', () => {
  const minutes = retryAfterMs.map((ms) => ms / 60_000)
  expect(minutes).toEqual([5 / 60, 5, 30, 120, 300, 600, 840, 1_200, 1_440])
  expect(page).toContain('after 5 seconds, 5 and 30 minutes, 2, 5, 10, 14, 20 and 24 hours')
})

test('body and headers are what is really sent, and the line with the library reads them', async () => {
  const target = await openReceiver()
  const { id, secret } = await webhookTo(owner, target, { events: ['case.status_changed'] })
  const kase = await clinic.opens()
  await saveCase(clinic.work, kase.id, { status: 'APPUNTAMENTO', follow_up_date: '2026-12-01' })
  const post = delivering(clinic)
  await expect.poll(() => target.received.length, { timeout: 8_000 }).toBe(1)
  await post.stop()
  const [sent] = target.received
  const shown = webhookPayload.parse(JSON.parse(payload!.text))
  const body = JSON.parse(sent!.body)
  expect(Object.keys(body)).toEqual(Object.keys(shown))
  expect(Object.keys(body.data).toSorted()).toEqual(Object.keys(shown.data).toSorted())
  for (const line of headers!.text.trim().split('\n')) {
    const [name = '', value = ''] = line.split(': ')
    expect(sent!.headers[name]?.length, name).toBe(value.length)
  }
  const file = join(folder, 'library.mjs')
  writeFileSync(file, library!.text)
  const { eventOf } = (await import(pathToFileURL(file).href)) as { eventOf: (...args: unknown[]) => unknown }
  expect(eventOf(secret, sent!.headers, sent!.body)).toEqual(body)
  await clinic.rows('delete from webhooks where id = $1', [id])
  await target.close()
})

test('the receiver takes what is ours, once, and refuses what is not', async () => {
  const { id, secret } = await webhookTo(owner, { url: 'http://127.0.0.1:9/' })
  const file = join(folder, 'receiver.mjs')
  writeFileSync(file, receiver!.text)
  const child = spawn(process.execPath, [file], {
    env: { PORT: '0', WEBHOOK_SECRET: secret },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const lines = createInterface(child.stdout)[Symbol.asyncIterator]()
  const said = async () => (await lines.next()).value as string
  const port = /\d+$/.exec(await said())![0]
  const url = `http://127.0.0.1:${port}/`
  await owner.ask('PATCH', `/api/webhooks/${id}`, { json: { url } })
  const post = delivering(clinic)
  const kase = await clinic.opens()
  expect(await said()).toBe(`case.created ${kase.id}`)
  const statuses = async () => (await queued(clinic, id)).map(({ state, last_status }) => [state, last_status])
  await expect.poll(statuses, { timeout: 8_000 }).toEqual([['delivered', 204]])
  const forged = await fetch(url, {
    method: 'POST',
    body: '{}',
    headers: {
      'webhook-id': 'evt_1',
      'webhook-timestamp': String(Math.floor(Date.now() / 1000)),
      'webhook-signature': 'v1,AAAA',
    },
  })
  expect(forged.status).toBe(401)
  expect((await fetch(url, { method: 'POST', body: '{}' })).status).toBe(401)
  // Sent again under the same id it is taken and says nothing; the next one does.
  const [first] = await queued(clinic, id)
  await owner.ask('POST', `/api/webhooks/${id}/deliveries/${first!.id}/replay`)
  await expect.poll(async () => (await queued(clinic, id))[0]?.last_status, { timeout: 8_000 }).toBe(204)
  const other = await clinic.opens()
  expect(await said()).toBe(`case.created ${other.id}`)
  await post.stop()
  child.kill()
  await once(child, 'close')
})
