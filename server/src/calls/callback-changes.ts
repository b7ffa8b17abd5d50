import type {
  CallbackView,
  createCallback as declaredCreate,
  saveCallback as declaredSave,
  tryCallback as declaredTry,
} from '@clinicacrm/contract/callbacks.ts'
import { phoneQuery } from '@clinicacrm/contract/phone.ts'
import { eq, sql } from 'drizzle-orm'
import type { z } from 'zod'
import { AppError, wrongFields } from '../app-error.ts'
import { record } from '../audit/audit.ts'
import { casesById, noSuchCase } from '../cases/cases.ts'
import { callbacks, patients } from '../db/schema.ts'
import { numbersOf, patientById, saveNumber } from '../patients/patients.ts'
import { inTransaction, system, type Work } from '../work.ts'
import { callbackById } from './after-queries.ts'
import { callbackViews } from './callback-view.ts'
import { type CallbackRow, climb, lockCallbacksOf, openCallbackOf } from './callbacks.ts'
import { hoursOf } from './clinic-hours.ts'
import { nextSlotFrom } from './hours.ts'
import { numberAfter } from './other-number.ts'
import { callById } from './queries.ts'

type Created = z.output<NonNullable<(typeof declaredCreate)['body']>>
type Saved = z.output<NonNullable<(typeof declaredSave)['body']>>
type Tried = z.output<NonNullable<(typeof declaredTry)['body']>>

const changed = { updated_at: sql`now()`, version: sql`${callbacks.version} + 1` }

/** Promises a callback; whoever waits already waits for the new time. */
export function createCallback(work: Work, input: Created): Promise<CallbackView & { moved_from: string | null }> {
  return inTransaction(work, async (inside) => {
    const { db } = inside
    const whom = await whomToCall(inside, input)
    await lockCallbacksOf(db, whom)
    const { due_at, moved_from } = await dueIn(inside, whom.clinic_id, input.due_at)
    const open = await openCallbackOf(db, whom)
    const { assigned_to, reason, origin_call_id } = input
    const plan = {
      due_at,
      ...(reason !== undefined && { reason: reason.trim() || null }),
      ...(assigned_to !== undefined && { assigned_to }),
    }
    const values = { ...whom, ...plan, origin_call: origin_call_id ?? null }
    const id = open ? open.id : (await db.insert(callbacks).values(values).returning({ id: callbacks.id }))[0]!.id
    if (open) {
      const { patient_id, case_id } = whom
      const known = { patient_id: patient_id ?? open.patient_id, case_id: case_id ?? open.case_id }
      await db
        .update(callbacks)
        .set({ ...plan, ...known, ...changed })
        .where(eq(callbacks.id, id))
    }
    const action = open ? 'callback.changed' : 'callback.created'
    await record(inside, { action, subject: 'callback', id, before: open ?? {}, after: open ? plan : values })
    return { ...(await shown(inside, id)), moved_from }
  })
}

/** Moves a callback, or gives it to somebody. */
export function saveCallback(work: Work, id: string, { version, due_at, ...fields }: Saved): Promise<CallbackView> {
  return inTransaction(work, async (inside) => {
    const before = await lockedCallback(inside, id, version)
    const plan = {
      ...(due_at !== undefined && { due_at: (await dueIn(inside, before.clinic_id, due_at)).due_at }),
      ...(fields.assigned_to !== undefined && { assigned_to: fields.assigned_to }),
      ...(fields.reason !== undefined && { reason: fields.reason?.trim() || null }),
    }
    if (Object.keys(plan).length > 0) {
      await inside.db
        .update(callbacks)
        .set({ ...plan, ...changed })
        .where(eq(callbacks.id, id))
      await record(inside, { action: 'callback.changed', subject: 'callback', id, before, after: plan })
    }
    return shown(inside, id)
  })
}

/** What a try came to. */
export function tryCallback(work: Work, id: string, { result, reason, version }: Tried): Promise<CallbackView> {
  return inTransaction(work, async (inside) => {
    const before = await lockedCallback(inside, id, version)
    if (reason?.trim()) {
      await inside.db.update(callbacks).set({ reason: reason.trim() }).where(eq(callbacks.id, id))
    }
    if (result === 'reached' || result === 'not_needed') {
      await inside.db
        .update(callbacks)
        .set({ state: result === 'reached' ? 'done' : 'cancelled', result, closed_at: sql`now()`, ...changed })
        .where(eq(callbacks.id, id))
    } else {
      if (result === 'wrong_number') await markWrong(inside, before)
      await climb(inside, before, result)
    }
    await record(inside, {
      action: 'callback.tried',
      subject: 'callback',
      id,
      after: { result, ...(reason?.trim() && { reason: reason.trim() }) },
    })
    return shown(inside, id)
  })
}

