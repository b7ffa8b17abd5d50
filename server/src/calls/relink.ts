import { and, desc, eq, inArray, isNotNull, isNull, sql } from 'drizzle-orm'
import { AppError } from '../app-error.ts'
import { recordMany } from '../audit/audit.ts'
import { calls, phoneKeys } from '../db/schema.ts'
import { publish } from '../live/live.ts'
import { patientById } from '../patients/patients.ts'
import { inTransaction, type Work } from '../work.ts'
import { numberLearned } from './callbacks.ts'
import { newestCaseOf } from './match.ts'
import { callRows, callsVisibleTo, type ShownCall } from './queries.ts'

const most = 200

/** Earlier calls from the patient's numbers that are nobody's; by the index on numbers. */
export async function unlinkedCallsOf({ db, by }: Pick<Work, 'db' | 'by'>, patientId: string): Promise<ShownCall[]> {
  await requirePatient({ db, by }, patientId)
  return callRows(db, by)
    .where(and(isNobodys(patientId), callsVisibleTo(by)))
    .orderBy(desc(calls.started_at), desc(calls.id))
    .limit(most)
}

/** Gives them to the patient; whoever waited to be called back at these numbers is that patient from now on. */
export function relinkCalls(work: Work, patientId: string, callIds: string[]): Promise<{ count: number }> {
  return inTransaction(work, async (inside) => {
    const { db, by } = inside
    await requirePatient(inside, patientId)
    const case_id = await newestCaseOf(db, patientId, by)
    const after = { match: 'linked', patient_id: patientId, case_id }
    const rows = await db
      .update(calls)
      .set({ ...after, relinked_at: sql`now()`, ...changed })
      .where(and(inArray(calls.id, callIds), isNobodys(patientId), callsVisibleTo(by)))
      .returning({ id: calls.id, phone_key: calls.phone_key })
    await numberLearned(inside, patientId, [...new Set(rows.flatMap(({ phone_key }) => phone_key ?? []))])
    await trace(inside, patientId, rows, { before: { match: 'none' }, after })
    return { count: rows.length }
  })
}

/** Takes back what was given after the fact, and nothing else. */
export function unlinkCalls(work: Work, patientId: string, callIds: string[]): Promise<{ count: number }> {
  return inTransaction(work, async (inside) => {
    const { db, by } = inside
    await requirePatient(inside, patientId)
    const after = { match: 'none', patient_id: null, case_id: null }
    const wereGiven = and(eq(calls.patient_id, patientId), isNotNull(calls.relinked_at))
    const rows = await db
      .update(calls)
      .set({ ...after, relinked_at: null, ...changed })
      .where(and(inArray(calls.id, callIds), wereGiven, callsVisibleTo(by)))
      .returning({ id: calls.id })
    await trace(inside, patientId, rows, { before: { match: 'linked', patient_id: patientId }, after })
    return { count: rows.length }
  })
}

const changed = { updated_at: sql`now()`, version: sql`${calls.version} + 1` }

const isNobodys = (patientId: string) =>
  and(
    eq(calls.match, 'none'),
    isNull(calls.patient_id),
    sql`${calls.phone_key} in (select ${phoneKeys.key} from ${phoneKeys} where ${phoneKeys.patient_id} = ${patientId})`,
  )

async function requirePatient({ db, by }: Pick<Work, 'db' | 'by'>, id: string) {
  if (!(await patientById(db, id, by))) throw new AppError('not_found', 'There is no patient with this id.')
}

async function trace(work: Work, patientId: string, rows: { id: string }[], change: { before: object; after: object }) {
  if (rows.length === 0) return
  await recordMany(
    work,
    rows.map(({ id }) => ({ action: 'call.linked', subject: 'call', id, ...change })),
  )
  await publish(work, { kind: 'patient', id: patientId, patient_id: patientId, what: 'changed' })
}
