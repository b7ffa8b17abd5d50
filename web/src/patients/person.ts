import type { PatientView, SavePatient } from '@clinicacrm/contract/patients.ts'

/** What the form of a patient holds: every field as text, except the one that is ticked. */
export type Person = {
  first_name: string
  last_name: string
  birth_date: string
  phone: string
  home_phone: string
  cell_phone: string
  email: string
  language: string
  contact_times: string
  alert_text: string
  do_not_contact: boolean
  do_not_contact_reason: string
}
export type PersonField = keyof Person

export function fieldsOf(patient: PatientView): Person {
  return {
    first_name: patient.first_name,
    last_name: patient.last_name,
    birth_date: patient.birth_date ?? '',
    phone: patient.phone ?? '',
    home_phone: patient.home_phone ?? '',
    cell_phone: patient.cell_phone ?? '',
    email: patient.email ?? '',
    language: patient.language ?? '',
    contact_times: patient.contact_times ?? '',
    alert_text: patient.alert_text ?? '',
    do_not_contact: patient.do_not_contact,
    do_not_contact_reason: patient.do_not_contact_reason ?? '',
  }
}

/** The fields that differ from what the patient has. */
export function changedIn(fields: Person, patient: PatientView): PersonField[] {
  const before = fieldsOf(patient)
  return (Object.keys(fields) as PersonField[]).filter((name) => fields[name] !== before[name])
}

/** What is sent: the changed fields only, an emptied one as nothing. */
export function changesOf(fields: Person, changed: PersonField[]): SavePatient {
  const entries = changed.map((name) => [name, fields[name] === '' && !name.endsWith('name') ? null : fields[name]])
  return Object.fromEntries(entries) as SavePatient
}
