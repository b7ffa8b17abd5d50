import { z } from 'zod'
import { endpoint } from './endpoint.ts'
import {
  cursor,
  id,
  instant,
  instantInput,
  instantOrDay,
  limit,
  oneOrMany,
  requiredText,
  text,
  warnings,
} from './fields.ts'
import { statusClasses, statusCodes } from './lifecycle.ts'
import { personFields, personView } from './patients.ts'

export const channels = ['WEB', 'FACEBOOK', 'INFLUENCER', 'PHONE', 'EMAIL', 'WHATSAPP', 'REFERRAL', 'WALK_IN'] as const

/** What people write about a case. The form, the API, import and export all read this one list. */
export const caseFields = z.strictObject({
  clinic: requiredText(200).meta({ description: 'The clinic’s name, as the lookup shows it.' }),
  treatment: text(200).nullable().meta({ description: 'A treatment’s name or code.' }),
  channel: z.enum(channels).nullable(),
  origin: text(200).nullable().meta({ description: 'Where the lead came from, e.g. `Google Ads`.' }),
  status: z.enum(statusCodes),
  disposition: text(500).nullable(),
  outcome: text(500).nullable(),
  promotion: text(200).nullable(),
  follow_up_date: instantOrDay.nullable(),
  follow_up_reason: text(500).nullable().meta({ description: 'What is to be done on that date.' }),
  dialer_campaign_tag: text(200).nullable(),
  assigned_to: text(200).nullable().meta({ description: 'The e-mail address of a colleague, or any name.' }),
  lost_reason: text(500).nullable().meta({ description: 'Why, when the status is PERSO.' }),
})

export const caseView = z
  .object({
    id,
    patient_id: id,
    ...personView.shape,
    clinic: z.string(),
    clinic_id: id,
    treatment: z.string().nullable(),
    channel: z.string().nullable(),
    origin: z.string().nullable(),
    status: z.string(),
    disposition: z.string().nullable(),
    outcome: z.string().nullable(),
    promotion: z.string().nullable(),
    follow_up_date: instant.nullable(),
    follow_up_reason: z.string().nullable(),
    dialer_campaign_tag: z.string().nullable(),
    assigned_to: z.string().nullable(),
    lost_reason: z.string().nullable(),
    last_contact_at: instant.nullable().meta({ description: 'When somebody last wrote down a contact.' }),
    created_at: instant,
    updated_at: instant,
    version: z.int(),
    screen_pop_url: z.string(),
  })
  .meta({ id: 'Case' })
export type CaseView = z.infer<typeof caseView>

const savedCase = caseView.extend({ warnings }).meta({ id: 'SavedCase' })
export type SavedCase = z.infer<typeof savedCase>

/** A day a follow-up falls on, seen from today in the clinic's zone; saved views stay true tomorrow. */
export const dueNames = ['overdue', 'today', 'tomorrow', 'next_7_days', 'none'] as const

export const caseFilters = z.strictObject({
  search: text(200).optional().meta({
    description: 'Names in any order, without accents; e-mail; any run of digits of any number; a case’s id.',
  }),
  status: oneOrMany(z.enum(statusCodes)).optional(),
  class: oneOrMany(z.enum(statusClasses)).optional().meta({ description: 'What statuses mean, e.g. `open`.' }),
  channel: oneOrMany(z.enum(channels)).optional(),
  clinic: oneOrMany(text(200)).optional(),
  treatment: oneOrMany(text(200)).optional(),
  assigned_to: oneOrMany(text(200)).optional().meta({ description: 'Empty text: assigned to nobody.' }),
  dialer_campaign_tag: oneOrMany(text(200)).optional(),
  patient_id: id.optional(),
  due: oneOrMany(z.enum(dueNames)).optional(),
  created_from: instantInput.optional(),
  created_to: instantInput.optional().meta({ description: 'Exclusive.' }),
  follow_up_from: instantInput.optional(),
  follow_up_to: instantInput.optional().meta({ description: 'Exclusive.' }),
})
export type CaseFilters = z.infer<typeof caseFilters>

