import { and, desc, eq, isNotNull, inArray, ne, sql } from 'drizzle-orm'
import { nameOfActor } from '../audit/actors.ts'
import { isoInstant } from '../db/columns.ts'
import type { Db } from '../db/client.ts'
import { auditEvents, cases, clinics, treatments } from '../db/schema.ts'
import { patientsVisibleTo } from '../patients/patients.ts'
import type { Actor } from '../work.ts'
import { visibleTo } from './queries.ts'

export type Surroundings = {
  zone: string
  lastMoveAt: string | null
  identityConfirmedAt: string | null
  /** When the patient called today and nobody answered, unless somebody has spoken with them since. */
  missedCallAt: string | null
}

/** One round trip by primary keys and the indexes on a case's moves, and a patient's traces and calls. */
export async function surroundingsOf(
  db: Db,
  kase: { id: string; patient_id: string; clinic_id: string },
  by: Actor,
): Promise<Surroundings> {
  const { rows } = await db.execute<Row>(sql`
    select clinics.zone,
           (select at from status_changes where case_id = ${kase.id} order by id desc limit 1) as moved,
           (select at from audit_events
             where subject = 'patient' and subject_id = ${kase.patient_id} and action = 'identity.confirmed'
               and actor = ${by.actor} and at > now() - interval '8 hours'
             order by id desc limit 1) as confirmed,
           (select case when direction = 'inbound' and result in ('missed', 'voicemail') then started_at end from calls
             where patient_id = ${kase.patient_id} and state = 'ended'
               and started_at >= date_trunc('day', now() at time zone clinics.zone) at time zone clinics.zone
               and (result = 'answered' or direction = 'inbound')
             order by started_at desc, id desc limit 1) as missed
      from clinics where clinics.id = ${kase.clinic_id}`)
  const { zone, moved, confirmed, missed } = rows[0]!
  return {
    zone,
    lastMoveAt: moved && isoInstant(moved),
    identityConfirmedAt: confirmed && isoInstant(confirmed),
    missedCallAt: missed && isoInstant(missed),
  }
}

type Row = { zone: string } & Record<'moved' | 'confirmed' | 'missed', string | null>

/** The patient's cases beside this one, newest first, by the index on a patient's cases. */
export function otherCasesOf(db: Db, kase: { id: string; patient_id: string }, by: Actor) {
  return db
    .select({
      id: cases.id,
      status: cases.status,
      clinic: clinics.name,
      treatment: treatments.name,
      follow_up_date: cases.follow_up_date,
      created_at: cases.created_at,
    })
    .from(cases)
    .innerJoin(clinics, eq(clinics.id, cases.clinic_id))
    .leftJoin(treatments, eq(treatments.id, cases.treatment_id))
    .where(and(eq(cases.patient_id, kase.patient_id), ne(cases.id, kase.id), visibleTo(by)))
    .orderBy(desc(cases.created_at), desc(cases.id))
}

/** A case that was deleted, if it was the actor's; the patient only if they may still see them. */
export async function deletedCaseById(db: Db, id: string, by: Actor) {
  const isSeen = sql`exists (select from patients where patients.id = ${cases.patient_id} and ${patientsVisibleTo(by) ?? sql`true`})`
  const deletion = sql`(select ${nameOfActor(auditEvents.actor)} from ${auditEvents}
    where subject = 'case' and subject_id = ${id} and action = 'case.deleted' order by ${auditEvents.id} desc limit 1)`
  const [row] = await db
    .select({
      id: cases.id,
      patient_id: cases.patient_id,
      deleted_at: cases.deleted_at,
      deleted_by: sql<string | null>`${deletion}`,
      is_patient_seen: sql<boolean>`${isSeen}`,
    })
    .from(cases)
    .where(
      and(
        eq(cases.id, id),
        isNotNull(cases.deleted_at),
        by.clinicIds ? inArray(cases.clinic_id, [...by.clinicIds]) : undefined,
      ),
    )
  return row ?? null
}
