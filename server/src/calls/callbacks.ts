import type { CallbackResult } from '@clinicacrm/contract/callbacks.ts'
import { and, eq, inArray, isNull, or, type SQL, sql } from 'drizzle-orm'
import { announce, type Told } from '../audit/outbox.ts'
import type { Db } from '../db/client.ts'
import { callbacks, calls } from '../db/schema.ts'
import type { Work } from '../work.ts'
import { hoursOf } from './clinic-hours.ts'
import { lastLook, nextTry } from './ladder.ts'
import { numberAfter } from './other-number.ts'

export type CallbackRow = typeof callbacks.$inferSelect
type CallRow = typeof calls.$inferSelect
/** Whom a call concerned. */
type Missed = Pick<
  CallRow,
  'id' | 'match' | 'patient_id' | 'phone_key' | 'phone' | 'case_id' | 'clinic_id' | 'started_at' | 'ended_at'
>
type Reached = Pick<CallRow, 'id' | 'patient_id' | 'phone_key'>
type Somebody = Pick<CallRow, 'patient_id' | 'phone_key'>

/**
 * Somebody called in vain: they wait to be called back, once however often they call. Counted are calls, so that an event
 * that is told twice changes nothing. In the transaction that makes the call.
 */
export async function callbackForMissed(work: Work, call: Missed): Promise<void> {
  if (call.match === 'withheld' || call.match === 'internal' || (!call.patient_id && !call.phone_key)) return
  const { db } = work
  await lockCallbacksOf(db, call)
  const open = await openCallbackOf(db, call)
  const clinicId = call.clinic_id ?? (await clinicOfCase(db, call.case_id))
  const due = nextTry(0, new Date(), await hoursOf(db, clinicId))!.toISOString()
  const missed_at = call.ended_at ?? call.started_at
  if (!open) {
    const values = {
      patient_id: call.patient_id,
      phone_key: call.phone_key,
      phone: call.phone,
      case_id: call.case_id,
      clinic_id: clinicId,
      due_at: due,
      missed_count: 1,
      last_missed_at: missed_at,
      assigned_to: await ownerOf(db, call.case_id),
      origin_call: call.id,
    }
    const [made] = await db.insert(callbacks).values(values).returning({ id: callbacks.id })
    return announce(work, [{ type: 'callback.created', about: 'callback', id: made!.id }])
  }
  await db
    .update(callbacks)
    .set({
      patient_id: call.patient_id ?? open.patient_id,
      ...(call.phone_key && { phone_key: call.phone_key, phone: call.phone }),
      case_id: open.case_id ?? call.case_id,
      clinic_id: open.clinic_id ?? clinicId,
      // They are by their telephone just now: whatever was planned for later happens sooner.
      due_at: sql`least(${callbacks.due_at}, ${due}::timestamptz)`,
      missed_count: missedSince(open, call),
      last_missed_at: sql`greatest(${callbacks.last_missed_at}, ${missed_at}::timestamptz)`,
      origin_call: firstOf(open, call),
      ...changed,
    })
    .where(eq(callbacks.id, open.id))
  await announce(work, [updated(open.id, ['missed_count'])])
}

/** Somebody spoke with whoever waits: they wait no longer. */
export async function callbackReached(work: Work, call: Reached): Promise<void> {
  if (!call.patient_id && !call.phone_key) return
  const { db } = work
  await lockCallbacksOf(db, call)
  const rows = await db
    .update(callbacks)
    .set({ state: 'done', result: 'reached', closed_at: sql`now()`, ...changed })
    .where(and(eq(callbacks.state, 'open'), concerns(call)))
    .returning({ id: callbacks.id })
  const told = rows.map(({ id }) => closed(id, 'reached'))
  await announce(work, told)
}

/**
 * What was answered was no conversation, only a machine, a stranger or a line that broke: whoever waited before this call waits on,
 * one step up the ladder. Nobody is made to wait who did not before.
 */
export async function callbackTriedAgain(
  work: Work,
  call: Reached & Pick<CallRow, 'answered_at'>,
  result: CallbackResult = 'no_answer',
): Promise<void> {
  if (!call.patient_id && !call.phone_key) return
  const { db } = work
  await lockCallbacksOf(db, call)
  const open = (await openCallbackOf(db, call)) ?? (await closedBy(db, call))
  if (open) await climb(work, open, result)
}

/** One more try in vain, or at a wrong number: when to try next, or whom else, or that there is nothing left to try. */
export async function climb(work: Work, row: CallbackRow, result: CallbackResult = 'no_answer'): Promise<void> {
  const now = new Date()
  const attempts = row.attempts + 1
  const other = result === 'wrong_number' ? await numberAfter(work, row) : null
  const clinic = await hoursOf(work.db, row.clinic_id)
  const isOver = result === 'wrong_number' && !other
  const due = nextTry(other ? 0 : attempts, now, clinic) ?? lastLook(now, clinic)
  await work.db
    .update(callbacks)
    .set({
      attempts,
      ...other,
      ...(isOver
        ? { state: 'done', closed_at: sql`now()`, result }
        : { state: 'open', closed_at: null, result: null, due_at: due.toISOString() }),
      ...changed,
    })
    .where(eq(callbacks.id, row.id))
  await announce(work, [isOver ? closed(row.id, result) : updated(row.id, ['attempts', 'due_at'])])
}

