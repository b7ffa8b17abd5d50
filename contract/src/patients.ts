import { z } from 'zod'
import { endpoint } from './endpoint.ts'
import { cursor, day, email, id, instant, limit, locale, text, warnings } from './fields.ts'

const phoneField = text(200).nullable().meta({
  description: 'Any text up to 200 characters, kept as typed; every number in it is found by the lookup.',
})

/** Who a person is and how to reach them: flat, as the guide's system has it. */
export const personFields = z.strictObject({
  first_name: text(200).nullable(),
  last_name: text(200).nullable(),
  phone: phoneField,
  home_phone: phoneField,
  cell_phone: phoneField,
  email: z.union([z.literal('').transform(() => null), email]).nullable(),
})
export type PersonFields = z.infer<typeof personFields>

export const personView = z.object({
  first_name: z.string(),
  last_name: z.string(),
  phone: z.string().nullable(),
  home_phone: z.string().nullable(),
  cell_phone: z.string().nullable(),
  email: z.string().nullable(),
})

/** What else is known of a person; only a patient's own page writes it. */
export const patientDetails = z.strictObject({
  birth_date: day.refine((date) => date >= '1900-01-01', 'must not be before 1900').nullable(),
  language: locale.nullable(),
  contact_times: text(500).nullable().meta({ description: 'When they like to be called, in their own words.' }),
  alert_text: text(500).nullable().meta({ description: 'What whoever opens the patient must see first.' }),
  do_not_contact: z.boolean(),
  do_not_contact_reason: text(500).nullable(),
})

export const patientView = z
  .object({
    id,
    ...personView.shape,
    birth_date: z.string().nullable(),
    language: z.string().nullable(),
    contact_times: z.string().nullable(),
    alert_text: z.string().nullable(),
    do_not_contact: z.boolean(),
    do_not_contact_reason: z.string().nullable(),
    clinic: z.string().nullable().meta({ description: 'The clinic that registered the patient.' }),
    case_ids: z.array(id).meta({ description: 'Their cases, newest first.' }),
    created_at: instant,
    updated_at: instant,
    version: z.int(),
  })
  .meta({ id: 'Patient' })
export type PatientView = z.infer<typeof patientView>

const savedPatient = patientView.extend({ warnings }).meta({ id: 'SavedPatient' })
export type SavedPatient = z.infer<typeof savedPatient>

export const listPatients = endpoint({
  name: 'listPatients',
  method: 'GET',
  path: '/api/patients',
  needs: 'patients:read',
  tag: 'Patients',
  summary: 'List patients, newest first',
  query: z.strictObject({ search: text(200).optional(), cursor: cursor.optional(), limit }),
  reply: z.object({ patients: z.array(patientView), next_cursor: z.string().nullable() }),
})

export const createPatientBody = personFields.partial().extend({
  ...patientDetails.partial().shape,
  clinic: text(200).nullable().optional(),
})

export const createPatient = endpoint({
  name: 'createPatient',
  method: 'POST',
  path: '/api/patients',
  needs: 'patients:write',
  tag: 'Patients',
  summary: 'Register a patient without a case',
  body: createPatientBody,
  examples: {
    body: {
      patient: {
        summary: 'A patient',
        value: {
          first_name: 'Antonio',
          last_name: 'Dorato',
          cell_phone: '+39 333 222 4444',
          clinic: 'Centro Oculistico Roma',
        },
      },
    },
  },
  reply: savedPatient,
  status: 201,
  idempotent: true,
})

export const getPatient = endpoint({
  name: 'getPatient',
  method: 'GET',
  path: '/api/patients/:id',
  needs: 'patients:read',
  tag: 'Patients',
  summary: 'One patient',
  params: z.object({ id }),
  reply: patientView,
  errors: ['not_found'],
})

export const savePatientBody = personFields
  .partial()
  .extend({ ...patientDetails.partial().shape, version: z.int().optional() })
export type SavePatient = z.infer<typeof savePatientBody>

export const savePatient = endpoint({
  name: 'savePatient',
  method: 'PATCH',
  path: '/api/patients/:id',
  needs: 'patients:write',
  tag: 'Patients',
  summary: 'Change a patient',
  params: z.object({ id }),
  body: savePatientBody,
  examples: { body: { number: { summary: 'Another number', value: { cell_phone: '+39 333 222 4444', version: 1 } } } },
  reply: savedPatient,
  errors: ['not_found', 'patient_changed'],
})
