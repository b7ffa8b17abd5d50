import * as contract from '@clinicacrm/contract/webhooks.ts'
import type { Outgoing } from '../http/outgoing.ts'
import type { Seals } from '../http/sealed.ts'
import { type App, serve } from '../http/serve.ts'
import type { Work } from '../work.ts'
import { getDelivery, listDeliveries, replayDead, replayDelivery, sendTest } from './deliveries.ts'
import { webhooksFor } from './queries.ts'
import { createWebhook, removeWebhook, rotateWebhookSecret, saveWebhook } from './webhooks.ts'

type House = Pick<Work, 'config'> & { seals: Seals; outgoing: Outgoing }

export function webhookRoutes(app: App, house: House) {
  serve(app, contract.listWebhooks, async ({ db }, by) => ({
    webhooks: (await webhooksFor(db, by)) as contract.WebhookView[],
  }))
  serve(app, contract.createWebhook, ({ body, db }, by) => createWebhook({ ...house, db, by }, body))
  serve(app, contract.saveWebhook, ({ params, body, db }, by) => saveWebhook({ ...house, db, by }, params.id, body))
  serve(app, contract.rotateWebhookSecret, ({ params, body, db }, by) =>
    rotateWebhookSecret({ ...house, db, by }, params.id, body.overlap_hours),
  )
  serve(app, contract.removeWebhook, ({ params, db }, by) => removeWebhook({ ...house, db, by }, params.id))
  serve(app, contract.testWebhook, ({ params, db }, by) => sendTest({ ...house, db, by }, params.id))

  serve(app, contract.listDeliveries, ({ params, query, db }, by) => listDeliveries({ db, by }, params.id, query))
  serve(app, contract.getDelivery, ({ params, db }, by) => getDelivery({ db, by }, params.id, params.delivery_id))
  serve(app, contract.replayDelivery, ({ params, db }, by) =>
    replayDelivery({ ...house, db, by }, params.id, params.delivery_id),
  )
  serve(app, contract.replayDead, ({ params, db }, by) => replayDead({ ...house, db, by }, params.id))
}
