import type { LiveEvent } from '@clinicacrm/contract/desk.ts'
import { sql } from 'drizzle-orm'
import type { Db } from '../db/client.ts'

export const liveChannel = 'clinicacrm_live'

/** Tells every open page what changed, once the transaction commits: ids only, each page asks for what it may see. */
export async function publish(
  { db, by }: { db: Db; by: { actor: string } },
  event: Omit<LiveEvent, 'actor'>,
): Promise<void> {
  await db.execute(sql`select pg_notify(${liveChannel}, ${JSON.stringify({ ...event, actor: by.actor })})`)
}
