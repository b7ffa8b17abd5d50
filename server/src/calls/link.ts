import type { linkCall as declared } from '@clinicacrm/contract/call-log.ts'
import type { CallView } from '@clinicacrm/contract/calls.ts'
import { and, eq, sql } from 'drizzle-orm'
import type { z } from 'zod'
import { AppError, wrongFields } from '../app-error.ts'
import { record } from '../audit/audit.ts'
import { casesVisibleTo } from '../cases/cases.ts'
import { calls, cases, pops } from '../db/schema.ts'
import { publish } from '../live/live.ts'
import { patientById } from '../patients/patients.ts'
import { inTransaction, type Work } from '../work.ts'
import { callById, viewOfCall } from './queries.ts'
import { newestCaseOf } from './match.ts'

type Chosen = z.output<NonNullable<(typeof declared)['body']>>

/** A person says whose call it is; `patient_id: null` says that it is nobody's of those proposed. */
export function linkCall(work: Work, id: string, { patient_id, case_id, version }: Chosen): Promise<CallView> {
  return inTransaction(work, async (inside) => {
    const { db, by } = inside
    const seen = await callById(db, id, by)
    if (!seen) throw new AppError('not_found', 'There is no call with this id.')
    await db.select({ id: calls.id }).from(calls).where(eq(calls.id, id)).for('update')
    const before = (await callById(db, id, by))!.call
    if (version !== undefined && version !== before.version) {
      throw new AppError('changed', 'Somebody changed this call in between.', { current: viewOfCall(seen) })
    }
    const after = patient_id
      ? { match: 'linked', patient_id, case_id: await caseFor(inside, patient_id, case_id) }
      : { match: before.phone_key || before.phone ? 'none' : 'withheld', patient_id: null, case_id: null }
    await db
      .update(calls)
      .set({ ...after, relinked_at: null, updated_at: sql`now()`, version: sql`${calls.version} + 1` })
      .where(eq(calls.id, id))
    await record(inside, { action: 'call.linked', subject: 'call', id, before, after })
    const concerned = await db.select({ user_id: pops.user_id }).from(pops).where(eq(pops.call, id))
    const to = concerned.map(({ user_id }) => user_id)
    if (to.length > 0) await publish(inside, { kind: 'call', id, what: 'changed', to })
    return viewOfCall((await callById(db, id, by))!)
  })
}

async function caseFor({ db, by }: Work, patientId: string, caseId: string | null | undefined): Promise<string | null> {
  if (!(await patientById(db, patientId, by))) {
    throw wrongFields({ field: 'patient_id', message: 'there is no patient with this id' })
  }
  if (!caseId) return caseId === null ? null : newestCaseOf(db, patientId, by)
  const [own] = await db
    .select({ id: cases.id })
    .from(cases)
    .where(and(eq(cases.id, caseId), eq(cases.patient_id, patientId), casesVisibleTo(by)))
  if (own) return caseId
  throw wrongFields({ field: 'case_id', message: 'is no case of this patient' })
}
