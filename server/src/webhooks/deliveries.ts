import type { DeliveryState, DeliveryView, WebhookPayload } from '@clinicacrm/contract/webhooks.ts'
import { testEvent } from '@clinicacrm/contract/webhook-events.ts'
import { and, eq, ne, sql } from 'drizzle-orm'
import { AppError, wrongFields } from '../app-error.ts'
import { record } from '../audit/audit.ts'
import { newDeliveryId, webhookChannel } from '../audit/outbox.ts'
import { webhookDeliveries } from '../db/schema.ts'
import { inTransaction, type Work } from '../work.ts'
import { deliveriesOf, deliveryById, lockedWebhook, webhookById } from './queries.ts'
import { inOrder } from './sign.ts'
import { noSuchWebhook } from './webhooks.ts'

type Asked = {
  state?: DeliveryState[] | undefined
  type?: string[] | undefined
  cursor?: string | undefined
  limit: number
}
type Reading = Pick<Work, 'db' | 'by'>

export async function listDeliveries({ db, by }: Reading, webhookId: string, { cursor, limit, ...filters }: Asked) {
  if (!(await webhookById(db, webhookId, by))) throw noSuchWebhook()
  const before = cursor === undefined ? null : idIn(cursor)
  const rows = await deliveriesOf(db, webhookId, { ...filters, before, limit: limit + 1 })
  const deliveries = rows.slice(0, limit)
  const next_cursor = rows.length > limit ? (deliveries.at(-1)?.id ?? null) : null
  return { deliveries, next_cursor }
}

function idIn(cursor: string): string {
  if (/^\d{1,18}$/.test(cursor)) return cursor
  throw wrongFields({ field: 'cursor', message: 'use the next_cursor of the page before' })
}

export async function getDelivery({ db, by }: Reading, webhookId: string, id: string) {
  if (!(await webhookById(db, webhookId, by))) throw noSuchWebhook()
  const delivery = await deliveryById(db, webhookId, id)
  if (!delivery) throw noSuchDelivery()
  return { ...delivery, payload: inOrder(delivery.payload as WebhookPayload) }
}

/** Tried once: whoever pressed the button looks at what came of it. */
export function sendTest(work: Work, webhookId: string): Promise<DeliveryView> {
  return inTransaction(work, async (inside) => {
    const { db, by } = inside
    await known(inside, webhookId)
    const event_id = newDeliveryId()
    const payload = {
      id: event_id,
      type: testEvent,
      timestamp: new Date().toISOString().replace('Z', '000+00:00'),
      actor: by.actor,
      data: { webhook_id: webhookId },
    }
    const values = { webhook_id: webhookId, event_id, type: testEvent, payload }
    const [row] = await db.insert(webhookDeliveries).values(values).returning({ id: webhookDeliveries.id })
    await wake(inside)
    return shown(inside, webhookId, row!.id)
  })
}

/** Again from the first attempt, under the same id: a receiver that took it before can tell. */
export function replayDelivery(work: Work, webhookId: string, id: string): Promise<DeliveryView> {
  return inTransaction(work, async (inside) => {
    await known(inside, webhookId)
    if ((await again(inside, webhookId, eq(webhookDeliveries.id, id))) === 0) throw noSuchDelivery()
    return shown(inside, webhookId, id)
  })
}

export function replayDead(work: Work, webhookId: string): Promise<{ count: number }> {
  return inTransaction(work, async (inside) => {
    await known(inside, webhookId)
    const isDead = and(eq(webhookDeliveries.state, 'dead'), ne(webhookDeliveries.type, testEvent))
    return { count: await again(inside, webhookId, isDead) }
  })
}

async function again(work: Work, webhookId: string, which: ReturnType<typeof and>): Promise<number> {
  const rows = await work.db
    .update(webhookDeliveries)
    .set({
      state: 'pending',
      attempts: 0,
      next_at: sql`now()`,
      last_status: null,
      last_error: null,
      delivered_at: null,
    })
    .where(and(eq(webhookDeliveries.webhook_id, webhookId), which))
    .returning({ id: webhookDeliveries.id })
  if (rows.length === 0) return 0
  const after = { replayed: rows.length }
  await record(work, { action: 'webhook.replayed', subject: 'webhook', id: webhookId, after })
  await wake(work)
  return rows.length
}

async function known({ db, by }: Work, webhookId: string) {
  if (!(await lockedWebhook(db, webhookId, by))) throw noSuchWebhook()
}

async function shown({ db }: Work, webhookId: string, id: string): Promise<DeliveryView> {
  const { payload: _, ...delivery } = (await deliveryById(db, webhookId, id))!
  return delivery
}

const wake = ({ db }: Work) => db.execute(sql`select pg_notify(${webhookChannel}, 'due')`)

const noSuchDelivery = () => new AppError('not_found', 'There is no delivery with this id.')
