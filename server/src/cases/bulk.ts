import type { BulkBody } from '@clinicacrm/contract/case-lists.ts'
import { eq, sql } from 'drizzle-orm'
import { AppError, wrongFields } from '../app-error.ts'
import { changesBetween, recordMany } from '../audit/audit.ts'
import { bulkChanges } from '../db/schema.ts'
import { publishMany } from '../live/live.ts'
import { nameOf } from '../patients/patients.ts'
import { inTransaction, type Work } from '../work.ts'
import { askedFor } from './asked.ts'
import { type BulkFields, fieldsOf, lockCases, momentsByZone, writeFields } from './bulk-queries.ts'
import { lostReasonAfter, recordMoves, refusalOf } from './moves.ts'
import { placesOf } from './places.ts'
import { type CaseRow, casesById } from './queries.ts'

type Row = NonNullable<CaseRow>
type Change = BulkBody['change']
/** A case and what it becomes. */
type Step = { row: Row; after: BulkFields }
export type RefusedRow = { id: string; patient_id: string; name: string; code: string }
type Kept = { id: string; version: number; before: BulkFields }

const mostCases = 5_000
const undoDays = 30
const shownInSample = 20

/** What a change of many cases would do, without doing it. */
export async function previewOf(work: Work, body: BulkBody) {
  const plan = await planOf(work, await idsOf(work, body), body.change)
  const sample = plan.steps.slice(0, shownInSample).map(({ row, after }) => ({
    id: row.id,
    patient_id: row.patient_id,
    name: nameOf(row),
    from: Object.fromEntries(
      Object.entries(changesBetween(fieldsOf(row), after)).map(([field, { from }]) => [field, from]),
    ),
  }))
  return { ...plan, sample }
}

/** Changes many cases in one transaction, each with its trace; what cannot be changed is listed and the rest proceeds. */
export function changeMany(work: Work, body: BulkBody) {
  return inTransaction(work, async (inside) => {
    const ids = await idsOf(inside, body)
    await lockCases(inside.db, ids)
    const { steps, unchanged, refused } = await planOf(inside, ids, body.change)
    const kept = await take(inside, steps, body.change.status_reason)
    const id = steps.length ? await keep(inside, body.change, kept) : null
    return { id, changed: steps.length, unchanged, refused }
  })
}

/** Puts back what a change of many cases changed, but for cases that somebody changed since. */
export function undoMany(work: Work, id: string) {
  return inTransaction(work, async (inside) => {
    const { db } = inside
    const [bulk] = await db.select().from(bulkChanges).where(eq(bulkChanges.id, id)).for('update')
    const isMine = bulk?.actor === work.by.actor || work.by.permissions?.has('cases:override')
    if (!bulk || !isMine) throw new AppError('not_found', 'There is no change of many cases with this id.')
    if (bulk.undone_at) throw new AppError('changed', 'This change was undone already.')
    if (Date.parse(bulk.created_at) < Date.now() - undoDays * 86_400_000)
      throw new AppError('changed', `A change can be undone for ${undoDays} days.`)
    const cases = bulk.cases as Kept[]
    const ids = cases.map((one) => one.id)
    await lockCases(db, ids)
    const rows = new Map((await casesById(db, ids, work.by)).map((row) => [row.id, row]))
    const steps: Step[] = []
    const skipped: RefusedRow[] = []
    for (const { id: caseId, version, before } of cases) {
      const row = rows.get(caseId)
      if (row?.version === version) steps.push({ row, after: before })
      else if (row) skipped.push(refusedRow(row, 'case_changed'))
    }
    await take(inside, steps, undefined)
    await db
      .update(bulkChanges)
      .set({ undone_at: sql`now()` })
      .where(eq(bulkChanges.id, id))
    return { restored: steps.length, skipped }
  })
}

/** The cases that are meant, those of them that the actor may see. */
async function idsOf({ db, by }: Work, { ids, filter }: BulkBody): Promise<string[]> {
  if ((ids === undefined) === (filter === undefined))
    throw wrongFields({ field: 'ids', message: 'send either ids or a filter' })
  if (ids) return [...new Set(ids)]
  const places = await placesOf(db, await askedFor(db, by, filter!, '-created_at'), null, mostCases + 1)
  if (places.length > mostCases)
    throw wrongFields({ field: 'filter', message: `finds more than ${mostCases} cases: narrow it` })
  return places.map(({ id }) => id)
}

/** Case by case: what it becomes, that it stays, or why it cannot be changed. */
async function planOf({ db, by }: Work, ids: string[], change: Change) {
  const rows = await casesById(db, ids, by)
  const moments = await momentsByZone(db, change.follow_up_date)
  const steps: Step[] = []
  const refused: RefusedRow[] = []
  for (const row of rows) {
    const refusal = refusalOf(by, row, change)
    if (refusal) {
      const code = refusal.code === 'required' ? `${refusal.field}_required` : refusal.code
      refused.push(refusedRow(row, code))
      continue
    }
    const after = afterOf(row, change, moments(row.clinic_id))
    if (Object.keys(changesBetween(fieldsOf(row), after)).length) steps.push({ row, after })
  }
  return { total: rows.length, steps, unchanged: rows.length - steps.length - refused.length, refused }
}

function afterOf(row: Row, change: Change, followUp: string | null | undefined): BulkFields {
  const before = fieldsOf(row)
  const chosen = <F extends keyof BulkFields>(field: F, to: BulkFields[F] | undefined) =>
    to === undefined ? before[field] : to
  const blank = (text: string | null | undefined) => (text?.trim() === '' ? null : text)
  return {
    status: chosen('status', change.status),
    assigned_to: chosen('assigned_to', blank(change.assigned_to)),
    dialer_campaign_tag: chosen('dialer_campaign_tag', blank(change.dialer_campaign_tag)),
    channel: chosen('channel', change.channel),
    follow_up_date: chosen('follow_up_date', followUp),
    lost_reason: chosen('lost_reason', lostReasonAfter(row, change)),
  }
}

/** Writes steps with moves, traces and news; the versions after it are what an undo compares. */
async function take(work: Work, steps: Step[], reason: string | undefined): Promise<Kept[]> {
  if (!steps.length) return []
  const versions = await writeFields(
    work.db,
    steps.map(({ row, after }) => ({ id: row.id, ...after })),
  )
  const moved = steps.filter(({ row, after }) => row.status !== after.status)
  const moves = moved.map(({ row, after }) => ({ case_id: row.id, from_status: row.status, to_status: after.status }))
  await recordMoves(work, moves, reason)
  await recordMany(
    work,
    steps.map(({ row, after }) => ({
      action: 'case.changed',
      subject: 'case',
      id: row.id,
      before: fieldsOf(row),
      after,
    })),
  )
  await publishMany(
    work,
    steps.map(({ row: { id, patient_id, clinic_id } }) => {
      return { kind: 'case' as const, id, case_id: id, patient_id, clinic_id, what: 'changed' }
    }),
  )
  return steps.map(({ row }) => ({ id: row.id, version: versions.get(row.id)!, before: fieldsOf(row) }))
}

async function keep({ db, by }: Work, change: Change, cases: Kept[]): Promise<string> {
  const [row] = await db
    .insert(bulkChanges)
    .values({ actor: by.actor, change, cases })
    .returning({ id: bulkChanges.id })
  return row!.id
}

const refusedRow = (row: Row, code: string): RefusedRow => ({
  id: row.id,
  patient_id: row.patient_id,
  name: nameOf(row),
  code,
})
