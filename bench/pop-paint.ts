import { existsSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import { chromium, type Page } from '@playwright/test'
import { type Agent, openPopHouse, type PopHouse, tellOf } from './pop-house.ts'
import { openStreams } from './pop-stream.ts'
import type { Figure } from './pops.ts'
import { makeQuestions } from './questions.ts'

/** What the page keeps of itself: when each new card had been painted, by the machine's clock. */
type Kept = { paintedAt: number[] }

const barMs = 250
const browsers = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome', chromium.executablePath()]
const warmUps = 5

/**
 * From the moment the event is sent until the agent's card has been painted, on one clock: the page and the telephone
 * system run on the same machine. While each is measured, a call rings at a colleague too.
 */
export async function measurePaint(options: { calls: number; agents: number; patients: number }): Promise<Figure[]> {
  await using stack = new AsyncDisposableStack()
  const house = await openPopHouse(stack, options)
  const server = await house.serve()
  stack.defer(() => server.stop())
  const [watched, ...colleagues] = house.agents
  await openStreams(stack, server.url, colleagues)
  const page = await openDesk(stack, server.url, watched!)
  const { mixed } = await makeQuestions(house.database, options.patients)
  const times: number[] = []
  for (let n = 0; n < options.calls + warmUps; n++) {
    const colleague = colleagues[n % colleagues.length]
    const ms = await ring(page, server.url, house, { n, from: mixed[n]!.text, watched: watched!, colleague })
    if (n >= warmUps) times.push(ms)
  }
  const sorted = times.toSorted((a, b) => a - b)
  const at = (share: number) => sorted[Math.min(sorted.length - 1, Math.ceil(sorted.length * share) - 1)]!
  const measured = `${at(0.95).toFixed(0)} ms (p50 ${at(0.5).toFixed(0)}, longest ${at(1).toFixed(0)})`
  return [
    {
      what: `event sent → card painted, p95 of ${times.length} calls, ${house.agents.length} agents connected`,
      wanted: `≤ ${barMs} ms`,
      measured,
      kept: at(0.95) <= barMs,
    },
    await asReported(house, watched!),
  ]
}

/** What the pages themselves told the server, which the wallboard shows. */
async function asReported({ pools }: PopHouse, { id }: Agent): Promise<Figure> {
  const { rows } = await pools.general.query<{ p50: number; p95: number; n: number }>(
    `select percentile_disc(0.5) within group (order by shown_after_ms) as p50,
            percentile_disc(0.95) within group (order by shown_after_ms) as p95, count(*)::int as n
       from pops where user_id = $1 and shown_after_ms is not null`,
    [id],
  )
  const { p50, p95, n } = rows[0]!
  return {
    what: 'the same as the page reports it, by the server’s clock',
    wanted: `≤ ${barMs} ms`,
    measured: `${p95} ms (p50 ${p50}, ${n} cards)`,
    kept: p95 <= barMs,
  }
}

/** A browser signed in as this agent, at the app's first page. */
async function openDesk(stack: AsyncDisposableStack, url: string, { cookie }: Agent): Promise<Page> {
  const executablePath = browsers.find((path) => existsSync(path))
  const browser = await chromium.launch({
    ...(executablePath && { executablePath }),
    args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--disable-background-networking'],
  })
  stack.defer(() => browser.close())
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, locale: 'it-IT' })
  const [name, value] = [cookie.slice(0, cookie.indexOf('=')), cookie.slice(cookie.indexOf('=') + 1)]
  await context.addCookies([{ name, value, url, httpOnly: true, sameSite: 'Lax' }])
  const page = await context.newPage()
  await page.addInitScript(watchCards)
  const listening = page.waitForRequest((request) => request.url().includes('/api/live'))
  await page.goto(`${url}/it/cases`)
  await page.getByRole('heading', { level: 1 }).first().waitFor()
  await listening
  await sleep(1_000)
  return page
}

/** Runs in the page. */
function watchCards() {
  const kept: Kept = Object.assign(globalThis, { paintedAt: [] })
  const cards = 'article[data-phase="ringing"]'
  const afterPaint = new MessageChannel()
  // A message sent while a frame is made arrives once it has been painted.
  afterPaint.port1.onmessage = () => kept.paintedAt.push(performance.timeOrigin + performance.now())
  const isNew = (node: Node) => node instanceof Element && (node.matches(cards) || node.querySelector(cards) !== null)
  new MutationObserver((changes) => {
    if (!changes.some(({ addedNodes }) => [...addedNodes].some(isNew))) return
    requestAnimationFrame(() => afterPaint.port2.postMessage(null))
  }).observe(document, { childList: true, subtree: true })
}

type Ringing = { n: number; from: string; watched: Agent; colleague: Agent | undefined }

/** Lets the telephone ring, and stop, once; milliseconds until the card had been painted. */
async function ring(page: Page, url: string, { key }: PopHouse, { n, from, watched, colleague }: Ringing) {
  const before = await paintedSoFar(page)
  const sentAt = performance.timeOrigin + performance.now()
  const rings = tellOf(url, key, { call_id: `paint-${n}`, event: 'ringing', from, agent: watched.email })
  const other = colleague && { call_id: `beside-${n}`, from, agent: colleague.email }
  if (other) await tellOf(url, key, { ...other, event: 'ringing' })
  const { status } = await rings
  if (status !== 200) throw new Error(`the call was answered with ${status}`)
  const painted = await nextPainted(page, before)
  const ends = [{ call_id: `paint-${n}` }, ...(other ? [{ call_id: other.call_id }] : [])]
  for (const end of ends) await tellOf(url, key, { ...end, event: 'ended' })
  await page.locator('article[data-phase="ringing"]').waitFor({ state: 'detached' })
  return painted - sentAt
}

const paintedSoFar = (page: Page) => page.evaluate(() => (globalThis as unknown as Kept).paintedAt.length)

async function nextPainted(page: Page, before: number): Promise<number> {
  for (let tries = 0; tries < 500; tries++) {
    const painted = await page.evaluate((n) => (globalThis as unknown as Kept).paintedAt[n], before)
    if (painted !== undefined) return painted
    await sleep(10)
  }
  throw new Error('no card was painted within five seconds')
}
