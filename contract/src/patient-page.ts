import { z } from 'zod'
import { endpoint } from './endpoint.ts'
import { day, id, instant, requiredText, text } from './fields.ts'
import { patientView } from './patients.ts'

/** One number of a patient: what was typed, what it means, and what people found out about it. */
export const numberView = z
  .object({
    field: z.enum(['phone', 'home_phone', 'cell_phone']),
    typed: z.string().meta({ description: 'The whole field as typed.' }),
    key: z.string().nullable().meta({ description: 'What the lookup searches; null when no number was found.' }),
    shown: z.string().meta({ description: 'For people to read, e.g. `+39 06 2222 4444`.' }),
    kind: z.enum(['mobile', 'fixed', 'other']).meta({ description: 'The kind of line.' }),
    label: z.string().nullable().meta({ description: 'Whose or what it is, e.g. `madre`.' }),
    verified_at: instant.nullable(),
    wrong_at: instant.nullable(),
    shared_with: z.array(z.object({ id, name: z.string() })).meta({ description: 'Other patients with this number.' }),
  })
  .meta({ id: 'PhoneNumber' })
export type NumberView = z.infer<typeof numberView>

export const relationKinds = [
  'spouse',
  'parent',
  'child',
  'sibling',
  'grandparent',
  'grandchild',
  'carer',
  'guardian',
  'friend',
  'other',
  'not_same_person',
] as const

export const relationView = z
  .object({
    id,
    other: z.object({ id, name: z.string(), age: z.int().nullable(), latest_case_id: id.nullable() }),
    kind: z.enum(relationKinds).meta({ description: 'What the other is to this patient.' }),
    may_discuss: z.boolean().meta({ description: 'The other may be told about this patient.' }),
    until: z.string().nullable(),
  })
  .meta({ id: 'Relation' })
export type RelationView = z.infer<typeof relationView>

export const consentPurposes = ['care', 'contact', 'marketing', 'recording', 'data_sharing'] as const
export const consentChannels = ['phone', 'sms', 'whatsapp', 'email', 'post'] as const

export const consentView = z
  .object({
    id,
    purpose: z.enum(consentPurposes),
    channel: z.enum(consentChannels).nullable(),
    state: z.enum(['given', 'withdrawn']),
    text_version: z.string().nullable(),
    evidence: z.string().nullable(),
    actor: z.string(),
    at: instant,
  })
  .meta({ id: 'Consent' })
export type ConsentView = z.infer<typeof consentView>

const patientCase = z.object({
  id,
  status: z.string(),
  clinic: z.string(),
  treatment: z.string().nullable(),
  assigned_to: z.string().nullable(),
  follow_up_date: instant.nullable(),
  created_at: instant,
})

export const patientPage = z
  .object({
    patient: patientView,
    age: z.int().nullable(),
    numbers: z.array(numberView),
    cases: z.array(patientCase),
    relations: z.array(relationView),
    consents: z.array(consentView).meta({ description: 'Every word ever given, newest first.' }),
  })
  .meta({ id: 'PatientPage' })
export type PatientPage = z.infer<typeof patientPage>

export const getPatientPage = endpoint({
  name: 'getPatientPage',
  method: 'GET',
  path: '/api/patients/:id/page',
  needs: 'patients:read',
  tag: 'Desk',
  summary: 'All that the patient page shows',
  params: z.object({ id }),
  reply: patientPage,
  errors: ['not_found'],
})

export const saveNumber = endpoint({
  name: 'saveNumber',
  method: 'PUT',
  path: '/api/patients/:id/numbers/:key',
  needs: 'patients:write',
  tag: 'Desk',
  summary: 'Say what you found out about one of a patient’s numbers',
  params: z.object({ id, key: z.string().max(40) }),
  body: z.strictObject({
    label: text(100).nullable().optional(),
    verified: z.boolean().optional(),
    wrong: z.boolean().optional(),
  }),
  reply: z.object({ numbers: z.array(numberView) }),
  errors: ['not_found'],
})

