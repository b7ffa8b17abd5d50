import type { WebhookPayload, WebhookView } from '@clinicacrm/contract/webhooks.ts'
import { createEvents } from '../events.ts'
import { startDelivering } from '../webhooks/webhooks.ts'
import type { Clinic, SignedIn } from './harness.ts'
import type { Receiver } from './receiver.ts'

export type Delivering = ReturnType<typeof startDelivering>
type Pace = NonNullable<Parameters<typeof startDelivering>[0]['pace']>

/** The real times, a thousandth as long. */
export const inMiniature: Pace = {
  schedule: [5, 300, 300, 300].map((ms) => ms / 10),
  attemptMs: 500,
  leaseMs: 1_500,
  pollMs: 25,
}

/** What main.ts starts beside the program; a second one is another process as far as the database can tell. */
export function delivering({ pools, config }: Clinic, pace: Pace = {}, events = createEvents('silent')): Delivering {
  return startDelivering({ pools, config, events, pace: { ...inMiniature, ...pace } })
}

export async function webhookTo(
  person: SignedIn,
  { url }: Pick<Receiver, 'url'>,
  fields: object = {},
): Promise<WebhookView & { secret: string }> {
  const json = { url, events: ['case.created'], ...fields }
  const { status, text, body } = await person.ask('POST', '/api/webhooks', { json })
  if (status !== 201) throw new Error(text)
  return body
}

type Row = {
  id: string
  type: string
  state: string
  attempts: number
  last_status: number | null
  last_error: string | null
} & {
  payload: WebhookPayload
}

/** What was queued, the oldest first. */
export const queued = (clinic: Clinic, webhookId?: string): Promise<Row[]> =>
  clinic.rows<Row>(
    `select id, type, state, attempts, last_status, last_error, payload from webhook_deliveries
      where webhook_id = coalesce($1, webhook_id) order by id`,
    [webhookId ?? null],
  )

/** So many deliveries as if so many changes had been made. */
export const queue = (clinic: Clinic, webhookId: string, count: number): Promise<unknown> =>
  clinic.rows(
    `insert into webhook_deliveries (webhook_id, event_id, type, payload)
      select $1::bigint, event_id, 'case.created', jsonb_build_object('id', event_id, 'type', 'case.created', 'timestamp',
          '2026-11-25T10:00:00.000000+00:00', 'actor', 'system', 'data', jsonb_build_object('n', n))
        from generate_series(1, $2::int) n, lateral (select concat('evt_', $1::bigint, '_', n) as event_id) named`,
    [webhookId, count],
  )
