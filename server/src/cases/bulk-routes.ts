import * as contract from '@clinicacrm/contract/case-lists.ts'
import type { Disclosures } from '../audit/disclosures.ts'
import { type App, serve } from '../http/serve.ts'
import type { Work } from '../work.ts'
import { changeMany, previewOf, type RefusedRow, undoMany } from './bulk.ts'

/** Changes of many cases; whoever is named in an answer was shown. */
export function bulkRoutes(app: App, house: Pick<Work, 'config'> & { disclosures: Disclosures }) {
  function named<T extends Pick<RefusedRow, 'id' | 'patient_id'>>(rows: T[], { actor }: { actor: string }) {
    return rows.map(({ patient_id, ...row }) => {
      house.disclosures.record({ actor, action: 'case.listed', case_id: row.id, patient_id })
      return row
    })
  }

  serve(app, contract.previewBulk, async ({ body, db }, by) => {
    const { total, steps, unchanged, refused, sample } = await previewOf({ ...house, db, by }, body)
    return { total, changes: steps.length, unchanged, refused: named(refused, by), sample: named(sample, by) }
  })
  serve(app, contract.changeManyCases, async ({ body, db }, by) => {
    const { refused, ...done } = await changeMany({ ...house, db, by }, body)
    return { ...done, refused: named(refused, by) }
  })
  serve(app, contract.undoBulk, async ({ params, db }, by) => {
    const { restored, skipped } = await undoMany({ ...house, db, by }, params.id)
    return { restored, skipped: named(skipped, by) }
  })
}
