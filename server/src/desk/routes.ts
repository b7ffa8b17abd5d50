import { getDesk } from '@clinicacrm/contract/desk.ts'
import type { Disclosure, Disclosures } from '../audit/disclosures.ts'
import { type App, serve } from '../http/serve.ts'
import type { Work } from '../work.ts'
import { deskOf } from './desk.ts'

export function deskRoutes(app: App, house: Pick<Work, 'config'> & { disclosures: Disclosures }) {
  serve(app, getDesk, async ({ db }, by) => {
    const desk = await deskOf({ ...house, db, by })
    const shown = (action: Disclosure['action'], case_id: string, patient_id: string) =>
      house.disclosures.record({ actor: by.actor, action, case_id, patient_id })
    for (const { cases } of [desk.overdue, desk.today, desk.tomorrow, desk.unassigned]) {
      for (const kase of cases) shown('case.listed', kase.id, kase.patient_id)
    }
    for (const { case_id, patient_id } of desk.mentions) shown('notes.read', case_id, patient_id)
    return desk
  })
}
