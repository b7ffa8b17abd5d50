import { setTimeout as sleep } from 'node:timers/promises'
import type { PopView } from '@clinicacrm/contract/pops.ts'
import { type Acknowledged, type Desk, judge, newDesk } from './pop-evidence.ts'
import { freePort, openPopHouse, type PopHouse, tellOf } from './pop-house.ts'
import { type Sending, sendingsOf } from './pop-scripts.ts'
import { askAs, type Heard, openStreams } from './pop-stream.ts'
import type { Figure } from './pops.ts'
import type { Served } from './servers.ts'

const agents = 40
/** Connections of the telephone system. */
const lanes = 32
const tries = 200
/** Until the last news is on every page. */
const settleMs = 3_000
const awayMs = 2_000

/**
 * Calls with shuffled, repeated and dropped events, told to two servers of one database. Each agent has a page open at
 * both; one server is killed on the way and started again. Then what every page heard and what was acknowledged is held
 * against what is kept.
 */
export async function measureStorm(options: { calls: number; seed: number; patients: number }): Promise<Figure[]> {
  await using stack = new AsyncDisposableStack()
  const house = await openPopHouse(stack, { ...options, agents })
  const ports = [await freePort(), await freePort()] as const
  const servers = [await house.serve(ports[0]), await house.serve(ports[1])] as [Served, Served]
  stack.defer(async () => void (await Promise.all(servers.map((server) => server.stop()))))
  const urls = servers.map(({ url }) => url)
  const desks: Desk[] = []
  for (const [n, url] of urls.entries()) {
    const here = new Map(house.agents.map((agent) => [agent.id, newDesk(agent, n)]))
    desks.push(...here.values())
    await openStreams(stack, url, house.agents, (agent, heard) => sit(url, here.get(agent.id)!, heard))
  }
  const emails = house.agents.map(({ email }) => email)
  // What happened is told as it happens: nothing is older than the run.
  const began = Date.now() - options.calls * 1_000
  const sendings = sendingsOf(options.calls, emails, { seed: options.seed, began })
  const startedAt = performance.now()
  const killing = killOnce(house, servers, ports)
  const told = await tellAll(house, urls, sendings, killing.progress)
  await killing.done
  const seconds = (performance.now() - startedAt) / 1_000
  await sleep(settleMs)
  await Promise.all(desks.map(({ pending }) => Promise.all(pending)))
  for (const desk of desks) await ask(urls[desk.server]!, desk)
  process.stdout.write(
    `${sendings.length.toLocaleString('en')} events of ${options.calls.toLocaleString('en')} calls in ` +
      `${seconds.toFixed(0)} s; server 2 killed, and back after ${(killing.awayMs() / 1_000).toFixed(1)} s; ` +
      `${told.again.toLocaleString('en')} sent again for want of an answer\n`,
  )
  return await judge(house.pools, { desks, told, sendings, agents: house.agents })
}

/** As our own page does: a call that rings gets a card, said once; whoever missed something asks for all its calls. */
function sit(url: string, desk: Desk, { event: { kind, what, id } }: Heard) {
  if (kind === 'refresh') {
    desk.refreshes++
    desk.pending.push(ask(url, desk))
  }
  if (kind !== 'call') return
  if (what !== 'ringing') return void desk.told.add(id)
  desk.rang.set(id, (desk.rang.get(id) ?? 0) + 1)
  desk.pending.push(show(url, desk, id))
}

async function show(url: string, { agent, firsts, unseen }: Desk, id: string) {
  const pop = await askAs<PopView>(url, agent, `/api/pops/${id}`)
  if (pop === null) unseen.add(id)
  const marked = await askAs<{ first: boolean }>(url, agent, `/api/pops/${id}`, { what: 'shown', after_ms: 0 })
  if (marked?.first) firsts.push(id)
}

async function ask(url: string, { agent, found }: Desk) {
  const answer = await askAs<{ pops: PopView[] }>(url, agent, '/api/pops')
  for (const { id } of answer?.pops ?? []) found.add(id)
}

/** Ends the second server without a word at two fifths of the way, and starts it on the same port again. */
function killOnce(house: PopHouse, servers: [Served, Served], ports: readonly [number, number]) {
  const { promise: done, resolve, reject } = Promise.withResolvers<void>()
  const state = { isKilled: false, awayMs: 0 }
  async function kill() {
    const from = performance.now()
    process.kill(servers[1].pid, 'SIGKILL')
    await sleep(awayMs)
    servers[1] = await house.serve(ports[1])
    state.awayMs = performance.now() - from
  }
  return {
    done,
    awayMs: () => state.awayMs,
    progress(share: number) {
      if (state.isKilled || share < 0.4) return
      state.isKilled = true
      void kill().then(resolve, reject)
    },
  }
}

/** What gets no answer is sent again, to the other server next, as a platform that means it does. */
async function tellAll(
  { key }: PopHouse,
  urls: readonly string[],
  sendings: readonly Sending[],
  progress: (share: number) => void,
) {
  const acknowledged: Acknowledged[] = []
  const statuses = new Map<number, number>()
  let next = 0
  let again = 0
  async function lane() {
    while (next < sendings.length) {
      const { event, server } = sendings[next++]!
      progress(next / sendings.length)
      for (let n = 0; n < tries; n++) {
        const { status, body } = await tellOf(urls[server ^ (n % 2)]!, key, event)
        statuses.set(status, (statuses.get(status) ?? 0) + 1)
        if (body) {
          acknowledged.push({ event, id: body.id })
          break
        }
        if (status >= 400 && status < 500 && status !== 429) break
        again++
        await sleep(25 + Math.random() * 50)
      }
    }
  }
  await Promise.all(Array.from({ length: lanes }, lane))
  return { acknowledged, again, statuses }
}
