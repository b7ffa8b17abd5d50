import { setTimeout as sleep } from 'node:timers/promises'
import type pg from 'pg'

type Ears = {
  heard(payload: string): void
  /** The line is up, for the first time or again: what was said before was not heard. */
  cameUp(): void
  failed(error: Error): void
}

export type Listener = { close(): Promise<void> }
type Line = { newClient: () => pg.Client; channel: string }

const firstWaitMs = 100
const longestWaitMs = 5_000
/** A dead peer says nothing, and neither does a quiet one: so often it is asked. */
const pulseMs = 10_000
const farewellMs = 500

/** Listens on a connection of its own until closed; a lost one is replaced, later and later while that fails. */
export function listen(newClient: () => pg.Client, channel: string, ears: Ears): Listener {
  const closing = new AbortController()
  const done = keepListening({ newClient, channel }, ears, closing.signal)
  return {
    async close() {
      closing.abort()
      await done
    },
  }
}

async function keepListening({ newClient, channel }: Line, ears: Ears, closing: AbortSignal) {
  let waitMs = firstWaitMs
  while (!closing.aborted) {
    try {
      await listenOnce({ client: newClient(), channel }, closing, {
        ...ears,
        cameUp() {
          waitMs = firstWaitMs
          ears.cameUp()
        },
      })
    } catch (error) {
      if (!closing.aborted) ears.failed(error as Error)
    }
    await pause(waitMs * (0.5 + Math.random()), closing)
    waitMs = Math.min(waitMs * 2, longestWaitMs)
  }
}

/** Until the connection is lost, which it throws, or until closing. */
async function listenOnce(
  { client, channel }: { client: pg.Client; channel: string },
  closing: AbortSignal,
  ears: Ears,
) {
  const over = new AbortController()
  const stop = AbortSignal.any([closing, over.signal])
  const lost = new Promise<never>((_, reject) => {
    client.on('error', reject)
    client.on('end', () => reject(new Error('The connection that listens was closed.')))
  })
  // It may be lost before anybody waits for it.
  lost.catch(() => undefined)
  client.on('notification', ({ payload }) => payload && ears.heard(payload))
  try {
    await client.connect()
    await client.query(`listen ${channel}`)
    ears.cameUp()
    await Promise.race([lost, pulse(client, stop)])
  } finally {
    over.abort()
    await Promise.race([client.end().catch(() => undefined), sleep(farewellMs, undefined, { ref: false })])
  }
}

async function pulse(client: pg.Client, stop: AbortSignal) {
  for (;;) {
    await pause(pulseMs, stop)
    if (stop.aborted) return
    await client.query('select')
  }
}

/** Does not keep a program alive that has nothing else to do. */
const pause = (ms: number, stop: AbortSignal) =>
  sleep(ms, undefined, { ref: false, signal: stop }).catch(() => undefined)
