import { z } from 'zod'
import { callDirections, callResults } from './calls.ts'
import { caseView } from './cases.ts'
import { endpoint } from './endpoint.ts'
import { cursor, id, instant, limit } from './fields.ts'
import { noteView } from './notes.ts'
import { patientView } from './patients.ts'
import { consentView, numberView, relationView } from './patient-page.ts'

/** Why a patient probably calls, as a fact with its figures: the desk makes the sentence, in the agent's language. */
export const probableReason = z
  .object({
    kind: z.enum([
      'missed_call',
      'first_contact',
      'in_progress',
      'callback_due',
      'callback_overdue',
      'unreachable',
      'appointment',
      'appointment_passed',
      'no_show',
      'consultation_done',
      'quote_sent',
      'procedure',
      'procedure_passed',
      'post_op',
      'postponed',
      'lost',
      'closed',
    ]),
    at: instant.nullable().meta({ description: 'The date the sentence speaks of.' }),
    clinic: z.string(),
    treatment: z.string().nullable(),
    origin: z.string().nullable(),
  })
  .meta({ id: 'ProbableReason' })
export type ProbableReason = z.infer<typeof probableReason>

export const alertView = z
  .object({
    kind: z.enum([
      'do_not_contact',
      'patient_alert',
      'complaint',
      'post_op',
      'identity_unconfirmed',
      'possible_duplicate',
      'wrong_number',
      'no_next_action',
    ]),
    text: z.string().nullable(),
    patient_id: id.nullable().meta({ description: 'The other patient, for a possible duplicate.' }),
  })
  .meta({ id: 'Alert' })
export type AlertView = z.infer<typeof alertView>

/** Something that happened to a case or its patient. */
export const timelineEntry = z
  .object({
    id: z.string(),
    at: instant,
    actor: z.string().meta({ description: 'Who, by name.' }),
    kind: z.enum([
      'note',
      'status',
      'case_created',
      'case_changed',
      'case_deleted',
      'patient_changed',
      'consent',
      'identity',
      'call',
      'other',
    ]),
    changes: z
      .array(z.object({ field: z.string(), from: z.unknown(), to: z.unknown() }))
      .meta({ description: 'Fields that changed, by their names.' }),
    reason: z.string().nullable(),
    note: noteView.nullable(),
    call: z
      .object({
        id,
        direction: z.enum(callDirections),
        result: z.enum(callResults),
        seconds: z.int().nullable().meta({ description: 'How long it was spoken.' }),
        agent: z.string().nullable(),
        disposition: z.string().nullable(),
      })
      .nullable(),
  })
  .meta({ id: 'TimelineEntry' })
export type TimelineEntry = z.infer<typeof timelineEntry>

export const viewerView = z.object({ user_id: id, name: z.string(), editing: z.boolean() }).meta({ id: 'Viewer' })

const otherCase = caseView.pick({
  id: true,
  status: true,
  clinic: true,
  treatment: true,
  follow_up_date: true,
  created_at: true,
})

/** All that the cockpit shows, in one answer: an opened case paints without asking again. */
export const casePage = z
  .object({
    case: caseView,
    patient: patientView,
    clinic_zone: z.string(),
    age: z.int().nullable(),
    numbers: z.array(numberView),
    reason: probableReason,
    alerts: z.array(alertView),
    identity_confirmed_at: instant
      .nullable()
      .meta({ description: 'When you confirmed who this is, if within the last eight hours.' }),
    timeline: z.array(timelineEntry),
    timeline_cursor: z.string().nullable(),
    other_cases: z.array(otherCase),
    relations: z.array(relationView),
    consents: z.array(consentView),
    viewers: z.array(viewerView),
    offered_statuses: z.array(
      z.object({ code: z.string(), move: z.enum(['offered', 'needs_reason', 'needs_override']) }),
    ),
  })
  .meta({ id: 'CasePage' })
export type CasePage = z.infer<typeof casePage>

export const getCasePage = endpoint({
  name: 'getCasePage',
  method: 'GET',
  path: '/api/cases/:id/page',
  needs: 'cases:read',
  tag: 'Desk',
  summary: 'All that the case page shows',
  description: 'A deleted case is 410 `case_deleted` with when, by whom, and the patient’s other cases.',
  params: z.object({ id }),
  reply: casePage,
  errors: ['not_found', 'case_deleted'],
})

/** What `case_deleted` carries. */
export type DeletedCase = {
  deleted_at: string
  deleted_by: string
  patient_id: string | null
  other_cases: { id: string; status: string; clinic: string }[]
}

export const listTimeline = endpoint({
  name: 'listTimeline',
  method: 'GET',
  path: '/api/cases/:id/timeline',
  needs: 'cases:read',
  tag: 'Desk',
  summary: 'What happened to a case and its patient, newest first',
  params: z.object({ id }),
  query: z.strictObject({
    kind: z.enum(['all', 'notes', 'changes']).default('all'),
    cursor: cursor.optional(),
    limit,
  }),
  reply: z.object({ timeline: z.array(timelineEntry), next_cursor: z.string().nullable() }),
  errors: ['not_found'],
})

export const identityFacts = ['birth_date', 'email', 'address', 'other_number'] as const

export const confirmIdentity = endpoint({
  name: 'confirmIdentity',
  method: 'POST',
  path: '/api/cases/:id/identity',
  needs: 'cases:write',
  tag: 'Desk',
  summary: 'Say that the caller proved who they are, by two facts',
  params: z.object({ id }),
  body: z.strictObject({
    facts: z
      .array(z.enum(identityFacts))
      .max(4)
      .refine((facts) => new Set(facts).size >= 2, 'must name two different facts'),
  }),
  reply: z.object({ identity_confirmed_at: instant }),
  errors: ['not_found'],
})

export const revealCase = endpoint({
  name: 'revealCase',
  method: 'POST',
  path: '/api/cases/:id/reveal',
  needs: 'cases:write',
  tag: 'Desk',
  summary: 'Say that you uncover outcome and notes though the caller has not proved who they are',
  description: 'It leaves a trace, `case.revealed`, and confirms nothing: the case page stays as it is.',
  params: z.object({ id }),
  reply: z.void(),
  status: 204,
  errors: ['not_found'],
})

export const watchCase = endpoint({
  name: 'watchCase',
  method: 'POST',
  path: '/api/cases/:id/watch',
  needs: 'signed_in',
  tag: 'Desk',
  summary: 'Say that you have this case open (again within 30 s), and hear who else has',
  params: z.object({ id }),
  body: z.strictObject({ editing: z.boolean().default(false), leaving: z.boolean().default(false) }),
  reply: z.object({ viewers: z.array(viewerView) }),
  errors: ['not_found'],
})
