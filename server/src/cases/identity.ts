import type { identityFacts } from '@clinicacrm/contract/case-page.ts'
import { sql } from 'drizzle-orm'
import { record } from '../audit/audit.ts'
import { isoInstant } from '../db/columns.ts'
import { publish } from '../live/live.ts'
import { inTransaction, type Work } from '../work.ts'
import { noSuchCase } from './cases.ts'
import { caseById } from './queries.ts'

/**
 * Somebody proved to be the patient. It is the patient's trace, so that it holds for their other cases too; it says which
 * facts were asked, never what was answered.
 */
export function confirmIdentity(
  work: Work,
  caseId: string,
  facts: (typeof identityFacts)[number][],
): Promise<{ identity_confirmed_at: string }> {
  return inTransaction(work, async (inside) => {
    const kase = await caseById(inside.db, caseId, inside.by)
    if (!kase) throw noSuchCase()
    const { patient_id, clinic_id } = kase
    const after = { facts: [...new Set(facts)], case_id: caseId }
    await record(inside, { action: 'identity.confirmed', subject: 'patient', id: patient_id, after })
    await publish(inside, { kind: 'case', id: caseId, case_id: caseId, patient_id, clinic_id, what: 'changed' })
    const { rows } = await inside.db.execute<{ now: string }>(sql`select now()`)
    return { identity_confirmed_at: isoInstant(rows[0]!.now) }
  })
}
