import {
  createPatient,
  getPatient,
  listPatients,
  type SavedPatient,
  savePatient as save,
} from '@clinicacrm/contract/patients.ts'
import { AppError } from '../app-error.ts'
import type { Disclosure, Disclosures } from '../audit/disclosures.ts'
import { page, positionOf } from '../db/pages.ts'
import type { Caller } from '../http/caller.ts'
import { type App, serve } from '../http/serve.ts'
import type { Work } from '../work.ts'
import { patientPageRoutes } from './page-routes.ts'
import { registerPatient, savePatient } from './patients.ts'
import { searchRoutes } from './search-routes.ts'
import { knownPatient, pageOfPatients } from './queries.ts'

export function patientRoutes(app: App, house: Pick<Work, 'config'> & { disclosures: Disclosures }) {
  const disclosed = (action: Disclosure['action'], patient_id: string, { actor }: Caller) =>
    house.disclosures.record({ actor, action, case_id: null, patient_id })

  serve(app, listPatients, async ({ query, db }, by) => {
    const { cursor, limit, search } = query
    const rows = await pageOfPatients(db, by, { search, position: positionOf(cursor), limit })
    const { rows: patients, next_cursor } = page(rows, limit)
    for (const patient of patients) disclosed('patient.listed', patient.id, by)
    return { patients, next_cursor }
  })
  /** Saving shows the whole patient, and so does a refusal because they changed. */
  async function shown(saving: Promise<SavedPatient>, id: string, by: Caller) {
    try {
      const saved = await saving
      disclosed('patient.read', id, by)
      return saved
    } catch (error) {
      if (error instanceof AppError && error.code === 'patient_changed') disclosed('patient.read', id, by)
      throw error
    }
  }

  serve(app, createPatient, ({ body, db }, by) => registerPatient({ ...house, db, by }, body))
  serve(app, getPatient, async ({ params, db }, by) => {
    const patient = await knownPatient(db, params.id, by)
    disclosed('patient.read', patient.id, by)
    return patient
  })
  serve(app, save, ({ params, body, db }, by) =>
    shown(savePatient({ ...house, db, by }, params.id, body), params.id, by),
  )
  patientPageRoutes(app, house)
  searchRoutes(app, house)
}
