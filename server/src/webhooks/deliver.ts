import type { stopReasons } from '@clinicacrm/contract/webhooks.ts'
import { testEvent } from '@clinicacrm/contract/webhook-events.ts'
import { record } from '../audit/audit.ts'
import { webhookChannel } from '../audit/outbox.ts'
import type { Config } from '../config.ts'
import type { Pools } from '../db/client.ts'
import type { Events } from '../events.ts'
import { createOutgoing, type Outgoing, OutgoingError, type OutgoingReply } from '../http/outgoing.ts'
import { createSeals, type Seals } from '../http/sealed.ts'
import { version } from '../http/version.ts'
import { listen } from '../live/listener.ts'
import { system } from '../work.ts'
import { type Claimed, claimDue, isSilentSince, settle, stopWebhook } from './outbox-queries.ts'
import { inOrder, signed } from './sign.ts'

const second = 1_000
const minute = 60 * second
const hour = 60 * minute

/** After each attempt in vain, the time until the next; after the last there is none. A bit over three days. */
export const retryAfterMs: readonly number[] = [
  5 * second,
  5 * minute,
  30 * minute,
  2 * hour,
  5 * hour,
  10 * hour,
  14 * hour,
  20 * hour,
  24 * hour,
]

type Pace = {
  schedule: readonly number[]
  attemptMs: number
  /** Longer than an attempt takes with all that belongs to it. */
  leaseMs: number
  pollMs: number
  /** At once, in this process: a slow receiver holds up nobody but itself. */
  perWebhook: number
}
const usual: Pace = {
  schedule: retryAfterMs,
  attemptMs: 10 * second,
  leaseMs: minute,
  pollMs: 2 * second,
  perWebhook: 4,
}
const longestWish = 24 * hour
const longestAnswer = 300

type Parts = {
  pools: Pick<Pools, 'db' | 'newListener'>
  config: Pick<Config, 'authSecret' | 'dataDir' | 'outgoingAllowedHosts'>
  events: Events
  outgoing?: Outgoing
  pace?: Partial<Pace>
}
type Post = { db: Pools['db']; events: Events; seals: Seals; outgoing: Outgoing; pace: Pace }

export type Delivering = {
  /** Takes nothing new, and waits for what is on its way. */
  stop(): Promise<void>
}

/**
 * Sends what waits in the outbox, at least once, in no particular order. Woken by whoever writes there, and by the clock;
 * any number of processes may do so at once.
 */
export function startDelivering({
  pools,
  config,
  events,
  outgoing = createOutgoing(config),
  pace = {},
}: Parts): Delivering {
  const post: Post = { db: pools.db, events, outgoing, seals: createSeals(config), pace: { ...usual, ...pace } }
  const busy = new Map<string, number>()
  const underWay = new Set<Promise<void>>()
  let taking: Promise<void> | null = null
  let isAskedAgain = false
  let isStopping = false

  function wake() {
    isAskedAgain = true
    taking ??= takeAll().finally(() => (taking = null))
  }

  async function takeAll() {
    while (isAskedAgain && !isStopping) {
      isAskedAgain = false
      try {
        for (const claimed of await claimDue(post.db, busy, post.pace)) begin(claimed)
      } catch (error) {
        // The clock comes back to it.
        events.databaseFailed(error as Error)
      }
    }
  }

  function begin(claimed: Claimed) {
    count(busy, claimed.webhook_id, 1)
    const done = deliver(post, claimed)
      .catch(events.databaseFailed)
      .finally(() => {
        underWay.delete(done)
        count(busy, claimed.webhook_id, -1)
        wake()
      })
    underWay.add(done)
  }

  const clock = setInterval(wake, post.pace.pollMs).unref()
  const listener = listen(pools.newListener, webhookChannel, {
    heard: wake,
    cameUp: wake,
    failed: events.databaseFailed,
  })
  wake()
  return {
    async stop() {
      isStopping = true
      clearInterval(clock)
      await listener.close()
      await taking
      await Promise.all(underWay)
    },
  }
}

