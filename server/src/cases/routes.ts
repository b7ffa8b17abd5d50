import * as contract from '@clinicacrm/contract/cases.ts'
import { addNote as add, listNotes } from '@clinicacrm/contract/notes.ts'
import { AppError } from '../app-error.ts'
import { page, positionOf } from '../db/pages.ts'
import { type App, serve } from '../http/serve.ts'
import type { Work } from '../work.ts'
import { createCase, deleteCase, noSuchCase, saveCase, viewOf } from './cases.ts'
import { addNote, notesOfCase } from './notes.ts'
import { caseById, pageOfCases } from './queries.ts'

export function caseRoutes(app: App, house: Pick<Work, 'config' | 'events'>) {
  serve(app, contract.listCases, async ({ query, db }, by) => {
    const { cursor, limit, ...filters } = query
    const { rows, next_cursor } = page(
      await pageOfCases(db, by, filters, { position: positionOf(cursor), limit }),
      limit,
    )
    return { cases: rows.map((row) => viewOf(row, house)), next_cursor }
  })
  serve(app, contract.createCase, ({ body, db }, by) => {
    if (body.created_at !== undefined && !by.permissions.has('cases:import')) {
      throw new AppError('forbidden', 'created_at: needs the scope cases:import.')
    }
    return createCase({ ...house, db, by }, body)
  })
  serve(app, contract.getCase, async ({ params, db }, by) => {
    const row = await caseById(db, params.id, by)
    if (!row) throw noSuchCase()
    return viewOf(row, house)
  })
  serve(app, contract.saveCase, ({ params, body, db }, by) => saveCase({ ...house, db, by }, params.id, body))
  serve(app, contract.deleteCase, ({ params, query, db }, by) =>
    deleteCase({ ...house, db, by }, params.id, query.version),
  )
  serve(app, listNotes, async ({ params, db }, by) => ({ notes: await notesOfCase({ ...house, db, by }, params.id) }))
  serve(app, add, ({ params, body, db }, by) => addNote({ ...house, db, by }, params.id, body))
}
