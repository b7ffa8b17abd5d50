import { isIPv6 } from 'node:net'
import { Redis } from 'iovalkey'
import { RateLimiterMemory, RateLimiterRedis, type RateLimiterRes } from 'rate-limiter-flexible'
import type { Events } from '../events.ts'

export type Allowance = { limit: number; remaining: number; resetSeconds: number; allowed: boolean }
export type RateLimit = {
  /** Counts one request of a key against its own limit per minute. */
  key(id: string, limit: number): Promise<Allowance>
  /** True while this address has failed too often. */
  tooManyFailures(address: string): Promise<boolean>
  countFailure(address: string): Promise<void>
  close(): Promise<void>
}

const minuteSeconds = 60
/** Wrong keys an address may present in a minute. At 190 bits this is not about guessing but about our database. */
const failuresPerMinute = 300
/** A lookup cannot wait for a limiter. */
const redisPatienceMs = 50

/**
 * Exact per key within a minute that begins with its first request. In memory for one process; in Valkey or Redis when
 * configured, so that several processes share one count. When that is down, each process limits alone.
 */
export function createRateLimit(redisUrl: string | null, events: Events): RateLimit {
  // One limiter serves keys of every limit: it only counts, and the count is compared with the key's own.
  const counting = { points: Number.MAX_SAFE_INTEGER, duration: minuteSeconds }
  const local = new RateLimiterMemory({ ...counting, keyPrefix: 'key' })
  const failures = new RateLimiterMemory({ points: failuresPerMinute, duration: minuteSeconds, keyPrefix: 'failures' })
  const redis = redisUrl ? connect(redisUrl, events) : null
  const shared = redis && new RateLimiterRedis({ ...counting, storeClient: redis, keyPrefix: 'clinicacrm:key' })

  async function count(id: string): Promise<RateLimiterRes> {
    if (!shared) return local.consume(id)
    try {
      return await shared.consume(id)
    } catch (error) {
      events.limiterFellBack(error as Error)
      return local.consume(id)
    }
  }

  return {
    async key(id, limit) {
      const counted = await count(id)
      return {
        limit,
        remaining: Math.max(0, limit - counted.consumedPoints),
        resetSeconds: Math.ceil(counted.msBeforeNext / 1000),
        allowed: counted.consumedPoints <= limit,
      }
    },
    async tooManyFailures(address) {
      const seen = await failures.get(network(address))
      return seen !== null && seen.consumedPoints >= failuresPerMinute
    },
    async countFailure(address) {
      await failures.penalty(network(address))
    },
    async close() {
      redis?.disconnect()
    },
  }
}

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
function network(address: string) {
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
