import type { WebhookPayload } from '@clinicacrm/contract/webhooks.ts'
import { testEvent } from '@clinicacrm/contract/webhook-events.ts'
import { and, eq, sql } from 'drizzle-orm'
import type { Db } from '../db/client.ts'
import { webhookDeliveries, webhooks } from '../db/schema.ts'

export type Claimed = {
  id: string
  webhook_id: string
  event_id: string
  type: string
  payload: WebhookPayload
  /** This one included: whoever settles it must still be the one who took it. */
  attempts: number
  url: string
  secret: string
  previous_secret: string | null
}

type Limits = { perWebhook: number; leaseMs: number }

/**
 * Takes what is due, so much of each webhook as has room in this process, and keeps it from all others until the lease
 * ends: what a process had taken when it died is then taken again. By the index on what is due.
 */
export async function claimDue(
  db: Db,
  busy: ReadonlyMap<string, number>,
  { perWebhook, leaseMs }: Limits,
): Promise<Claimed[]> {
  const [ids, counts] = [sql.param([...busy.keys()]), sql.param([...busy.values()])]
  const { rows } = await db.execute<Claimed>(sql`
    with busy as (select * from unnest(${ids}::bigint[], ${counts}::int[]) as b (webhook_id, count)),
    due as materialized (
      select next.id from webhooks w left join busy on busy.webhook_id = w.id
        cross join lateral (
          select d.id from webhook_deliveries d
            where d.webhook_id = w.id and d.state = 'pending' and d.next_at <= now() and (w.active or d.type = ${testEvent})
            order by d.next_at, d.id limit greatest(0, ${perWebhook} - coalesce(busy.count, 0))
            for update skip locked) next)
    update webhook_deliveries d
      set attempts = d.attempts + 1, next_at = now() + ${leaseMs} * interval '1 millisecond'
      from due, webhooks w where d.id = due.id and w.id = d.webhook_id
      returning d.id::text, d.webhook_id::text, d.event_id, d.type, d.payload, d.attempts, w.url, w.secret,
        case when w.previous_valid_until > now() then w.previous_secret end as previous_secret`)
  return rows
}

type Outcome =
  | { state: 'delivered'; status: number }
  | { state: 'dead'; status: number | null; error: string | null }
  | { state: 'pending'; status: number | null; error: string | null; inMs: number }

/** False when it was taken by somebody else meanwhile, or sent anew. */
export async function settle(db: Db, { id, attempts }: Claimed, outcome: Outcome): Promise<boolean> {
  const isOurs = and(
    eq(webhookDeliveries.id, id),
    eq(webhookDeliveries.state, 'pending'),
    eq(webhookDeliveries.attempts, attempts),
  )
  const rows = await db
    .update(webhookDeliveries)
    .set({
      state: outcome.state,
      last_status: outcome.status,
      last_error: outcome.state === 'delivered' ? null : outcome.error,
      ...(outcome.state === 'delivered' && { delivered_at: sql`now()` }),
      ...(outcome.state === 'pending' && { next_at: sql`now() + ${outcome.inMs} * interval '1 millisecond'` }),
    })
    .where(isOurs)
    .returning({ id: webhookDeliveries.id })
  return rows.length > 0
}

/** Nothing has been taken since this delivery began its way. */
export async function isSilentSince(db: Db, { webhook_id, id }: Claimed): Promise<boolean> {
  const { rows } = await db.execute(sql`
    select from webhook_deliveries mine where mine.id = ${id} and not exists (
      select from webhook_deliveries d where d.webhook_id = ${webhook_id} and d.delivered_at > mine.created_at)`)
  return rows.length > 0
}

export async function stopWebhook(db: Db, id: string, why: string): Promise<boolean> {
  const rows = await db
    .update(webhooks)
    .set({ active: false, stopped_because: why, version: sql`${webhooks.version} + 1` })
    .where(and(eq(webhooks.id, id), webhooks.active))
    .returning({ id: webhooks.id })
  return rows.length > 0
}
