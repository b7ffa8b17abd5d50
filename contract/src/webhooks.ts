import { z } from 'zod'
import { endpoint } from './endpoint.ts'
import { cursor, id, instant, limit, oneOrMany, requiredText, text } from './fields.ts'
import { testEvent, webhookEventNames } from './webhook-events.ts'

/** Why the program does not speak to an address, whoever typed it. */
export const outgoingProblems = ['scheme', 'credentials', 'port', 'address'] as const
export type OutgoingProblem = (typeof outgoingProblems)[number]

/** `failing`: nothing was taken for as long as one delivery is tried. `gone`: the receiver answered 410. */
export const stopReasons = ['failing', 'gone'] as const

export const deliveryStates = ['pending', 'delivered', 'dead'] as const
export type DeliveryState = (typeof deliveryStates)[number]

export const webhookFields = z.strictObject({
  url: z
    .url({ protocol: /^https?$/, error: 'must be an address such as https://hooks.example/clinicacrm' })
    .max(2000)
    .refine((value) => /^[\x21-\u{10ffff}]+$/u.test(value), 'must hold no blanks and no control characters')
    .meta({ description: 'Over HTTPS, at a public address, without a user name; or where the operator allows more.' }),
  description: text(1000).nullable(),
  events: z.array(z.enum(webhookEventNames)).min(1, 'must name at least one event').max(100),
  clinics: z.array(requiredText(200)).min(1).max(200).nullable().meta({ description: 'Clinic names; null means all.' }),
  active: z
    .boolean()
    .meta({ description: 'Begins again where it was stopped. While it is not active, nothing is kept.' }),
})
export type WebhookFields = z.infer<typeof webhookFields>

export const webhookView = webhookFields
  .extend({
    id,
    url: z.string(),
    events: z.array(z.string()),
    hint: z.string().meta({ description: 'The end of the secret.' }),
    previous_valid_until: instant.nullable().meta({ description: 'Until then the secret before it signs as well.' }),
    stopped_because: z.enum(stopReasons).nullable().meta({ description: 'Why the CRM stopped it.' }),
    pending: z.int().meta({ description: 'Deliveries on their way or to be tried again; counted to 1000.' }),
    failing: z.int().meta({ description: 'Those of them that failed at least once; counted to 1000.' }),
    dead: z.int().meta({ description: 'Deliveries that were given up; counted to 1000.' }),
    last_delivered_at: instant.nullable(),
    created_by: z.string(),
    created_at: instant,
    version: z.int(),
  })
  .meta({ id: 'Webhook' })
export type WebhookView = z.infer<typeof webhookView>

const shownOnce = webhookView
  .extend({ secret: z.string().meta({ description: 'What signatures are made with, `whsec_…`. Shown this once.' }) })
  .meta({ id: 'WebhookWithSecret' })

export const deliveryView = z
  .object({
    id,
    event_id: z.string().meta({ description: 'The header `webhook-id`: the same at every attempt.' }),
    type: z.string(),
    state: z.enum(deliveryStates),
    attempts: z.int(),
    next_at: instant.nullable().meta({ description: 'When it is tried next; null when it is not.' }),
    last_status: z.int().nullable().meta({ description: 'What the receiver answered last.' }),
    last_error: z
      .string()
      .nullable()
      .meta({
        description:
          'The beginning of an answer that was no success; without a status, why there was none: `timeout`, `dns`, `tls: …`, ' +
          '`connection: …`, or why the address is refused: `scheme`, `credentials`, `port`, `address`.',
      }),
    created_at: instant,
    delivered_at: instant.nullable(),
  })
  .meta({ id: 'WebhookDelivery' })
export type DeliveryView = z.infer<typeof deliveryView>

/** What is sent: who is meant and what happened, never what a patient is called or what was said. */
export const webhookPayload = z
  .object({
    id: z.string(),
    type: z.string(),
    timestamp: instant,
    actor: z.string().meta({ description: 'Who did it: `user:5`, `api_key:3`, `line:2`, `system`.' }),
    data: z.record(z.string(), z.unknown()),
  })
  .meta({ id: 'WebhookPayload' })
export type WebhookPayload = z.infer<typeof webhookPayload>

