import { and, desc, eq, or, type SQL, sql } from 'drizzle-orm'
import type { Db } from '../db/client.ts'
import { after, type Position } from '../db/pages.ts'
import { cases, clinics, patients } from '../db/schema.ts'
import type { Actor } from '../work.ts'
import { matches } from './search-text.ts'

const columns = {
  id: patients.id,
  first_name: patients.first_name,
  last_name: patients.last_name,
  phone: patients.phone,
  home_phone: patients.home_phone,
  cell_phone: patients.cell_phone,
  email: patients.email,
  clinic: clinics.name,
  case_ids: sql<string[]>`array(select ${cases.id}::text from ${cases} where ${cases.patient_id} = ${patients.id}
    and ${cases.deleted_at} is null order by ${cases.created_at} desc, ${cases.id} desc)`,
  created_at: patients.created_at,
  updated_at: patients.updated_at,
  version: patients.version,
}

/** One patient by primary key, if the actor may see them. */
export async function patientById(db: Db, id: string, by: Actor) {
  const [patient] = await from(db).where(and(eq(patients.id, id), visibleTo(by)))
  return patient ?? null
}

/** A page of patients, newest first, by the index on `created_at, id`. */
export async function pageOfPatients(
  db: Db,
  by: Actor,
  page: { search?: string | undefined; position: Position | null; limit: number },
) {
  return from(db)
    .where(and(visibleTo(by), page.search ? matches(page.search) : undefined, after(patients, page.position)))
    .orderBy(desc(patients.created_at), desc(patients.id))
    .limit(page.limit + 1)
}

const from = (db: Db) =>
  db.select(columns).from(patients).leftJoin(clinics, eq(clinics.id, patients.clinic_id)).$dynamic()

/** Registered by one of the actor's clinics, or with a case there. */
export function visibleTo({ clinicIds }: Actor): SQL | undefined {
  if (!clinicIds) return undefined
  const own = sql`any(${sql.param([...clinicIds])}::bigint[])`
  return or(
    sql`${patients.clinic_id} = ${own}`,
    sql`exists (select from ${cases} where ${cases.patient_id} = ${patients.id} and ${cases.deleted_at} is null
      and ${cases.clinic_id} = ${own})`,
  )
}
