import type { Frame, Page } from '@playwright/test'
import { expectAccessible } from './desk.ts'
import type { Program } from './program.ts'
import { ask, connector, crm, expect, signIn, stranger, test, vendor } from './two-sites.ts'

/*
 * Two sites that have nothing in common, over TLS, in a browser that keeps the cookies of one out of the other: what an
 * agent has who works in a platform's desktop all day.
 */

const panel = `${crm}/embed/${connector}`
const agent = 'Giulia Ferri'

/** One task of the desktop; whatever frame there was is gone. */
async function openTask(page: Page): Promise<Frame> {
  await page.evaluate((src) => (globalThis as unknown as { open_task(src: string): void }).open_task(src), panel)
  const frame = await (await page.waitForSelector('iframe')).contentFrame()
  return frame!
}

async function openDesktop(page: Page, at = vendor): Promise<Frame> {
  await page.goto(at)
  return openTask(page)
}

const way = (frame: Frame) => frame.getByRole('button', { name: 'Accedi' })
const atWork = (frame: Frame) => frame.getByRole('button', { name: 'Esci dal pannello' })

/** By the window that the panel opens; whoever is signed in there need not do anything. */
async function signInToPanel(page: Page, frame: Frame, who?: string) {
  const opening = page.waitForEvent('popup')
  await way(frame).click()
  const popup = await opening
  if (who) await popup.getByRole('button', { name: who }).click()
  if (!popup.isClosed()) await popup.waitForEvent('close')
  await expect(atWork(frame)).toBeVisible()
}

let calls = 0
/** A call of Antonio Dorato to our agent, told by a platform. */
async function ring({ url, key }: Program) {
  const call_id = `frame-${++calls}`
  const tell = async (event: string, more: object = {}) => {
    const headers = { 'content-type': 'application/json', 'x-api-key': key }
    const body = JSON.stringify({
      call_id,
      event,
      from: '+39 333 222 4444',
      agent: 'giulia.ferri@clinicacrm.example',
      ...more,
    })
    const response = await fetch(`${url}/api/calls/events`, { method: 'POST', headers, body })
    expect(response.status).toBe(200)
    return (await response.json()) as { delivered: boolean }
  }
  return { tell, delivered: (await tell('ringing')).delivered }
}

test('only a site of the list may show the panel', async ({ page }) => {
  await expect(way(await openDesktop(page))).toBeVisible()
  await page.goto(stranger)
  const refusal = page.waitForEvent('console', (message) => message.text().includes('frame-ancestors'))
  const frame = await openTask(page)
  await refusal
  await expect(way(frame)).toBeHidden()
})

test('whoever is signed in to our window is nobody in the frame, and its cookies do not get there', async ({
  page,
}) => {
  await signIn(page, agent)
  expect((await ask(page, 'GET', '/api/session')).text).toContain(agent)
  const frame = await openDesktop(page)
  await expect(way(frame)).toBeVisible()
  expect(await frame.content()).not.toContain(agent)
  expect((await ask(frame, 'GET', '/api/session')).status).toBe(401)
  // Nor would any cookie that is not kept apart for each site.
  const kept = await frame.evaluate(() => {
    document.cookie = 'probe=1; Secure; SameSite=None; Path=/'
    return document.cookie
  })
  expect(kept).not.toContain('probe')
  await page.setViewportSize({ width: 380, height: 640 })
  await expectAccessible(page)
})

test('one signs in once: ten tasks later, and after a reload, the panel knows who it is', async ({ page, context }) => {
  const frame = await openDesktop(page)
  await signInToPanel(page, frame, agent)
  for (let tasks = 0; tasks < 10; tasks++) await expect(atWork(await openTask(page))).toBeVisible()
  await page.reload()
  const after = await openTask(page)
  await expect(atWork(after)).toBeVisible()

  const cookies = (await context.cookies(crm)).filter(({ name }) => name.includes('clinicacrm_frame'))
  expect(cookies).toHaveLength(1)
  expect(cookies[0]).toMatchObject({ name: '__Host-clinicacrm_frame', secure: true, httpOnly: true, sameSite: 'None' })
  expect(cookies[0]!.partitionKey).toContain('https://vendor.example')
  // What is signed in here is good for the panel only: not for a question without its name, nor in another site's frame.
  expect((await ask(after, 'GET', '/api/session')).status).toBe(401)
  await page.goto(`${crm}${new URL(panel).pathname}`)
  await expect(page.getByRole('button', { name: 'Accedi' })).toBeVisible()
})

test('where one is signed in already, the window comes and goes by itself', async ({ page }) => {
  await signIn(page, agent)
  const frame = await openDesktop(page)
  await signInToPanel(page, frame)
  await expect(frame.getByText(agent)).toBeVisible()
  await expect(frame.getByText('In attesa di chiamate')).toBeVisible()
})