const common = { needs: 'webhooks:manage', tag: 'Webhooks' } as const

export const listWebhooks = endpoint({
  ...common,
  name: 'listWebhooks',
  method: 'GET',
  path: '/api/webhooks',
  summary: 'The webhooks, without their secrets, and how each fares',
  reply: z.object({ webhooks: z.array(webhookView) }),
})

export const createWebhook = endpoint({
  ...common,
  name: 'createWebhook',
  method: 'POST',
  path: '/api/webhooks',
  summary: 'Have another server told of what changes',
  body: webhookFields.partial().required({ url: true, events: true }),
  examples: {
    body: {
      scheduler: {
        summary: 'Hear of appointments',
        value: { url: 'https://hooks.example/clinicacrm', events: ['case.created', 'case.status_changed'] },
      },
    },
  },
  reply: shownOnce,
  status: 201,
})

export const saveWebhook = endpoint({
  ...common,
  name: 'saveWebhook',
  method: 'PATCH',
  path: '/api/webhooks/:id',
  summary: 'Change a webhook, stop it, or let it go on',
  params: z.object({ id }),
  body: webhookFields.partial().extend({ version: z.int().optional() }),
  examples: { body: { stopped: { summary: 'Stop it for now', value: { active: false } } } },
  reply: webhookView,
  errors: ['not_found', 'changed'],
})

export const rotateWebhookSecret = endpoint({
  ...common,
  name: 'rotateWebhookSecret',
  method: 'POST',
  path: '/api/webhooks/:id/rotate',
  summary: 'Give a webhook a new secret; until the overlap ends, both sign',
  params: z.object({ id }),
  body: z.strictObject({
    overlap_hours: z.number().min(0).max(168).default(24).meta({ description: 'How long the old secret still signs.' }),
  }),
  reply: shownOnce,
  errors: ['not_found'],
})

export const removeWebhook = endpoint({
  ...common,
  name: 'removeWebhook',
  method: 'DELETE',
  path: '/api/webhooks/:id',
  summary: 'Remove a webhook with everything that was to be sent to it',
  params: z.object({ id }),
  reply: z.void(),
  status: 204,
  errors: ['not_found'],
})

export const testWebhook = endpoint({
  ...common,
  name: 'testWebhook',
  method: 'POST',
  path: '/api/webhooks/:id/test',
  summary: 'Send a test event, once, also to a webhook that is stopped',
  params: z.object({ id }),
  reply: deliveryView,
  status: 201,
  errors: ['not_found'],
})

export const listDeliveries = endpoint({
  ...common,
  name: 'listDeliveries',
  method: 'GET',
  path: '/api/webhooks/:id/deliveries',
  summary: 'What was sent to a webhook or is to be, the newest first',
  params: z.object({ id }),
  query: z.strictObject({
    state: oneOrMany(z.enum(deliveryStates)).optional(),
    type: oneOrMany(z.enum([...webhookEventNames, testEvent])).optional(),
    cursor: cursor.optional(),
    limit,
  }),
  reply: z.object({ deliveries: z.array(deliveryView), next_cursor: z.string().nullable() }),
  errors: ['not_found'],
})

const oneDelivery = z.object({ id, delivery_id: id })

export const getDelivery = endpoint({
  ...common,
  name: 'getDelivery',
  method: 'GET',
  path: '/api/webhooks/:id/deliveries/:delivery_id',
  summary: 'One delivery with what is sent',
  params: oneDelivery,
  reply: deliveryView.extend({ payload: webhookPayload }),
  errors: ['not_found'],
})

export const replayDelivery = endpoint({
  ...common,
  name: 'replayDelivery',
  method: 'POST',
  path: '/api/webhooks/:id/deliveries/:delivery_id/replay',
  summary: 'Send a delivery again, under the same id',
  params: oneDelivery,
  reply: deliveryView,
  errors: ['not_found'],
})

export const replayDead = endpoint({
  ...common,
  name: 'replayDead',
  method: 'POST',
  path: '/api/webhooks/:id/replay',
  summary: 'Send again all that was given up',
  params: z.object({ id }),
  reply: z.object({ count: z.int() }),
  errors: ['not_found'],
})
