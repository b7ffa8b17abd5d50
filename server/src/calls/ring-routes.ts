import { ringMyself } from '@clinicacrm/contract/ring.ts'
import { type App, serve } from '../http/serve.ts'
import { createRinger, type RingHouse } from './ring.ts'

export function ringRoutes(app: App, house: Omit<RingHouse, 'db'>) {
  const ringer = createRinger({ ...house, db: app.db })
  app.fastify.addHook('onClose', () => ringer.close())
  serve(app, ringMyself, ({ body }, by) => ringer.ring(by, body.scenario))
}