/** Orders of a list; a minus turns one round. Cases without the date come last either way. */
export const caseOrders = [
  '-created_at',
  'created_at',
  'follow_up_date',
  '-follow_up_date',
  '-updated_at',
  'updated_at',
  '-last_contact_at',
  'last_contact_at',
  'name',
  '-name',
] as const
export type CaseOrder = (typeof caseOrders)[number]

export const listCases = endpoint({
  name: 'listCases',
  method: 'GET',
  path: '/api/cases',
  needs: 'cases:read',
  tag: 'Cases',
  summary: 'List cases, newest first unless told otherwise',
  query: caseFilters.extend({ order: z.enum(caseOrders).default('-created_at'), cursor: cursor.optional(), limit }),
  reply: z.object({ cases: z.array(caseView), next_cursor: z.string().nullable() }),
})

export const createCaseBody = caseFields
  .partial()
  .extend({ ...personFields.partial().shape, patient_id: id.optional(), created_at: instantInput.optional() })
export type CreateCase = z.infer<typeof createCaseBody>

export const createCase = endpoint({
  name: 'createCase',
  method: 'POST',
  path: '/api/cases',
  needs: 'cases:write',
  tag: 'Cases',
  summary: 'Open a case, for a new person or for a known patient',
  description:
    'Needs one name, one number or e-mail, and a clinic (the key’s own or the only one when left out); or `patient_id` ' +
    'instead of the person. `created_at` needs the scope `cases:import`. A number that cannot be read is kept as typed ' +
    'and earns an entry in `warnings`.',
  body: createCaseBody,
  examples: {
    body: {
      new_person: {
        summary: 'A new person',
        value: {
          first_name: 'Antonio',
          last_name: 'Dorato',
          phone: '+39 06 2222 4444',
          cell_phone: '+39 333 222 4444',
          clinic: 'Centro Oculistico Roma',
          treatment: 'SMILE Surgery',
          channel: 'WEB',
          origin: 'Google Ads',
          follow_up_date: '2025-07-12T16:57:06+02:00',
        },
      },
      known_patient: {
        summary: 'Another case of a known patient',
        value: { patient_id: '4', clinic: 'Centro Oculistico Roma', status: 'NUOVO' },
      },
    },
  },
  reply: savedCase,
  status: 201,
  idempotent: true,
})

export const getCase = endpoint({
  name: 'getCase',
  method: 'GET',
  path: '/api/cases/:id',
  needs: 'cases:read',
  tag: 'Cases',
  summary: 'One case',
  params: z.object({ id }),
  reply: caseView,
  errors: ['not_found'],
})

export const saveCaseBody = caseFields.partial().extend({
  ...personFields.partial().shape,
  status_reason: text(500).optional().meta({ description: 'Why the status changes; people need it to reopen a case.' }),
  version: z.int().optional(),
})
export type SaveCase = z.infer<typeof saveCaseBody>

export const saveCase = endpoint({
  name: 'saveCase',
  method: 'PATCH',
  path: '/api/cases/:id',
  needs: 'cases:write',
  tag: 'Cases',
  summary: 'Change fields of a case or of its person',
  description:
    'Send the `version` you read: if somebody saved in between, the answer is 409 with the current case. People follow ' +
    'the lifecycle: a move it does not offer is 409 `move_not_offered`; keys may set any status.',
  params: z.object({ id }),
  body: saveCaseBody,
  examples: {
    body: {
      booked: {
        summary: 'An appointment was made',
        value: { status: 'APPUNTAMENTO', follow_up_date: '2025-07-12T16:57:06+02:00', version: 1 },
      },
    },
  },
  reply: savedCase,
  errors: ['not_found', 'case_changed', 'move_not_offered'],
})

export const deleteCase = endpoint({
  name: 'deleteCase',
  method: 'DELETE',
  path: '/api/cases/:id',
  needs: 'cases:delete',
  tag: 'Cases',
  summary: 'Take a case out of lists and lookups',
  params: z.object({ id }),
  query: z.strictObject({ version: z.coerce.number().int().optional() }),
  reply: z.void(),
  status: 204,
  errors: ['not_found', 'case_changed'],
})
