import { and, desc, eq, inArray, sql } from 'drizzle-orm'
import type { Db } from '../db/client.ts'
import { cases, clinics, patients, treatments } from '../db/schema.ts'
import type { Actor } from '../work.ts'
import { casesOf, visibleTo } from './queries.ts'

export type Brief = Awaited<ReturnType<typeof briefsOf>> extends Map<string, infer B> ? B : never

/** What a row in a short list says of patients: who they are and their newest case that the actor may see. */
export async function briefsOf(db: Db, ids: string[], by: Actor) {
  const latest = db
    .select({ id: cases.id, status: cases.status, treatment: treatments.name, created_at: cases.created_at })
    .from(cases)
    .leftJoin(treatments, eq(treatments.id, cases.treatment_id))
    .where(and(eq(cases.patient_id, patients.id), casesOf(by)))
    .orderBy(desc(cases.created_at), desc(cases.id))
    .limit(1)
    .as('latest')
  const rows = await db
    .select({
      id: patients.id,
      first_name: patients.first_name,
      last_name: patients.last_name,
      birth_date: patients.birth_date,
      phone: patients.phone,
      home_phone: patients.home_phone,
      cell_phone: patients.cell_phone,
      email: patients.email,
      clinic: clinics.name,
      latest_case: {
        id: latest.id,
        status: latest.status,
        treatment: latest.treatment,
        created_at: latest.created_at,
      },
    })
    .from(patients)
    .leftJoin(clinics, eq(clinics.id, patients.clinic_id))
    .leftJoinLateral(latest, sql`true`)
    .where(and(inArray(patients.id, ids), visibleTo(by)))
  return new Map(rows.map((row) => [row.id, row]))
}