function count(busy: Map<string, number>, webhookId: string, by: 1 | -1) {
  const now = (busy.get(webhookId) ?? 0) + by
  if (now > 0) busy.set(webhookId, now)
  else busy.delete(webhookId)
}

async function deliver(post: Post, claimed: Claimed): Promise<void> {
  const startedAt = performance.now()
  const answer = await attempt(post, claimed)
  const outcome = await settled(post, claimed, answer)
  post.events.webhookTried(outcome, performance.now() - startedAt)
}

type Answer = { status: number | null; error: string | null; waitMs: number }

async function attempt({ seals, outgoing, pace }: Post, claimed: Claimed): Promise<Answer> {
  const secrets = [claimed.secret, claimed.previous_secret].flatMap((sealed) => (sealed && seals.open(sealed)) || [])
  // Without the secret that they were sealed with, nothing can be signed: it takes a rotation.
  if (secrets.length === 0) return { status: null, error: 'secret', waitMs: 0 }
  const body = JSON.stringify(inOrder(claimed.payload))
  const headers = {
    'content-type': 'application/json',
    'user-agent': `ClinicaCRM/${version} (webhooks)`,
    ...signed({ id: claimed.event_id, at: new Date(), body }, secrets),
  }
  try {
    const reply = await outgoing.send({ url: claimed.url, headers, body, timeoutMs: pace.attemptMs })
    const isTaken = reply.status >= 200 && reply.status < 300
    return { status: reply.status, error: isTaken ? null : beginningOf(reply.text), waitMs: wishOf(reply) }
  } catch (error) {
    if (error instanceof OutgoingError) return { status: null, error: error.message, waitMs: 0 }
    throw error
  }
}

type Outcome = 'delivered' | 'retried' | 'dead' | 'gone'

async function settled(post: Post, claimed: Claimed, { status, error, waitMs }: Answer): Promise<Outcome> {
  const { db, pace } = post
  if (status !== null && status >= 200 && status < 300) {
    await settle(db, claimed, { state: 'delivered', status })
    return 'delivered'
  }
  if (status === 410) {
    await stop(post, claimed.webhook_id, 'gone')
    await settle(db, claimed, { state: 'dead', status, error })
    return 'gone'
  }
  const isTest = claimed.type === testEvent
  const next = isTest ? undefined : pace.schedule[claimed.attempts - 1]
  if (next !== undefined) {
    const inMs = Math.max(next * (0.9 + Math.random() * 0.2), waitMs)
    await settle(db, claimed, { state: 'pending', status, error, inMs })
    return 'retried'
  }
  const isOurs = await settle(db, claimed, { state: 'dead', status, error })
  if (isOurs && !isTest && (await isSilentSince(db, claimed))) await stop(post, claimed.webhook_id, 'failing')
  return 'dead'
}

async function stop({ db, events }: Post, id: string, why: (typeof stopReasons)[number]) {
  await db.transaction(async (tx) => {
    if (!(await stopWebhook(tx, id, why))) return
    const change = { before: { active: true }, after: { active: false, stopped_because: why } }
    await record({ db: tx, by: system }, { action: 'webhook.stopped', subject: 'webhook', id, ...change })
    events.webhookStopped(id, why)
  })
}

/** Whoever is busy may say for how long. */
function wishOf({ status, headers }: OutgoingReply): number {
  const wish = headers['retry-after']
  if (!wish || (status !== 429 && status !== 503)) return 0
  const ms = /^\d+$/.test(wish) ? Number(wish) * second : Date.parse(wish) - Date.now()
  return ms > 0 ? Math.min(ms, longestWish) : 0
}

/** For whoever looks for the cause: as much of an answer as fits on a line or two. */
function beginningOf(text: string): string | null {
  const line = text.replaceAll(/[\p{C}\s]+/gu, ' ').trim()
  return line.slice(0, longestAnswer).toWellFormed() || null
}
