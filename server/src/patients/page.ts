import type { PatientPage } from '@clinicacrm/contract/patient-page.ts'
import { and, desc, eq } from 'drizzle-orm'
import type { Config } from '../config.ts'
import type { Db } from '../db/client.ts'
import { cases, clinics, treatments } from '../db/schema.ts'
import type { Actor } from '../work.ts'
import { consentsOf } from './consents.ts'
import { numbersOf } from './numbers.ts'
import { ageOf } from './person.ts'
import { casesOf, knownPatient } from './queries.ts'
import { relationsOf } from './relations.ts'

/** All that the patient page shows, within the actor's clinics. */
export async function patientPageOf(
  db: Db,
  id: string,
  by: Actor,
  config: Pick<Config, 'defaultCountry'>,
): Promise<PatientPage> {
  const patient = await knownPatient(db, id, by)
  return {
    patient,
    age: ageOf(patient.birth_date),
    numbers: await numbersOf(db, patient, by, config),
    cases: await casesOfPatient(db, id, by),
    relations: await relationsOf(db, id, by),
    consents: await consentsOf(db, id),
  }
}

/** Newest first, by the index on `patient_id, created_at, id`. */
function casesOfPatient(db: Db, patientId: string, by: Actor) {
  return db
    .select({
      id: cases.id,
      status: cases.status,
      clinic: clinics.name,
      treatment: treatments.name,
      assigned_to: cases.assigned_to,
      follow_up_date: cases.follow_up_date,
      created_at: cases.created_at,
    })
    .from(cases)
    .innerJoin(clinics, eq(clinics.id, cases.clinic_id))
    .leftJoin(treatments, eq(treatments.id, cases.treatment_id))
    .where(and(eq(cases.patient_id, patientId), casesOf(by)))
    .orderBy(desc(cases.created_at), desc(cases.id))
}
