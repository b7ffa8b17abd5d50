import { createHmac, randomBytes } from 'node:crypto'
import type { WebhookPayload } from '@clinicacrm/contract/webhooks.ts'

const prefix = 'whsec_'

/** As Standard Webhooks writes them. */
export const newWebhookSecret = (): string => prefix + randomBytes(32).toString('base64')

/** In the order in which people read it; the database keeps none. */
export const inOrder = ({ id, type, timestamp, actor, data }: WebhookPayload): WebhookPayload => ({
  id,
  type,
  timestamp,
  actor,
  data,
})

type Message = { id: string; at: Date; body: string }

/** The headers by which a receiver knows who sends; during a rotation the signatures of both secrets. */
export function signed({ id, at, body }: Message, secrets: readonly string[]): Record<string, string> {
  const seconds = String(Math.floor(at.getTime() / 1000))
  const signatureBy = (secret: string) =>
    createHmac('sha256', Buffer.from(secret.slice(prefix.length), 'base64'))
      .update(`${id}.${seconds}.${body}`)
      .digest('base64')
  return {
    'webhook-id': id,
    'webhook-timestamp': seconds,
    'webhook-signature': secrets.map((secret) => `v1,${signatureBy(secret)}`).join(' '),
  }
}
