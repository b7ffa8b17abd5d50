import * as contract from '@clinicacrm/contract/cases.ts'
import type { SavedCase } from '@clinicacrm/contract/cases.ts'
import { addNote as add, listNotes } from '@clinicacrm/contract/notes.ts'
import { AppError } from '../app-error.ts'
import type { Disclosure, Disclosures } from '../audit/disclosures.ts'
import type { Caller } from '../http/caller.ts'
import { type App, serve } from '../http/serve.ts'
import type { Work } from '../work.ts'
import { createCase, deleteCase, noSuchCase, saveCase, viewOf } from './cases.ts'
import { addNote } from './notes.ts'
import { caseById, notesOf } from './queries.ts'

type House = Pick<Work, 'config'> & { disclosures: Disclosures }

export function caseRoutes(app: App, house: House) {
  const disclosed = (action: Disclosure['action'], row: { id: string; patient_id: string }, { actor }: Caller) =>
    house.disclosures.record({ actor, action, case_id: row.id, patient_id: row.patient_id })

  /** Saving shows the whole case, and so does a refusal because it changed. */
  async function shown(saving: Promise<SavedCase>, by: Caller) {
    try {
      const saved = await saving
      disclosed('case.read', saved, by)
      return saved
    } catch (error) {
      if (error instanceof AppError && error.code === 'case_changed')
        disclosed('case.read', error.details.current as SavedCase, by)
      throw error
    }
  }

  serve(app, contract.createCase, ({ body, db }, by) => {
    if (body.created_at !== undefined && !by.permissions.has('cases:import')) {
      throw new AppError('forbidden', 'created_at: needs the scope cases:import.')
    }
    return shown(createCase({ ...house, db, by }, body), by)
  })
  serve(app, contract.getCase, async ({ params, db }, by) => {
    const row = await caseById(db, params.id, by)
    if (!row) throw noSuchCase()
    disclosed('case.read', row, by)
    return viewOf(row, house)
  })
  serve(app, contract.saveCase, ({ params, body, db }, by) =>
    shown(saveCase({ ...house, db, by }, params.id, body), by),
  )
  serve(app, contract.deleteCase, ({ params, query, db }, by) =>
    deleteCase({ ...house, db, by }, params.id, query.version),
  )
  serve(app, listNotes, async ({ params, db }, by) => {
    const row = await caseById(db, params.id, by)
    if (!row) throw noSuchCase()
    disclosed('notes.read', row, by)
    return { notes: await notesOf(db, row.id) }
  })
  serve(app, add, ({ params, body, db }, by) => addNote({ ...house, db, by }, params.id, body))
}
