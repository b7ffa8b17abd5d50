import * as contract from '@clinicacrm/contract/patient-page.ts'
import type { NumberView, RelationView } from '@clinicacrm/contract/patient-page.ts'
import type { Disclosures } from '../audit/disclosures.ts'
import type { Caller } from '../http/caller.ts'
import { type App, serve } from '../http/serve.ts'
import type { Work } from '../work.ts'
import { addConsent } from './consents.ts'
import { findDuplicates } from './duplicates.ts'
import { saveNumber } from './numbers.ts'
import { patientPageOf } from './page.ts'
import { addRelation, removeRelation } from './relations.ts'

export function patientPageRoutes(app: App, house: Pick<Work, 'config'> & { disclosures: Disclosures }) {
  const read = (patient_id: string, { actor }: Caller) =>
    house.disclosures.record({ actor, action: 'patient.read', case_id: null, patient_id })
  /** Others whose names stand on somebody's page. */
  const listed = (ids: string[], { actor }: Caller) => {
    for (const patient_id of new Set(ids)) {
      house.disclosures.record({ actor, action: 'patient.listed', case_id: null, patient_id })
    }
  }
  const sharers = (numbers: NumberView[]) => numbers.flatMap(({ shared_with }) => shared_with.map(({ id }) => id))
  const related = (relations: RelationView[]) => relations.map(({ other }) => other.id)

  serve(app, contract.getPatientPage, async ({ params, db }, by) => {
    const page = await patientPageOf(db, params.id, by, house.config)
    read(params.id, by)
    listed([...sharers(page.numbers), ...related(page.relations)], by)
    for (const { id } of page.cases) {
      house.disclosures.record({ actor: by.actor, action: 'case.listed', case_id: id, patient_id: params.id })
    }
    return page
  })
  serve(app, contract.saveNumber, async ({ params, body, db }, by) => {
    const numbers = await saveNumber({ ...house, db, by }, params.id, params.key, body)
    read(params.id, by)
    listed(sharers(numbers), by)
    return { numbers }
  })
  serve(app, contract.addRelation, async ({ params, body, db }, by) => {
    const relations = await addRelation({ ...house, db, by }, params.id, body)
    listed(related(relations), by)
    return { relations }
  })
  serve(app, contract.removeRelation, async ({ params, db }, by) => {
    const relations = await removeRelation({ ...house, db, by }, params.id, params.relation_id)
    listed(related(relations), by)
    return { relations }
  })
  serve(app, contract.addConsent, async ({ params, body, db }, by) => {
    const consents = await addConsent({ ...house, db, by }, params.id, body)
    read(params.id, by)
    return { consents }
  })
  serve(app, contract.findDuplicates, async ({ body, db }, by) => {
    const candidates = await findDuplicates(db, body, by, house.config)
    listed(
      candidates.map(({ id }) => id),
      by,
    )
    return { candidates }
  })
}