test('a call shows who rings and why, and what is written stays whatever becomes of the frame', async ({
  page,
  sites,
}) => {
  const first = await openDesktop(page)
  await page.setViewportSize({ width: 380, height: 640 })
  const listening = page.waitForResponse(/\/api\/live\?frame=/)
  await signInToPanel(page, first, agent)
  await listening
  const call = await ring(sites.program)
  expect(call.delivered).toBe(true)
  await expect(first.getByRole('heading', { name: 'Antonio Dorato' })).toBeVisible()
  await expect(first.getByText('Ultimi contatti')).toBeVisible()
  await expectAccessible(page)

  await call.tell('answered')
  const note = (frame: Frame) => frame.getByRole('textbox', { name: 'Nota della chiamata' })
  await note(first).fill('Chiede se può')
  // At once: nothing waits for the server.
  const second = await openTask(page)
  await expect(note(second)).toHaveValue('Chiede se può')
  await note(second).fill('Chiede se può venire sabato')
  for (let tasks = 0; tasks < 10; tasks++) await expect(note(await openTask(page))).toHaveValue(/sabato$/)
  await page.reload()
  const last = await openTask(page)
  await expect(note(last)).toHaveValue('Chiede se può venire sabato')

  const opening = page.waitForEvent('popup')
  await last.getByRole('button', { name: 'Apri', exact: true }).click()
  const tab = await opening
  await expect(tab).toHaveURL(/\/it\/cases\/\d+$/)
  await expect(tab.getByText('Antonio Dorato').first()).toBeVisible()
  await call.tell('ended')
  await expect(last.getByText('Chiamata finita', { exact: true })).toBeVisible()
})

test('leaving the panel leaves the window signed in, and the other way round', async ({ page, context }) => {
  await signIn(page, agent)
  const frame = await openDesktop(page)
  await signInToPanel(page, frame)
  const own = await context.newPage()
  await own.goto(`${crm}/it/settings/security`)
  await expect(own.getByText('nel pannello di Twilio Flex').first()).toBeVisible()
  await frame.getByRole('button', { name: 'Esci dal pannello' }).click()
  await expect(way(frame)).toBeVisible()
  expect((await ask(own, 'GET', '/api/session')).status).toBe(200)

  await signInToPanel(page, frame)
  expect((await ask(own, 'DELETE', '/api/session')).status).toBe(204)
  await expect(atWork(await openTask(page))).toBeVisible()
})

test('tickets that the platform’s own page makes up are not even tried', async ({ page }) => {
  const frame = await openDesktop(page)
  const opening = page.waitForEvent('popup')
  await way(frame).click()
  const popup = await opening
  const tried: string[] = []
  page.on('request', (request) => tried.push(request.url()))
  await page.evaluate(() => {
    const target = document.querySelector('iframe')!.contentWindow!
    for (let i = 0; i < 20; i++) target.postMessage({ kind: 'clinicacrm.frame_ticket', state: '', ticket: 'x' }, '*')
  })
  await expect(frame.getByText('Completare l’accesso')).toBeVisible()
  expect(tried.filter((url) => url.endsWith('/api/session/frame'))).toEqual([])
  await popup.close()
})

test('a window that a stranger opens hands its ticket to nobody', async ({ page }) => {
  await signIn(page, agent)
  await page.goto(stranger)
  const opening = page.waitForEvent('popup')
  await page.evaluate(
    (url) => void window.open(url),
    `${crm}/it/embed-sign-in?connector=${connector}&challenge=${'A'.repeat(43)}&state=s`,
  )
  const popup = await opening
  if (!popup.isClosed()) await popup.waitForEvent('close')
  expect(await page.evaluate(() => (globalThis as unknown as { heard: string[] }).heard)).toEqual([])
})

test.describe('in a browser that lets frames keep nothing but their cookie', () => {
  test.use({ keepsStorage: false })

  test('one signs in all the same, hears calls, and the server keeps what is written', async ({ page, sites }) => {
    const frame = await openDesktop(page)
    const listening = page.waitForResponse(/\/api\/live\?frame=/)
    await signInToPanel(page, frame, agent)
    await listening
    const call = await ring(sites.program)
    await expect(frame.getByRole('heading', { name: 'Antonio Dorato' }).first()).toBeVisible()
    await call.tell('answered')
    await frame.getByRole('textbox', { name: 'Nota della chiamata' }).fill('Richiamare dopo le 17')
    // At once: the last words go to the server as the frame goes.
    const next = await openTask(page)
    await expect(next.getByRole('textbox', { name: 'Nota della chiamata' })).toHaveValue('Richiamare dopo le 17')
    await call.tell('ended')
  })
})