/** A number is a patient's from now on: what waited for the number waits for them, together with what waited already. */
export async function numberLearned(work: Work, patientId: string, phoneKeys: readonly string[]): Promise<void> {
  const { db } = work
  for (const phone_key of phoneKeys.toSorted()) {
    await lockCallbacksOf(db, { patient_id: patientId, phone_key })
    const isOpen = eq(callbacks.state, 'open')
    const ofNumber = and(isOpen, isNull(callbacks.patient_id), eq(callbacks.phone_key, phone_key))
    const [waiting] = await db.select().from(callbacks).where(ofNumber)
    const [known] = await db
      .select()
      .from(callbacks)
      .where(and(isOpen, eq(callbacks.patient_id, patientId)))
    if (waiting && known) await merge(work, known, waiting)
    else if (waiting) {
      await db
        .update(callbacks)
        .set({ patient_id: patientId, ...changed })
        .where(eq(callbacks.id, waiting.id))
      await announce(work, [updated(waiting.id, ['patient_id'])])
    }
  }
}

async function merge(work: Work, kept: CallbackRow, gone: CallbackRow): Promise<void> {
  const { db } = work
  await db
    .update(callbacks)
    .set({ state: 'cancelled', result: 'not_needed', closed_at: sql`now()`, ...changed })
    .where(eq(callbacks.id, gone.id))
  await db
    .update(callbacks)
    .set({
      due_at: sql`least(${callbacks.due_at}, ${gone.due_at}::timestamptz)`,
      missed_count: sql`${callbacks.missed_count} + ${gone.missed_count}`,
      last_missed_at: sql`greatest(${callbacks.last_missed_at}, ${gone.last_missed_at}::timestamptz)`,
      ...changed,
    })
    .where(eq(callbacks.id, kept.id))
  await announce(work, [updated(kept.id, ['missed_count']), closed(gone.id, 'not_needed')])
}

const updated = (id: string, fields: string[]): Told => ({
  type: 'callback.updated',
  about: 'callback',
  id,
  data: { changed: fields },
})
const closed = (id: string, result: CallbackResult): Told => ({
  type: 'callback.closed',
  about: 'callback',
  id,
  data: { result },
})

const changed = { updated_at: sql`now()`, version: sql`${callbacks.version} + 1` }

/**
 * Whoever writes the callbacks of one patient or one number goes one after the other: the patient first, as everywhere,
 * then the number.
 */
export async function lockCallbacksOf(db: Db, { patient_id, phone_key }: Somebody): Promise<void> {
  if (patient_id) await db.execute(sql`select from patients where id = ${patient_id} for no key update`)
  if (phone_key) await db.execute(sql`select pg_advisory_xact_lock(hashtextextended(${`callback ${phone_key}`}, 0))`)
}

/** Of the patient if they are known and, as it is not theirs yet, of the number. */
export async function openCallbackOf(db: Db, somebody: Somebody): Promise<CallbackRow | null> {
  const [row] = await db
    .select()
    .from(callbacks)
    .where(and(eq(callbacks.state, 'open'), concerns(somebody)))
    .orderBy(sql`${callbacks.patient_id} nulls last`, callbacks.id)
    .limit(1)
  return row ?? null
}

/** By the unique indexes on what is open of a patient and of a number. */
function concerns({ patient_id, phone_key }: Somebody): SQL | undefined {
  const ofNumber = phone_key ? eq(callbacks.phone_key, phone_key) : undefined
  if (!patient_id) return ofNumber
  return or(eq(callbacks.patient_id, patient_id), ofNumber && and(isNull(callbacks.patient_id), ofNumber))
}

async function closedBy(db: Db, { answered_at, ...call }: Reached & Pick<CallRow, 'answered_at'>) {
  if (!answered_at) return null
  const [row] = await db
    .select()
    .from(callbacks)
    .where(
      and(eq(callbacks.result, 'reached'), concerns(call), sql`${callbacks.closed_at} >= ${answered_at}::timestamptz`),
    )
    .orderBy(sql`${callbacks.closed_at} desc`)
    .limit(1)
  return row ?? null
}

/** Calls in vain of the same person or number since the one that began it, in which `call` is counted already. */
function missedSince(open: CallbackRow, call: Missed): SQL {
  const patientId = call.patient_id ?? open.patient_id
  const numbers = [...new Set([open.phone_key, call.phone_key].filter((key) => key !== null))]
  const theirs = or(
    patientId ? eq(calls.patient_id, patientId) : undefined,
    numbers.length > 0 ? and(isNull(calls.patient_id), inArray(calls.phone_key, numbers)) : undefined,
  )
  const since = sql`(select first.started_at from calls first where first.id = ${firstOf(open, call)})`
  return sql`greatest(1, (select count(*)::int from ${calls} where ${theirs} and ${calls.direction} = 'inbound'
    and ${calls.result} in ('missed', 'voicemail') and ${calls.started_at} >= ${since}))`
}

/** Of calls in vain that end at the same moment, the one that began first is what it all began with. */
const firstOf = ({ origin_call }: CallbackRow, { id }: Pick<Missed, 'id'>): SQL =>
  sql`(select call.id from calls call where call.id in (${origin_call ?? id}::bigint, ${id}::bigint) order by call.started_at, call.id limit 1)`

async function clinicOfCase(db: Db, caseId: string | null): Promise<string | null> {
  if (!caseId) return null
  const { rows } = await db.execute<{ id: string }>(sql`select clinic_id::text as id from cases where id = ${caseId}`)
  return rows[0]?.id ?? null
}

async function ownerOf(db: Db, caseId: string | null): Promise<string | null> {
  if (!caseId) return null
  const { rows } = await db.execute<{ assigned_to: string | null }>(
    sql`select assigned_to from cases where id = ${caseId} and deleted_at is null`,
  )
  return rows[0]?.assigned_to ?? null
}
