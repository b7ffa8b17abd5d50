import { and, desc, eq, inArray, isNull, type SQL, sql } from 'drizzle-orm'
import { AppError } from '../app-error.ts'
import type { Db } from '../db/client.ts'
import { cases, clinics, notes, patients, treatments } from '../db/schema.ts'
import type { Actor } from '../work.ts'

const columns = {
  id: cases.id,
  patient_id: cases.patient_id,
  first_name: patients.first_name,
  last_name: patients.last_name,
  phone: patients.phone,
  home_phone: patients.home_phone,
  cell_phone: patients.cell_phone,
  email: patients.email,
  clinic: clinics.name,
  clinic_id: cases.clinic_id,
  treatment: treatments.name,
  channel: cases.channel,
  origin: cases.origin,
  status: cases.status,
  disposition: cases.disposition,
  outcome: cases.outcome,
  promotion: cases.promotion,
  follow_up_date: cases.follow_up_date,
  follow_up_reason: cases.follow_up_reason,
  dialer_campaign_tag: cases.dialer_campaign_tag,
  assigned_to: cases.assigned_to,
  lost_reason: cases.lost_reason,
  last_contact_at: cases.last_contact_at,
  created_at: cases.created_at,
  updated_at: cases.updated_at,
  version: cases.version,
}

const from = (db: Db) =>
  db
    .select(columns)
    .from(cases)
    .innerJoin(patients, eq(patients.id, cases.patient_id))
    .innerJoin(clinics, eq(clinics.id, cases.clinic_id))
    .leftJoin(treatments, eq(treatments.id, cases.treatment_id))
    .$dynamic()

export type CaseRow = Awaited<ReturnType<typeof caseById>>

/** One case by primary key, if it is alive and the actor's. */
export async function caseById(db: Db, id: string, by: Actor) {
  const [found] = await from(db).where(and(eq(cases.id, id), visibleTo(by)))
  return found ?? null
}

/** Cases by their ids, in the order of these; what the actor may not see, or no longer, is left out. */
export async function casesById(db: Db, ids: string[], by: Actor) {
  if (!ids.length) return []
  const rows = await from(db).where(and(sql`${cases.id} = any(${sql.param(ids)}::bigint[])`, visibleTo(by)))
  const byId = new Map(rows.map((row) => [row.id, row]))
  return ids.flatMap((id) => byId.get(id) ?? [])
}

/** Newest first, by the index on `case_id, created_at, id`. */
export function notesOf(db: Db, caseId: string) {
  return db.select().from(notes).where(eq(notes.case_id, caseId)).orderBy(desc(notes.created_at), desc(notes.id))
}

export const noSuchCase = () => new AppError('not_found', 'There is no case with this id.')

export const visibleTo = ({ clinicIds }: Actor): SQL | undefined =>
  and(isNull(cases.deleted_at), clinicIds ? inArray(cases.clinic_id, [...clinicIds]) : undefined)
