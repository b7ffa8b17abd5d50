import type { SavedPatient, SavePatient } from '@clinicacrm/contract/patients.ts'
import { eq, sql } from 'drizzle-orm'
import { AppError } from '../app-error.ts'
import { changesBetween, record } from '../audit/audit.ts'
import { clinicNamed, soleClinicOf } from '../clinics/clinics.ts'
import { patients } from '../db/schema.ts'
import { publish } from '../live/live.ts'
import { inTransaction, type Work } from '../work.ts'
import { definedOnly, detailsOf, type PatientFields, type Person, personOf, requirePerson } from './person.ts'
import { currentKeyVersion, indexPhones, phoneKeyRows, phoneWarnings } from './phone-index.ts'
import { lockKnownPatient, patientById } from './queries.ts'
import { searchColumns } from './search-text.ts'

/** What other features may use of this one. */
export { consentsOf } from './consents.ts'
export { possibleDuplicateOf } from './duplicates.ts'
export { numbersOf, saveNumber } from './numbers.ts'
export { ageOf, nameOf, requirePerson } from './person.ts'
export { currentKeyVersion, type PhoneKeyRow, phoneKeyRows, phoneWarnings } from './phone-index.ts'
export { lockPatient, patientById, visibleTo as patientsVisibleTo } from './queries.ts'
export { isIndexStale, reindex } from './reindex.ts'
export { relationsOf } from './relations.ts'
export { type PersonSearch, personSearch, searchColumns } from './search-text.ts'

/** Registers a person without a case. */
export async function registerPatient(
  work: Work,
  input: PatientFields & { clinic?: string | null | undefined },
): Promise<SavedPatient> {
  return inTransaction(work, async (inside) => {
    const { clinic: clinicName, ...fields } = input
    const clinic = clinicName ? await clinicNamed(inside, clinicName) : await soleClinicOf(inside)
    // A key limited to clinics could never see again a patient who belongs to none of them.
    if (!clinic && work.by.clinicIds)
      throw new AppError('invalid_request', 'clinic: say which of your clinics registers the patient')
    const id = await insertPatient(inside, requirePerson(fields), clinic?.id ?? null, detailsOf(fields))
    return savedPatient(inside, id, fields)
  })
}

/** Inserts a person, their phone keys and the trace; for `registerPatient` and for a case's form. */
export async function insertPatient(
  work: Work,
  person: Person,
  clinicId: string | null,
  details: ReturnType<typeof detailsOf> | object = {},
): Promise<string> {
  const keys = phoneKeyRows('', person, work.config)
  const known = { ...person, ...definedOnly(details) }
  const [row] = await work.db
    .insert(patients)
    .values({
      ...known,
      clinic_id: clinicId,
      key_version: currentKeyVersion(work.config),
      ...searchColumns(person, keys),
    })
    .returning({ id: patients.id })
  const { id } = row!
  await indexPhones(work.db, id, person, work.config)
  await record(work, { action: 'patient.created', subject: 'patient', id, after: known })
  await publish(work, { kind: 'patient', id, patient_id: id, what: 'created' })
  return id
}

/** Changes a patient; `version` guards against a save in between. */
export async function savePatient(work: Work, id: string, { version, ...fields }: SavePatient): Promise<SavedPatient> {
  return inTransaction(work, async (inside) => {
    const current = await lockKnownPatient(inside, id)
    if (version !== undefined && version !== current.version) {
      throw new AppError('patient_changed', 'Somebody saved this patient in between.', { current })
    }
    await updatePerson(inside, id, current, fields)
    return savedPatient(inside, id, fields)
  })
}

/** Writes changed fields with keys, search text and trace. Returns whether anything changed. */
export async function updatePerson(work: Work, id: string, before: Person, fields: PatientFields): Promise<boolean> {
  const written = definedOnly({ ...personOf(fields), ...detailsOf(fields) })
  if (!Object.keys(changesBetween(before, written)).length) return false
  const person = requirePerson({ ...before, ...written })
  await work.db
    .update(patients)
    .set({
      ...written,
      key_version: currentKeyVersion(work.config),
      ...searchColumns(person, phoneKeyRows('', person, work.config)),
      updated_at: sql`now()`,
      version: sql`${patients.version} + 1`,
    })
    .where(eq(patients.id, id))
  await indexPhones(work.db, id, person, work.config)
  await record(work, { action: 'patient.changed', subject: 'patient', id, before, after: written })
  await publish(work, { kind: 'patient', id, patient_id: id, what: 'changed' })
  return true
}

async function savedPatient(work: Work, id: string, written: PatientFields): Promise<SavedPatient> {
  const view = await patientById(work.db, id, work.by)
  return { ...view!, warnings: phoneWarnings(written, work.config) }
}