/** Says of the number that it is not the patient's, if it still stands at them and they are the actor's to change. */
export async function markWrong(
  work: Work,
  { patient_id, phone_key }: Pick<CallbackRow, 'patient_id' | 'phone_key'>,
): Promise<void> {
  const patient = patient_id && phone_key && (await patientById(work.db, patient_id, work.by))
  if (!patient) return
  const numbers = await numbersOf(work.db, patient, work.by, work.config)
  if (numbers.some(({ key }) => key === phone_key)) await saveNumber(work, patient.id, phone_key!, { wrong: true })
}

async function lockedCallback(work: Work, id: string, version: number | undefined): Promise<CallbackRow> {
  const seen = await callbackById(work.db, id, work.by)
  if (!seen) throw new AppError('not_found', 'There is no callback with this id.')
  await lockCallbacksOf(work.db, seen.callback)
  const { callback } = (await callbackById(work.db, id, work.by)) ?? seen
  if (callback.state !== 'open' || (version !== undefined && version !== callback.version)) {
    const current = await shown(work, id)
    throw new AppError('changed', 'Somebody changed this callback in between.', { current })
  }
  return callback
}

type Whom = Pick<CallbackRow, 'patient_id' | 'phone_key' | 'phone' | 'case_id' | 'clinic_id'>

/** Whom the fields name: a case or a call says more than it is asked for. */
async function whomToCall(work: Work, input: Created): Promise<Whom> {
  const { db, by } = work
  const [kase] = input.case_id ? await casesById(db, [input.case_id], by) : []
  if (input.case_id && !kase) throw noSuchCase()
  const call = input.origin_call_id ? await callById(db, input.origin_call_id, by) : null
  if (input.origin_call_id && !call) throw new AppError('not_found', 'There is no call with this id.')
  const known = call?.is_patient_known ? call.call : null
  const patient_id = input.patient_id ?? kase?.patient_id ?? known?.patient_id ?? null
  if (patient_id && !(await patientById(db, patient_id, by))) {
    throw new AppError('not_found', 'There is no patient with this id.')
  }
  const written = input.phone?.trim() ? numberFrom(work, input.phone) : null
  const called = call?.call.phone_key ? { phone_key: call.call.phone_key, phone: call.call.phone } : null
  const number = written ?? called ?? (await numberAfter(work, { patient_id, phone_key: null }))
  if (!patient_id && !number) {
    throw wrongFields({ field: 'patient_id', message: 'say whom to call: a patient, a case, a call or a number' })
  }
  const clinic_id = kase?.clinic_id ?? call?.call.clinic_id ?? (patient_id ? await clinicOf(work, patient_id) : null)
  const case_id = kase?.id ?? (known?.patient_id === patient_id ? (known?.case_id ?? null) : null)
  return { patient_id, phone_key: null, phone: null, ...number, case_id, clinic_id }
}

function numberFrom({ config }: Work, text: string) {
  const query = phoneQuery(text, config.defaultCountry)
  if (query.kind !== 'number') throw wrongFields({ field: 'phone', message: 'is not a number that can be called' })
  return { phone_key: query.key, phone: query.e164 ?? text.trim() }
}

/** Where the patient is registered, if that is one of the actor's clinics. */
async function clinicOf({ db, by }: Work, patientId: string): Promise<string | null> {
  const [row] = await db.select({ clinic_id: patients.clinic_id }).from(patients).where(eq(patients.id, patientId))
  const clinicId = row?.clinic_id ?? null
  return clinicId && (!by.clinicIds || by.clinicIds.includes(clinicId)) ? clinicId : null
}

async function dueIn({ db }: Work, clinicId: string | null, asked: string) {
  const { hours, zone } = await hoursOf(db, clinicId)
  const wanted = new Date(Math.max(Date.parse(asked), Date.now()))
  const { at, moved } = nextSlotFrom(wanted, hours, zone)
  return { due_at: at.toISOString(), moved_from: moved ? new Date(asked).toISOString() : null }
}

/** Rights were asked for whom it is about; the callback itself may be of another clinic. */
async function shown(work: Work, id: string): Promise<CallbackView> {
  const row = (await callbackById(work.db, id, work.by)) ?? (await callbackById(work.db, id, system))
  const [view] = await callbackViews(work, [row!])
  return view!
}
