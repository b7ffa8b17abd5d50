import * as contract from '@clinicacrm/contract/case-lists.ts'
import type { Caller, Person } from '../http/caller.ts'
import { type App, serve } from '../http/serve.ts'
import type { Work } from '../work.ts'
import { viewsFor } from './queries.ts'
import { createView, deleteView, saveView } from './views.ts'

export function viewRoutes(app: App, house: Pick<Work, 'config'>) {
  // The doorman lets only people in here.
  const workOf = (db: Work['db'], by: Caller) => ({ ...house, db, by: by as Person })

  serve(app, contract.listViews, async ({ db }, by) => ({ views: await viewsFor(db, by.id) }))
  serve(app, contract.createView, ({ body, db }, by) => createView(workOf(db, by), body))
  serve(app, contract.saveView, ({ params, body, db }, by) => saveView(workOf(db, by), params.id, body))
  serve(app, contract.deleteView, ({ params, db }, by) => deleteView(workOf(db, by), params.id))
}
