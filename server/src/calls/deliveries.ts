import type { LiveEvent } from '@clinicacrm/contract/desk.ts'
import { sql } from 'drizzle-orm'
import type { Db } from '../db/client.ts'
import { pops } from '../db/schema.ts'
import type { Events } from '../events.ts'

/** A page that is open hears of a call within a few milliseconds; one that is not, never does. */
const patienceMs = 250
const firstLookMs = 4

/**
 * Whether the pages of an agent were told of a call. The process that holds the page writes it down, the one that heard
 * of the call looks there: neither needs to know the other.
 */
export function createDeliveries(db: Db, events: Events) {
  return {
    /** An open page of these people was told: kept once. */
    reached({ kind, id, what }: LiveEvent, userIds: string[]) {
      if (kind !== 'call' || what === 'ended') return
      const people = sql`any(${sql.param(userIds)}::bigint[])`
      void db
        .update(pops)
        .set({ delivered_at: sql`now()` })
        .where(sql`${pops.call} = ${id} and ${pops.user_id} = ${people} and ${pops.delivered_at} is null`)
        .catch(events.databaseFailed)
    },
    /** The people told of a call, as soon as these all are, or when patience ends. */
    async told(callId: string, userIds: readonly string[]): Promise<ReadonlySet<string>> {
      const until = performance.now() + (userIds.length > 0 ? patienceMs : 0)
      for (let waitMs = firstLookMs; ; waitMs *= 1.6) {
        const rows = await db
          .select({ user_id: pops.user_id })
          .from(pops)
          .where(sql`${pops.call} = ${callId} and ${pops.delivered_at} is not null`)
        const told = new Set(rows.map(({ user_id }) => user_id))
        if (userIds.every((id) => told.has(id)) || performance.now() + waitMs > until) return told
        await new Promise((resolve) => setTimeout(resolve, waitMs))
      }
    },
  }
}
export type Deliveries = ReturnType<typeof createDeliveries>
