import type { PersonFields, SavedPatient, SavePatient } from '@clinicacrm/contract/patients.ts'
import { eq, sql } from 'drizzle-orm'
import { AppError, type WrongField, wrongFields } from '../app-error.ts'
import { changesBetween, record } from '../audit/audit.ts'
import { clinicNamed, soleClinicOf } from '../clinics/clinics.ts'
import { patients } from '../db/schema.ts'
import { inTransaction, type Work } from '../work.ts'
import { currentKeyVersion, indexPhones, phoneKeyRows, type Phones, phoneWarnings } from './phone-index.ts'
import { patientById } from './queries.ts'
import { searchText } from './search-text.ts'

/** What other features may use of this one. */
export { currentKeyVersion, type PhoneKeyRow, phoneKeyRows, phoneWarnings } from './phone-index.ts'
export { patientById } from './queries.ts'
export { isIndexStale, reindex } from './reindex.ts'
export { matches as matchesPerson, searchText } from './search-text.ts'

type Person = { first_name: string; last_name: string; email: string | null } & Phones
type PartialPerson = { [F in keyof PersonFields]?: PersonFields[F] | undefined }

/** Registers a person without a case. */
export async function registerPatient(
  work: Work,
  input: PartialPerson & { clinic?: string | null | undefined },
): Promise<SavedPatient> {
  return inTransaction(work, async (inside) => {
    const { clinic: clinicName, ...fields } = input
    const clinic = clinicName ? await clinicNamed(inside, clinicName) : await soleClinicOf(inside)
    // A key limited to clinics could never see again a patient who belongs to none of them.
    if (!clinic && work.by.clinicIds)
      throw new AppError('invalid_request', 'clinic: say which of your clinics registers the patient')
    const id = await insertPatient(inside, requirePerson(fields), clinic?.id ?? null)
    return savedPatient(inside, id, fields)
  })
}

/** Inserts a person, their phone keys and the trace; for `registerPatient` and for a case's form. */
export async function insertPatient(work: Work, person: Person, clinicId: string | null): Promise<string> {
  const keys = phoneKeyRows('', person, work.config)
  const [row] = await work.db
    .insert(patients)
    .values({
      ...person,
      clinic_id: clinicId,
      key_version: currentKeyVersion(work.config),
      search_text: searchText(person, keys),
    })
    .returning({ id: patients.id })
  const { id } = row!
  await indexPhones(work.db, id, person, work.config)
  await record(work, { action: 'patient.created', subject: 'patient', id, after: person })
  return id
}

/** Changes a patient; `version` guards against a save in between. */
export async function savePatient(work: Work, id: string, { version, ...fields }: SavePatient): Promise<SavedPatient> {
  return inTransaction(work, async (inside) => {
    const before = await patientById(inside.db, id, work.by)
    if (!before) throw new AppError('not_found', 'There is no patient with this id.')
    await lockPatient(inside, id)
    const current = (await patientById(inside.db, id, work.by))!
    if (version !== undefined && version !== current.version) {
      throw new AppError('patient_changed', 'Somebody saved this patient in between.', { current })
    }
    await updatePerson(inside, id, current, fields)
    return savedPatient(inside, id, fields)
  })
}

/** Writes changed person fields with keys, search text and trace. Returns whether anything changed. */
export async function updatePerson(work: Work, id: string, before: Person, fields: PartialPerson): Promise<boolean> {
  const written = personOf(fields)
  if (!Object.keys(changesBetween(before, written)).length) return false
  const person = { ...before, ...definedOnly(written) } as Person
  requirePerson(person)
  await work.db
    .update(patients)
    .set({
      first_name: person.first_name,
      last_name: person.last_name,
      phone: person.phone,
      home_phone: person.home_phone,
      cell_phone: person.cell_phone,
      email: person.email,
      key_version: currentKeyVersion(work.config),
      search_text: searchText(person, phoneKeyRows('', person, work.config)),
      updated_at: sql`now()`,
      version: sql`${patients.version} + 1`,
    })
    .where(eq(patients.id, id))
  await indexPhones(work.db, id, person, work.config)
  await record(work, { action: 'patient.changed', subject: 'patient', id, before, after: written })
  return true
}

/** Two writers of one patient go one after the other. */
export async function lockPatient({ db }: Work, id: string): Promise<void> {
  await db.select({ id: patients.id }).from(patients).where(eq(patients.id, id)).for('update')
}

/** A name and a way to reach them, or a refusal that says what is missing. */
export function requirePerson(fields: PartialPerson): Person {
  const person = {
    first_name: '',
    last_name: '',
    phone: null,
    home_phone: null,
    cell_phone: null,
    email: null,
    ...definedOnly(personOf(fields)),
  } as Person
  const blank = (text: string | null) => !text?.trim()
  const missing: WrongField[] = []
  if (blank(person.first_name) && blank(person.last_name)) {
    missing.push({ field: 'first_name', message: 'a first or a last name is required' })
  }
  if (blank(person.phone) && blank(person.home_phone) && blank(person.cell_phone) && blank(person.email)) {
    missing.push({ field: 'phone', message: 'a phone number or an e-mail address is required' })
  }
  if (missing.length) throw wrongFields(...missing)
  return person
}

/** Names are never null in the table; everything else is as sent. */
function personOf(fields: PartialPerson): Partial<Person> {
  const { first_name, last_name, phone, home_phone, cell_phone, email } = fields
  const name = (text: string | null | undefined) => (text === undefined ? undefined : (text ?? '').trim())
  return {
    first_name: name(first_name),
    last_name: name(last_name),
    phone,
    home_phone,
    cell_phone,
    email,
  } as Partial<Person>
}

const definedOnly = (fields: Partial<Person>) =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as Partial<Person>

async function savedPatient(work: Work, id: string, written: PartialPerson): Promise<SavedPatient> {
  const view = await patientById(work.db, id, work.by)
  return { ...view!, warnings: phoneWarnings(written, work.config) }
}
