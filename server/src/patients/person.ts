import type { PersonFields, SavePatient } from '@clinicacrm/contract/patients.ts'
import { type WrongField, wrongFields } from '../app-error.ts'
import type { Phones } from './phone-index.ts'

export type Person = { first_name: string; last_name: string; email: string | null } & Phones
export type PartialPerson = { [F in keyof PersonFields]?: PersonFields[F] | undefined }
export type PatientFields = Omit<SavePatient, 'version'>

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
export function personOf(fields: PartialPerson): Partial<Person> {
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

/** What else is known of a person. A text left blank is none; who may be contacted again needs no reason. */
export function detailsOf(fields: PatientFields) {
  const { birth_date, language, contact_times, alert_text, do_not_contact, do_not_contact_reason } = fields
  if (birth_date && birth_date > lastDayOnEarth()) {
    throw wrongFields({ field: 'birth_date', message: 'must not be in the future' })
  }
  const text = (value: string | null | undefined) => (value === undefined ? undefined : value?.trim() || null)
  const reason = do_not_contact === false ? null : text(do_not_contact_reason)
  return {
    birth_date,
    language,
    contact_times: text(contact_times),
    alert_text: text(alert_text),
    do_not_contact,
    do_not_contact_reason: reason,
  }
}

/** Today where the day begins first: a child may be born there already. */
const lastDayOnEarth = () => new Date(Date.now() + 14 * 3_600_000).toISOString().slice(0, 10)

/** Completed years; null for a birth date that is not known. */
export function ageOf(birthDate: string | null, now = new Date()): number | null {
  if (!birthDate) return null
  const today = now.toISOString().slice(0, 10)
  const years = Number(today.slice(0, 4)) - Number(birthDate.slice(0, 4))
  return Math.max(0, today.slice(5) < birthDate.slice(5) ? years - 1 : years)
}

/** As people are called: first name, then last. */
export const nameOf = ({ first_name, last_name }: Pick<Person, 'first_name' | 'last_name'>): string =>
  `${first_name} ${last_name}`.trim()

export const definedOnly = <T extends object>(fields: T) =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as {
    [K in keyof T]?: Exclude<T[K], undefined>
  }
