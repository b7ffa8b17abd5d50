import { CircuitState, ConsecutiveBreaker, circuitBreaker, handleWhen } from 'cockatiel'
import type pg from 'pg'
import { AppError } from '../app-error.ts'
import type { Events } from '../events.ts'
import { isRefusedValue } from './errors.ts'

/** One prepared statement; rows come back as arrays of PostgreSQL's own text. */
export type FastQuery = { name: string; text: string; values: unknown[] }
export type Row = readonly (string | null)[]

/** Asks the database within a deadline, or throws `unavailable`. Never hangs, whatever the database does. */
export type Ask = (query: FastQuery, deadline: number) => Promise<Row[]>

/** What a lookup may take in all, key check included: vendors give up after 2 s, agents before. */
export const lookupPatienceMs = 420

const raw = { getTypeParser: () => (text: string) => text }
const retryAfter = { 'retry-after': '1' }

export const unavailable = () =>
  new AppError('unavailable', 'The database did not answer in time. Try again in a second.', {}, retryAfter)

/**
 * Asks the primary; while its breaker is open, or it fails, the replica if there is one. The breaker opens after three
 * failures in a row, so that a frozen database costs the first callers their deadline and the others nothing.
 */
export function createAsk(pools: { primary: pg.Pool; replica: pg.Pool | null }, events: Events): Ask {
  const primary = guarded(pools.primary)
  const replica = pools.replica && guarded(pools.replica)
  return async (query, deadline) => {
    try {
      return await withDeadline(primary(query), deadline)
    } catch (error) {
      if (isRefusedValue(error)) throw error
      events.databaseFailed(error as Error)
      if (!replica) throw unavailable()
    }
    try {
      return await withDeadline(replica(query), deadline)
    } catch (error) {
      events.databaseFailed(error as Error)
      throw unavailable()
    }
  }
}

/** A value that PostgreSQL refuses is the asker's fault: it must not open the breaker for everybody else. */
const isFailure = handleWhen((error) => !isRefusedValue(error))

function guarded(pool: pg.Pool) {
  const breaker = circuitBreaker(isFailure, { halfOpenAfter: 500, breaker: new ConsecutiveBreaker(3) })
  const once = async (query: FastQuery): Promise<Row[]> => {
    const { rows } = await pool.query({ ...query, rowMode: 'array', types: raw as pg.CustomTypesConfig })
    return rows as Row[]
  }
  return (query: FastQuery) =>
    breaker.execute(async () => {
      try {
        return await once(query)
      } catch (error) {
        // A restarted server leaves dead connections in the pool: a fresh one hides that from the caller.
        if (breaker.state === CircuitState.Closed && isLostConnection(error)) return once(query)
        throw error
      }
    })
}

function isLostConnection(error: unknown) {
  const { code, message } = error as { code?: string; message?: string }
  return (
    code === 'ECONNRESET' || code === 'EPIPE' || code === '57P01' || message === 'Connection terminated unexpectedly'
  )
}

/** Rejects with `unavailable` once `performance.now()` passes the deadline. */
export async function withDeadline<T>(promise: Promise<T>, deadline: number): Promise<T> {
  const { promise: late, reject } = Promise.withResolvers<never>()
  const timer = setTimeout(() => reject(unavailable()), Math.max(0, deadline - performance.now()))
  try {
    return await Promise.race([promise, late])
  } finally {
    clearTimeout(timer)
  }
}
