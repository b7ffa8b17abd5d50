import { randomBytes } from 'node:crypto'
import type { LiveEvent } from '@clinicacrm/contract/desk.ts'
import { sql } from 'drizzle-orm'
import type { Db } from '../db/client.ts'

export const liveChannel = 'clinicacrm_live'

/** An event as it travels: with a name by which every process finds it again. */
export type Published = LiveEvent & { event_id: string }

type Work = { db: Db; by: { actor: string } }
type Event = Omit<LiveEvent, 'actor'>

/** Tells every open page what changed, once the transaction commits: ids only, each page asks for what it may see. */
export const publish = (work: Work, event: Event): Promise<void> => publishMany(work, [event])

/** The same for many events at once, in one statement. */
export async function publishMany({ db, by }: Work, events: Event[]): Promise<void> {
  const published = events.map((event): Published => ({ ...event, actor: by.actor, event_id: newEventId() }))
  const texts = sql.param(published.map((one) => JSON.stringify(one)))
  if (events.length)
    await db.execute(sql`select pg_notify(${liveChannel}, text) from unnest(${texts}::text[]) as u (text)`)
}

/** Not a number that counts up: transactions commit in another order than they begin. */
export const newEventId = (): string => randomBytes(9).toString('base64url')
