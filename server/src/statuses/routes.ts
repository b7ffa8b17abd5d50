import { listStatuses } from '@clinicacrm/contract/statuses.ts'
import { type App, serve } from '../http/serve.ts'
import { allStatuses } from './statuses.ts'

export function statusRoutes(app: App) {
  serve(app, listStatuses, async ({ db }) => ({ statuses: await allStatuses(db) }))
}