export const addRelation = endpoint({
  name: 'addRelation',
  method: 'POST',
  path: '/api/patients/:id/relations',
  needs: 'patients:write',
  tag: 'Desk',
  summary: 'Say who belongs to whom',
  params: z.object({ id }),
  body: z.strictObject({
    other_id: id,
    kind: z.enum(relationKinds),
    may_discuss: z.boolean().default(false),
    until: day.nullable().optional(),
  }),
  reply: z.object({ relations: z.array(relationView) }),
  status: 201,
  errors: ['not_found', 'already_exists'],
})

export const removeRelation = endpoint({
  name: 'removeRelation',
  method: 'DELETE',
  path: '/api/patients/:id/relations/:relation_id',
  needs: 'patients:write',
  tag: 'Desk',
  summary: 'Take a relation back',
  params: z.object({ id, relation_id: id }),
  reply: z.object({ relations: z.array(relationView) }),
  errors: ['not_found'],
})

export const addConsent = endpoint({
  name: 'addConsent',
  method: 'POST',
  path: '/api/patients/:id/consents',
  needs: 'patients:write',
  tag: 'Desk',
  summary: 'Record what a patient allows or withdraws; nothing recorded is ever changed',
  params: z.object({ id }),
  body: z.strictObject({
    purpose: z.enum(consentPurposes),
    channel: z.enum(consentChannels).nullable().optional(),
    state: z.enum(['given', 'withdrawn']),
    text_version: text(100).nullable().optional(),
    evidence: requiredText(500).nullable().optional(),
  }),
  reply: z.object({ consents: z.array(consentView) }),
  status: 201,
  errors: ['not_found'],
})

/** Somebody who may be the person being typed. */
export const candidateView = z
  .object({
    id,
    name: z.string(),
    age: z.int().nullable(),
    phone: z.string().nullable(),
    email: z.string().nullable(),
    clinic: z.string().nullable(),
    latest_case: z.object({ id, status: z.string(), treatment: z.string().nullable(), created_at: instant }).nullable(),
    reasons: z.array(z.enum(['number', 'email', 'name', 'birth_date'])),
  })
  .meta({ id: 'Candidate' })
export type CandidateView = z.infer<typeof candidateView>

export const findDuplicates = endpoint({
  name: 'findDuplicates',
  method: 'POST',
  path: '/api/patients/duplicates',
  needs: 'patients:read',
  tag: 'Desk',
  summary: 'Patients who may be the one being typed, most likely first',
  body: z.strictObject({
    first_name: text(200).optional(),
    last_name: text(200).optional(),
    phones: z.array(text(200)).max(5).default([]),
    email: text(254).optional(),
    birth_date: day.optional(),
    except_id: id.optional(),
  }),
  reply: z.object({ candidates: z.array(candidateView) }),
})

/** What the palette's box finds. */
export const searchEverything = endpoint({
  name: 'searchEverything',
  method: 'GET',
  path: '/api/search',
  needs: 'cases:read',
  tag: 'Desk',
  summary: 'Patients and cases by half a name, digits of any number, e-mail or case number',
  query: z.strictObject({ q: requiredText(200), limit: z.coerce.number().int().min(1).max(20).default(8) }),
  reply: z.object({
    patients: z.array(
      z.object({
        id,
        name: z.string(),
        age: z.int().nullable(),
        clinic: z.string().nullable(),
        matched: z.object({
          field: z.enum(['name', 'phone', 'home_phone', 'cell_phone', 'email']),
          text: z.string(),
        }),
        latest_case: z.object({ id, status: z.string(), treatment: z.string().nullable() }).nullable(),
      }),
    ),
    case: z
      .object({ id, patient_id: id, name: z.string(), status: z.string(), clinic: z.string() })
      .nullable()
      .meta({ description: 'The case whose number was typed.' }),
    too_broad: z.boolean().meta({ description: 'Type more: too much fits.' }),
  }),
})
