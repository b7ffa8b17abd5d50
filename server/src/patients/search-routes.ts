import { searchEverything as contract } from '@clinicacrm/contract/patient-page.ts'
import type { Disclosures } from '../audit/disclosures.ts'
import { type App, serve } from '../http/serve.ts'
import type { Work } from '../work.ts'
import { searchEverything } from './search.ts'

export function searchRoutes(app: App, { config, disclosures }: Pick<Work, 'config'> & { disclosures: Disclosures }) {
  serve(app, contract, async ({ query, db }, by) => {
    const found = await searchEverything(db, query, by, config)
    const { actor } = by
    for (const { id } of found.patients) {
      disclosures.record({ actor, action: 'patient.listed', case_id: null, patient_id: id })
    }
    if (found.case) {
      const { id, patient_id } = found.case
      disclosures.record({ actor, action: 'case.listed', case_id: id, patient_id })
    }
    return found
  })
}
