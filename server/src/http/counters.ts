import { isIPv6 } from 'node:net'
import { Redis } from 'iovalkey'
import { RateLimiterMemory, RateLimiterRedis, type RateLimiterRes } from 'rate-limiter-flexible'
import type { Events } from '../events.ts'

/** How often something happened within a window that begins with the first time, and how long it still lasts. */
export type Counted = { count: number; msLeft: number }
export type Counter = {
  add(id: string): Promise<Counted>
  look(id: string): Promise<Counted | null>
  /** Takes one back. */
  undo(id: string): Promise<void>
  forget(id: string): Promise<void>
}
export type Counters = {
  counter(name: string, seconds: number): Counter
  /** For what is asked on every request and need not be exact: never a round trip. */
  ownCounter(name: string, seconds: number): Counter
  close(): void
}

/** A lookup cannot wait for a limiter. */
const redisPatienceMs = 50

/**
 * In memory for one process; in Valkey or Redis when configured, so that several processes share one count. When that is
 * down, each process counts alone.
 */
export function createCounters(redisUrl: string | null, events: Events): Counters {
  const redis = redisUrl ? connect(redisUrl, events) : null
  const ownCounter = (name: string, seconds: number) => {
    const local = new RateLimiterMemory({ ...counting(seconds), keyPrefix: name })
    return counterOn((use) => use(local))
  }
  return {
    ownCounter,
    counter(name, seconds) {
      if (!redis) return ownCounter(name, seconds)
      const local = new RateLimiterMemory({ ...counting(seconds), keyPrefix: name })
      const shared = new RateLimiterRedis({ ...counting(seconds), storeClient: redis, keyPrefix: `clinicacrm:${name}` })
      return counterOn(async (use) => {
        try {
          return await use(shared)
        } catch (error) {
          events.limiterFellBack(error as Error)
          return use(local)
        }
      })
    },
    close: () => redis?.disconnect(),
  }
}

/** They only count; whoever asks compares. */
const counting = (duration: number) => ({ points: Number.MAX_SAFE_INTEGER, duration })

type Limiter = RateLimiterMemory | RateLimiterRedis

function counterOn(on: <T>(use: (limiter: Limiter) => Promise<T>) => Promise<T>): Counter {
  return {
    add: async (id) => counted(await on((limiter) => limiter.consume(id))),
    async look(id) {
      const seen = await on((limiter) => limiter.get(id))
      return seen && counted(seen)
    },
    undo: async (id) => void (await on((limiter) => limiter.reward(id))),
    forget: async (id) => void (await on((limiter) => limiter.delete(id))),
  }
}

const counted = ({ consumedPoints, msBeforeNext }: RateLimiterRes): Counted => ({
  count: consumedPoints,
  msLeft: msBeforeNext,
})

function connect(url: string, events: Events) {
  const redis = new Redis(url, {
    commandTimeout: redisPatienceMs,
    connectTimeout: 1_000,
    maxRetriesPerRequest: 0,
    enableOfflineQueue: false,
    retryStrategy: (attempt) => Math.min(attempt * 100, 1_000),
  })
  redis.on('error', (error: Error) => events.log.debug({ err: error }, 'shared rate limit connection'))
  return redis
}

/** One household or office has a whole IPv6 /64: counting single addresses would count nothing. */
export function household(address: string): string {
  if (!isIPv6(address)) return address
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1]
  if (mapped) return mapped
  const [head = '', tail = ''] = address.split('::')
  const front = head.split(':').filter(Boolean)
  const back = tail.split(':').filter(Boolean)
  const zeros = address.includes('::') ? Array<string>(8 - front.length - back.length).fill('0') : []
  return [...front, ...zeros, ...back]
    .slice(0, 4)
    .map((group) => Number.parseInt(group, 16).toString(16))
    .join(':')
}

/** Whoever guesses passwords has neighbouring addresses too: an IPv4 /24 is one. */
export const neighbourhood = (address: string): string =>
  household(address).replace(/^(\d+\.\d+\.\d+)\.\d+$/, '$1.0/24')
