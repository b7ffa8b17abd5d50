import { type Counters, household } from './counters.ts'

export type Allowance = { limit: number; remaining: number; resetSeconds: number; allowed: boolean }
export type RateLimit = {
  /** Counts one request of a key, or of a person, against its own limit per minute. */
  key(id: string, limit: number): Promise<Allowance>
  /** True while this address has failed too often. */
  tooManyFailures(address: string): Promise<boolean>
  countFailure(address: string): Promise<void>
}

const minuteSeconds = 60
/** Wrong keys an address may present in a minute. At 190 bits this is not about guessing but about our database. */
const failuresPerMinute = 300

/** Exact per key within a minute that begins with its first request. */
export function createRateLimit(counters: Counters): RateLimit {
  const requests = counters.counter('key', minuteSeconds)
  const failures = counters.ownCounter('failures', minuteSeconds)

  return {
    async key(id, limit) {
      const { count, msLeft } = await requests.add(id)
      return {
        limit,
        remaining: Math.max(0, limit - count),
        resetSeconds: Math.ceil(msLeft / 1000),
        allowed: count <= limit,
      }
    },
    async tooManyFailures(address) {
      const seen = await failures.look(household(address))
      return seen !== null && seen.count >= failuresPerMinute
    },
    async countFailure(address) {
      await failures.add(household(address))
    },
  }
}
