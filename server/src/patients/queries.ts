import { and, desc, eq, type SQL, sql } from 'drizzle-orm'
import { AppError } from '../app-error.ts'
import type { Db } from '../db/client.ts'
import { after, type Position } from '../db/pages.ts'
import { cases, clinics, patients } from '../db/schema.ts'
import type { Actor, Work } from '../work.ts'
import { personSearch } from './search-text.ts'

const columnsFor = (by: Actor) => ({
  id: patients.id,
  first_name: patients.first_name,
  last_name: patients.last_name,
  phone: patients.phone,
  home_phone: patients.home_phone,
  cell_phone: patients.cell_phone,
  email: patients.email,
  birth_date: patients.birth_date,
  language: patients.language,
  contact_times: patients.contact_times,
  alert_text: patients.alert_text,
  do_not_contact: patients.do_not_contact,
  do_not_contact_reason: patients.do_not_contact_reason,
  clinic: clinics.name,
  case_ids: sql<string[]>`array(select ${cases.id}::text from ${cases} where ${cases.patient_id} = ${patients.id}
    and ${casesOf(by)} order by ${cases.created_at} desc, ${cases.id} desc)`,
  created_at: patients.created_at,
  updated_at: patients.updated_at,
  version: patients.version,
})

/** One patient by primary key, if the actor may see them. */
export async function patientById(db: Db, id: string, by: Actor) {
  const [patient] = await from(db, by).where(and(eq(patients.id, id), visibleTo(by)))
  return patient ?? null
}

/** The same, refused when there is none. */
export async function knownPatient(db: Db, id: string, by: Actor) {
  const patient = await patientById(db, id, by)
  if (!patient) throw new AppError('not_found', 'There is no patient with this id.')
  return patient
}

/** Two writers of one patient go one after the other. */
export async function lockPatient({ db }: Work, id: string): Promise<void> {
  await db.select({ id: patients.id }).from(patients).where(eq(patients.id, id)).for('update')
}

/** The patient as they are once locked; refused when there is none whom the actor may see. */
export async function lockKnownPatient(work: Work, id: string) {
  await knownPatient(work.db, id, work.by)
  await lockPatient(work, id)
  return knownPatient(work.db, id, work.by)
}

/** A page of patients, newest first, by the index on `created_at, id`. */
export async function pageOfPatients(
  db: Db,
  by: Actor,
  page: { search?: string | undefined; position: Position | null; limit: number },
) {
  return from(db, by)
    .where(
      and(
        visibleTo(by),
        page.search?.trim() ? personSearch(page.search).matches : undefined,
        after(patients, page.position),
      ),
    )
    .orderBy(desc(patients.created_at), desc(patients.id))
    .limit(page.limit + 1)
}

const from = (db: Db, by: Actor) =>
  db.select(columnsFor(by)).from(patients).leftJoin(clinics, eq(clinics.id, patients.clinic_id)).$dynamic()

/**
 * Registered by one of the actor's clinics, or with a case there. Asked patient by patient: written as `exists`, PostgreSQL
 * may gather every case of those clinics first, to find out about fifty.
 */
export function visibleTo(by: Actor): SQL | undefined {
  return by.clinicIds ? sql`(${patients.clinic_id} = ${ownClinics(by.clinicIds)} or ${hasCaseOf(by)})` : undefined
}

/** True for a patient with a living case of the actor's. */
export const hasCaseOf = (by: Actor): SQL =>
  sql`coalesce((select true from ${cases} where ${cases.patient_id} = ${patients.id} and ${casesOf(by)} limit 1), false)`

/** Living cases of the actor's clinics. */
export const casesOf = ({ clinicIds }: Actor): SQL =>
  clinicIds
    ? sql`${cases.deleted_at} is null and ${cases.clinic_id} = ${ownClinics(clinicIds)}`
    : sql`${cases.deleted_at} is null`

const ownClinics = (clinicIds: readonly string[]) => sql`any(${sql.param([...clinicIds])}::bigint[])`
