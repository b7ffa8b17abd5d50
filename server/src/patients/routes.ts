import { createPatient, getPatient, listPatients, savePatient as save } from '@clinicacrm/contract/patients.ts'
import { AppError } from '../app-error.ts'
import { page, positionOf } from '../db/pages.ts'
import { type App, serve } from '../http/serve.ts'
import type { Work } from '../work.ts'
import { registerPatient, savePatient } from './patients.ts'
import { pageOfPatients, patientById } from './queries.ts'

export function patientRoutes(app: App, house: Pick<Work, 'config' | 'events'>) {
  serve(app, listPatients, async ({ query, db }, by) => {
    const { cursor, limit, search } = query
    const rows = await pageOfPatients(db, by, { search, position: positionOf(cursor), limit })
    const { rows: patients, next_cursor } = page(rows, limit)
    return { patients, next_cursor }
  })
  serve(app, createPatient, ({ body, db }, by) => registerPatient({ ...house, db, by }, body))
  serve(app, getPatient, async ({ params, db }, by) => {
    const patient = await patientById(db, params.id, by)
    if (!patient) throw new AppError('not_found', 'There is no patient with this id.')
    return patient
  })
  serve(app, save, ({ params, body, db }, by) => savePatient({ ...house, db, by }, params.id, body))
}
