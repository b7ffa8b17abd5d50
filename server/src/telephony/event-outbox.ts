import { setTimeout as sleep } from 'node:timers/promises'
import type { BridgeEvent } from '@clinicacrm/connectors/asterisk/book.ts'
import { createEventQueue } from './event-queue.ts'

export type OutboxPace = { requestMs: number; firstWaitMs: number; longestWaitMs: number }
export const outboxPace: OutboxPace = { requestMs: 15_000, firstWaitMs: 500, longestWaitMs: 30_000 }

type Options = {
  /** Where events go. */
  url: string
  /** Read anew after a refusal: it may have been replaced. */
  key(): Promise<string>
  say(sentence: string): void
  limit?: number
  pace?: OutboxPace
}
type Answer = 'taken' | 'refused' | { waitMs: number | null; why: string }

const batchSize = 20
const mostWaiting = 10_000

/** Sends events in order, and keeps what could not be sent until it can: sent twice is the same as once. */
export function createOutbox({ url, key, say, limit = mostWaiting, pace = outboxPace }: Options) {
  const queue = createEventQueue(limit)
  const stopped = new AbortController()
  const { signal } = stopped
  let wake = Promise.withResolvers<void>()
  let isAway = false

  function taken(batch: BridgeEvent[], answer: 'taken' | 'refused') {
    queue.sent(batch)
    if (answer === 'refused') say(`ClínicaCRM refused ${batch.length} events as unreadable: they were given up.`)
    if (isAway) say(`ClínicaCRM takes events again; ${queue.size()} wait.`)
    isAway = false
  }

  async function sendAll() {
    let wait = pace.firstWaitMs
    while (queue.size() > 0 && !signal.aborted) {
      const batch = queue.next(batchSize)
      const answer = await post(batch, { url, key, timeoutMs: pace.requestMs, signal })
      if (typeof answer === 'string') {
        taken(batch, answer)
        wait = pace.firstWaitMs
        continue
      }
      if (!isAway) say(`ClínicaCRM does not take events (${answer.why}); ${queue.size()} wait, and are sent later.`)
      isAway = true
      await sleep(answer.waitMs ?? wait, undefined, { signal }).catch(() => undefined)
      wait = Math.min(wait * 2, pace.longestWaitMs)
    }
  }

  async function run() {
    while (!signal.aborted) {
      await sendAll()
      if (queue.size() === 0) await wake.promise
      wake = Promise.withResolvers()
    }
  }
  const running = run()

  return {
    add(events: readonly BridgeEvent[]) {
      if (events.length === 0) return
      const lost = queue.add(events)
      if (lost > 0) say(`Too many events wait for ClínicaCRM: ${lost} of the oldest were given up.`)
      wake.resolve()
    },
    /** Gives what waits a last while to leave, and ends. */
    async close(patienceMs: number): Promise<void> {
      const until = performance.now() + patienceMs
      while (queue.size() > 0 && performance.now() < until) await sleep(20)
      stopped.abort()
      wake.resolve()
      await running
      if (queue.size() > 0) say(`Stopped with ${queue.size()} events that ClínicaCRM has not taken.`)
    },
  }
}

type Posting = { url: string; key(): Promise<string>; timeoutMs: number; signal: AbortSignal }

async function post(batch: readonly BridgeEvent[], { url, key, timeoutMs, signal }: Posting): Promise<Answer> {
  try {
    const response = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-api-key': await key() },
      body: JSON.stringify(batch),
      // A key goes where it was said to go, and nowhere else.
      redirect: 'error',
      signal: AbortSignal.any([AbortSignal.timeout(timeoutMs), signal]),
    })
    await response.arrayBuffer()
    if (response.ok) return 'taken'
    if ([400, 413, 415, 422].includes(response.status)) return 'refused'
    const seconds = Number(response.headers.get('retry-after'))
    return { waitMs: seconds > 0 && seconds <= 120 ? seconds * 1_000 : null, why: `HTTP ${response.status}` }
  } catch (error) {
    const { cause, name } = error as Error & { cause?: { code?: string } }
    return { waitMs: null, why: cause?.code ?? name }
  }
}
