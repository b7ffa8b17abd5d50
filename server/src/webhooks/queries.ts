import { testEvent } from '@clinicacrm/contract/webhook-events.ts'
import type { DeliveryState } from '@clinicacrm/contract/webhooks.ts'
import { and, desc, eq, inArray, lt, type SQL, sql } from 'drizzle-orm'
import { nameOfActor } from '../audit/actors.ts'
import type { Db } from '../db/client.ts'
import { clinics, webhookDeliveries, webhooks } from '../db/schema.ts'
import type { Actor } from '../work.ts'

/** Of one webhook, by its index; no further than anybody wants to know. */
const counted = (condition: SQL) => sql<number>`(select count(*)::int from (
  select from ${webhookDeliveries} d where d.webhook_id = webhooks.id and ${condition} limit 1000) found)`

const isPending = sql`d.state = 'pending'`

const columns = {
  id: webhooks.id,
  url: webhooks.url,
  description: webhooks.description,
  events: webhooks.events,
  clinics: sql<string[] | null>`(select array_agg(${clinics.name} order by ${clinics.name}) from ${clinics}
    where ${clinics.id} = any (${webhooks.clinic_ids}))`,
  active: webhooks.active,
  hint: webhooks.hint,
  previous_valid_until: webhooks.previous_valid_until,
  stopped_because: webhooks.stopped_because,
  pending: counted(isPending),
  failing: counted(sql`${isPending} and (d.last_status is not null or d.last_error is not null)`),
  dead: counted(sql`d.state = 'dead' and d.type <> ${testEvent}`),
  last_delivered_at: sql<string | null>`(select d.delivered_at from ${webhookDeliveries} d
    where d.webhook_id = webhooks.id and d.delivered_at is not null order by d.id desc limit 1)`.mapWith(
    webhooks.created_at,
  ),
  created_by: nameOfActor(webhooks.created_by),
  created_at: webhooks.created_at,
  version: webhooks.version,
}

/** Who is limited to clinics sees only webhooks that stay within them. */
const managedBy = ({ clinicIds }: Actor) =>
  clinicIds ? sql`${webhooks.clinic_ids} <@ ${sql.param(`{${clinicIds.join(',')}}`)}::bigint[]` : undefined

export const webhooksFor = (db: Db, by: Actor) =>
  db.select(columns).from(webhooks).where(managedBy(by)).orderBy(desc(webhooks.id))

export async function webhookById(db: Db, id: string, by: Actor) {
  const [row] = await db
    .select(columns)
    .from(webhooks)
    .where(and(eq(webhooks.id, id), managedBy(by)))
  return row ?? null
}

/** Locked until the transaction ends; whoever writes deliveries for it need not wait. */
export async function lockedWebhook(db: Db, id: string, by: Actor) {
  const [row] = await db
    .select()
    .from(webhooks)
    .where(and(eq(webhooks.id, id), managedBy(by)))
    .for('no key update')
  return row ?? null
}

export const countActive = (db: Db): Promise<number> => db.$count(webhooks, eq(webhooks.active, true))

const deliveryColumns = {
  id: webhookDeliveries.id,
  event_id: webhookDeliveries.event_id,
  type: webhookDeliveries.type,
  state: sql<DeliveryState>`${webhookDeliveries.state}`,
  attempts: webhookDeliveries.attempts,
  next_at: sql<
    string | null
  >`case when ${webhookDeliveries.state} = 'pending' then ${webhookDeliveries.next_at} end`.mapWith(
    webhookDeliveries.next_at,
  ),
  last_status: webhookDeliveries.last_status,
  last_error: webhookDeliveries.last_error,
  created_at: webhookDeliveries.created_at,
  delivered_at: webhookDeliveries.delivered_at,
}

type Page = { state?: DeliveryState[] | undefined; type?: string[] | undefined; before: string | null; limit: number }

/** By the index on a webhook's deliveries, from the newest. */
export function deliveriesOf(db: Db, webhookId: string, { state, type, before, limit }: Page) {
  return db
    .select(deliveryColumns)
    .from(webhookDeliveries)
    .where(
      and(
        eq(webhookDeliveries.webhook_id, webhookId),
        state && inArray(webhookDeliveries.state, state),
        type && inArray(webhookDeliveries.type, type),
        before ? lt(webhookDeliveries.id, before) : undefined,
      ),
    )
    .orderBy(desc(webhookDeliveries.id))
    .limit(limit)
}

export async function deliveryById(db: Db, webhookId: string, id: string) {
  const [row] = await db
    .select({ ...deliveryColumns, payload: webhookDeliveries.payload })
    .from(webhookDeliveries)
    .where(and(eq(webhookDeliveries.id, id), eq(webhookDeliveries.webhook_id, webhookId)))
  return row ?? null
}
