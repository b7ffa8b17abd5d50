import type { CallEvent, CallView } from '@clinicacrm/contract/calls.ts'
import { and, eq, inArray, isNull, or, type SQL, sql } from 'drizzle-orm'
import type { Db } from '../db/client.ts'
import { calls, clinics, dialledNumbers, patients, phoneFacts, pops, users } from '../db/schema.ts'
import { nameOf, patientsVisibleTo } from '../patients/patients.ts'
import type { Actor } from '../work.ts'

export type CallRow = typeof calls.$inferSelect

/** The row of a call, made when it is the first that is heard of it, and locked until the transaction ends. */
export async function lockedCall(
  db: Db,
  { provider, call_id }: Pick<CallEvent, 'provider' | 'call_id'>,
): Promise<CallRow> {
  const [row] = await db
    .insert(calls)
    .values({ provider, call_id, state: 'ringing', started_at: sql`now()` })
    .onConflictDoUpdate({ target: [calls.provider, calls.call_id], set: { provider: sql`excluded.provider` } })
    .returning()
  return row!
}

/** A call belongs to whoever may see its clinic, to everybody while it has none, and to whoever it rang at. */
export function callsVisibleTo(by: Actor): SQL | undefined {
  if (!by.clinicIds) return undefined
  const own =
    by.kind === 'user'
      ? sql`exists (select from ${pops} where ${pops.call} = ${calls.id} and ${pops.user_id} = ${by.id})`
      : undefined
  return or(isNull(calls.clinic_id), inArray(calls.clinic_id, [...by.clinicIds]), own)
}

/** A patient that the actor may not see is not named: the call is theirs, the person is not. */
const columns = (by: Actor) => ({
  call: calls,
  clinic: clinics.name,
  zone: clinics.zone,
  dialled: dialledNumbers.label,
  channel: dialledNumbers.channel,
  origin: dialledNumbers.origin,
  campaign: dialledNumbers.campaign,
  agent: users.name,
  first_name: patients.first_name,
  last_name: patients.last_name,
  is_patient_known: sql<boolean>`(${patients.id} is not null and ${patientsVisibleTo(by) ?? sql`true`})`,
  is_barred: sql<boolean>`coalesce(${patients.do_not_contact}, false)`,
  barred_because: patients.do_not_contact_reason,
  is_wrong: sql<boolean>`exists (select from ${phoneFacts} where ${phoneFacts.patient_id} = ${calls.patient_id}
    and ${phoneFacts.key} = ${calls.phone_key} and ${phoneFacts.wrong_at} is not null)`,
})

export const callRows = (db: Db, by: Actor) =>
  db
    .select(columns(by))
    .from(calls)
    .leftJoin(clinics, eq(clinics.id, calls.clinic_id))
    .leftJoin(dialledNumbers, eq(dialledNumbers.id, calls.dialled_number_id))
    .leftJoin(users, eq(users.id, calls.agent_id))
    .leftJoin(patients, eq(patients.id, calls.patient_id))
    .$dynamic()

export type ShownCall = Awaited<ReturnType<typeof callRows>>[number]

export async function callById(db: Db, id: string, by: Actor): Promise<ShownCall | null> {
  const [row] = await callRows(db, by).where(and(eq(calls.id, id), callsVisibleTo(by)))
  return row ?? null
}

/** The call as people see it. */
export function viewOfCall({ call, ...joined }: ShownCall): CallView {
  const seesPatient = joined.is_patient_known
  return {
    id: call.id,
    provider: call.provider,
    call_id: call.call_id,
    direction: call.direction as CallView['direction'],
    state: call.state as CallView['state'],
    result: call.result as CallView['result'],
    from: call.from_text,
    to: call.to_text,
    phone: call.phone,
    queue: call.queue,
    dialled: joined.dialled,
    clinic: joined.clinic,
    clinic_id: call.clinic_id,
    channel: joined.channel,
    origin: joined.origin,
    campaign: joined.campaign,
    agent_id: call.agent_id,
    agent: joined.agent ?? call.agent_text,
    match: call.match as CallView['match'],
    patient_id: seesPatient ? call.patient_id : null,
    patient_name: seesPatient ? nameOf({ first_name: joined.first_name!, last_name: joined.last_name! }) : null,
    case_id: seesPatient ? call.case_id : null,
    started_at: call.started_at,
    ringing_at: call.ringing_at,
    answered_at: call.answered_at,
    ended_at: call.ended_at,
    wait_seconds: secondsBetween(call.ringing_at, call.answered_at ?? call.ended_at),
    talk_seconds: call.result === 'answered' ? secondsBetween(call.answered_at, call.ended_at) : null,
    reason: call.reason,
    has_recording: call.recording_url !== null,
    disposition: call.disposition,
    wrapped_up_at: call.wrapped_up_at,
    wrap_up_owed: call.owed_by !== null,
    version: call.version,
  }
}

function secondsBetween(from: string | null, to: string | null): number | null {
  return from && to ? Math.max(0, Math.round((Date.parse(to) - Date.parse(from)) / 1000)) : null
}
