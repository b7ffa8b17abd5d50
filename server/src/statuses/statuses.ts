import type { StatusView } from '@clinicacrm/contract/statuses.ts'
import { asc } from 'drizzle-orm'
import type { Db } from '../db/client.ts'
import { statuses } from '../db/schema.ts'

/** The lifecycle in order, hidden statuses included: cases may still have them. A dozen rows. */
export async function allStatuses(db: Db): Promise<StatusView[]> {
  const rows = await db.select().from(statuses).orderBy(asc(statuses.position))
  // `class` is text in the table; only the contract's words are ever written.
  return rows as StatusView[]
}
