import { eq, gt, sql } from 'drizzle-orm'
import { isoInstant } from '../db/columns.ts'
import type { Db } from '../db/client.ts'
import { connectorSetups } from '../db/schema.ts'

export async function setupOf(db: Db, connector: string, isLocked = false) {
  const query = db.select().from(connectorSetups).where(eq(connectorSetups.connector, connector))
  const [setup] = isLocked ? await query.for('update') : await query
  return setup
}

/** What people saved; a row is there as soon as anything was counted. */
export const savedSetups = (db: Db) => db.select().from(connectorSetups).where(gt(connectorSetups.version, 0))

export type Health = {
  lines: number
  last_event_at: string | null
  event_count: number
  last_lookup_at: string | null
  lookups_today: number
  last_error: string | null
  last_error_at: string | null
}
type Row = Omit<Health, 'lines' | 'event_count' | 'lookups_today'> & {
  connector: string
  lines: string
  event_count: string
  lookups_today: string
}

/** Of each connector: its lines, its events with a key, and the lookups that name it, as the log of requests has them. */
export async function healthOf(db: Db): Promise<(connector: string) => Health> {
  const { rows } = await db.execute<Row>(sql`
    with fares as (
      select connector, active::int as lines, last_event_at, event_count, last_error, last_error_at from connector_lines
      union all
      select connector, 0, last_event_at, event_count, last_error, last_error_at from connector_setups
    ), asked as (
      select provider, max(at) as last_at, count(*) filter (where at > now() - interval '24 hours') as today
        from request_log where kind = 'lookup' and provider is not null group by provider
    )
    select coalesce(connector, provider) as connector, coalesce(sum(lines), 0)::text as lines,
           max(last_event_at)::text as last_event_at, coalesce(sum(event_count), 0)::text as event_count,
           max(asked.last_at)::text as last_lookup_at, coalesce(max(asked.today), 0)::text as lookups_today,
           (array_agg(last_error order by last_error_at desc nulls last))[1] as last_error,
           max(last_error_at)::text as last_error_at
      from fares full join asked on asked.provider = fares.connector
     group by 1`)
  const byName = new Map(rows.map((row) => [row.connector, row]))
  return (connector) => {
    const row = byName.get(connector)
    return {
      lines: Number(row?.lines ?? 0),
      last_event_at: at(row?.last_event_at),
      event_count: Number(row?.event_count ?? 0),
      last_lookup_at: at(row?.last_lookup_at),
      lookups_today: Number(row?.lookups_today ?? 0),
      last_error: row?.last_error ?? null,
      last_error_at: at(row?.last_error_at),
    }
  }
}

const at = (printed: string | null | undefined) => (printed ? isoInstant(printed) : null)

/** Events that came with a key are counted on the connector itself. */
export async function countKeyEvents(
  db: Db,
  connector: string,
  { count, error }: { count: number; error: string | null },
) {
  if (count === 0 && error === null) return
  const failed = error !== null ? { last_error: error, last_error_at: sql`now()` } : {}
  const heard = { last_event_at: sql`now()`, event_count: sql`${connectorSetups.event_count} + ${count}` }
  await db
    .insert(connectorSetups)
    .values({ connector, version: 0, ...failed, ...(count > 0 && { last_event_at: sql`now()`, event_count: count }) })
    .onConflictDoUpdate({ target: connectorSetups.connector, set: { ...failed, ...(count > 0 && heard) } })
}
