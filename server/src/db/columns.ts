import { sql } from 'drizzle-orm'
import type { HasDefault } from 'drizzle-orm'
import { customType } from 'drizzle-orm/pg-core'

/** A bigint identity, as text all the way: `"9"`. */
export const bigintText = customType<{ data: string; driverData: string }>({ dataType: () => 'bigint' })

/** A primary key that PostgreSQL counts, or that the writer gives (demo data, imports). */
export function identity() {
  const column = bigintText('id').primaryKey()
  // Drizzle offers identity on its own integers only, which would make ids numbers; it reads them from this very config.
  const { config } = column as unknown as { config: { generatedIdentity: { type: 'byDefault' }; hasDefault: true } }
  config.generatedIdentity = { type: 'byDefault' }
  config.hasDefault = true
  return column as HasDefault<typeof column>
}

/** An instant, in and out as ISO 8601 text; out with microseconds and a numeric offset, as the guide prints it. */
export const instant = customType<{ data: string; driverData: string }>({
  dataType: () => 'timestamp(6) with time zone',
  fromDriver: isoInstant,
})

/** An instant as better-auth wants it: a `Date` on both sides. */
export const moment = customType<{ data: Date; driverData: Date }>({
  dataType: () => 'timestamp(6) with time zone',
  fromDriver: (value) => new Date(value),
})

/** Text in the order of its letters' numbers: the same on every server, and what an index can read as a range. */
export const ordered = customType<{ data: string }>({ dataType: () => 'text collate "C"' })

export const now = sql`now()`

/**
 * `2025-07-08 16:57:06.8367+00` → `2025-07-08T16:57:06.836700+00:00`.
 * Sessions run in UTC (see `client.ts`), so the offset PostgreSQL prints is always `+00`.
 */
export function isoInstant(printed: string): string {
  const seconds = printed.slice(0, 19).replace(' ', 'T')
  const fraction = printed.charAt(19) === '.' ? printed.slice(20, -3) : ''
  return `${seconds}.${fraction.padEnd(6, '0')}+00:00`
}
