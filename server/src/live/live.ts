import { randomBytes } from 'node:crypto'
import type { LiveEvent } from '@clinicacrm/contract/desk.ts'
import { sql } from 'drizzle-orm'
import type { Db } from '../db/client.ts'

export const liveChannel = 'clinicacrm_live'

/** An event as it travels: with a name by which every process finds it again. */
export type Published = LiveEvent & { event_id: string }

/** Tells every open page what changed, once the transaction commits: ids only, each page asks for what it may see. */
export async function publish(
  { db, by }: { db: Db; by: { actor: string } },
  event: Omit<LiveEvent, 'actor'>,
): Promise<void> {
  const published: Published = { ...event, actor: by.actor, event_id: newEventId() }
  await db.execute(sql`select pg_notify(${liveChannel}, ${JSON.stringify(published)})`)
}

/** Not a number that counts up: transactions commit in another order than they begin. */
export const newEventId = (): string => randomBytes(9).toString('base64url')
