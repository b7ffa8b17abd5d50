import type { CallbackView } from '@clinicacrm/contract/callbacks.ts'
import { nameOf } from '../patients/patients.ts'
import type { Work } from '../work.ts'
import type { ShownCallback } from './after-queries.ts'
import { hoursOf, type OpenClinic } from './clinic-hours.ts'
import { nextSlotFrom } from './hours.ts'
import { escalatesAfterMs, isLadderClimbed, nextTry } from './ladder.ts'
import { numberAfter } from './other-number.ts'

/** As people see them; the hours of each clinic are asked for once. */
export async function callbackViews(work: Work, rows: ShownCallback[]): Promise<CallbackView[]> {
  const now = new Date()
  const clinics = new Map<string | null, OpenClinic>()
  const views: CallbackView[] = []
  for (const row of rows) {
    const { clinic_id } = row.callback
    const clinic = clinics.get(clinic_id) ?? (await hoursOf(work.db, clinic_id))
    clinics.set(clinic_id, clinic)
    views.push({ ...viewOf(row, clinic, now), phone: await phoneFor(work, row) })
  }
  return views
}

/** The number to dial; where that is known to be wrong, the patient's next. */
async function phoneFor(work: Work, { callback, is_wrong }: ShownCallback): Promise<string | null> {
  if (callback.phone && !is_wrong) return callback.phone
  return (await numberAfter(work, callback))?.phone ?? callback.phone
}

function viewOf(row: ShownCallback, clinic: OpenClinic, now: Date): CallbackView {
  const { callback, is_patient_known, is_barred } = row
  const { state, attempts, due_at } = callback
  const isOpen = state === 'open' && !is_barred
  const lateMs = now.getTime() - Date.parse(due_at)
  return {
    id: callback.id,
    state: state as CallbackView['state'],
    patient_id: is_patient_known ? callback.patient_id : null,
    name: is_patient_known ? nameOf({ first_name: row.first_name!, last_name: row.last_name! }) : null,
    phone: callback.phone,
    case_id: is_patient_known ? callback.case_id : null,
    clinic: row.clinic,
    clinic_zone: clinic.zone,
    due_at,
    is_overdue: isOpen && lateMs > 0,
    is_escalated: isOpen && (lateMs > escalatesAfterMs || isLadderClimbed(attempts)),
    attempts,
    missed_count: callback.missed_count,
    last_missed_at: callback.last_missed_at,
    next_try_at: isOpen ? (nextTry(attempts + 1, now, clinic)?.toISOString() ?? null) : null,
    blocked: blockOf(row, clinic, now),
    blocked_reason: is_barred && is_patient_known ? row.barred_because : null,
    assigned_to: callback.assigned_to,
    reason: callback.reason,
    origin_call_id: callback.origin_call,
    result: callback.result as CallbackView['result'],
    closed_at: callback.closed_at,
    created_at: callback.created_at,
    version: callback.version,
  }
}

function blockOf({ callback, is_barred }: ShownCallback, { hours, zone }: OpenClinic, now: Date) {
  if (callback.state !== 'open') return null
  return is_barred ? 'do_not_contact' : nextSlotFrom(now, hours, zone).why
}
