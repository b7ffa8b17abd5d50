import { z } from 'zod'
import { endpoint } from './endpoint.ts'
import { cursor, id, instant, instantInput, limit, oneOrMany, text } from './fields.ts'

export const callbackStates = ['open', 'done', 'cancelled'] as const
/** How often we try in vain before it concerns the team lead. */
export const callbackTries = 4
/** Why it may not be dialled just now, or at all. */
export const callbackBlocks = ['do_not_contact', 'quiet_hours', 'closed_today'] as const
export const callbackResults = ['reached', 'no_answer', 'busy', 'voicemail', 'wrong_number', 'not_needed'] as const
export type CallbackResult = (typeof callbackResults)[number]

/** Somebody to call back: one open at most for each patient, or for each number that is nobody's. */
export const callbackView = z
  .object({
    id,
    state: z.enum(callbackStates),
    patient_id: id.nullable(),
    name: z.string().nullable(),
    phone: z.string().nullable(),
    case_id: id.nullable(),
    clinic: z.string().nullable(),
    clinic_zone: z.string(),
    due_at: instant,
    is_overdue: z.boolean(),
    is_escalated: z.boolean().meta({ description: 'Overdue for so long that it concerns the team lead.' }),
    attempts: z.int().meta({ description: 'How often we tried.' }),
    missed_count: z.int().meta({ description: 'How often they called in vain.' }),
    last_missed_at: instant.nullable(),
    next_try_at: instant.nullable().meta({ description: 'When the ladder would try next, if this try fails.' }),
    blocked: z.enum(callbackBlocks).nullable(),
    blocked_reason: z.string().nullable(),
    assigned_to: z.string().nullable(),
    reason: z.string().nullable(),
    origin_call_id: id.nullable(),
    result: z.enum(callbackResults).nullable(),
    closed_at: instant.nullable(),
    created_at: instant,
    version: z.int(),
  })
  .meta({ id: 'Callback' })
export type CallbackView = z.infer<typeof callbackView>

export const listCallbacks = endpoint({
  name: 'listCallbacks',
  method: 'GET',
  path: '/api/callbacks',
  needs: 'calls:read',
  tag: 'Calls',
  summary: 'Who waits to be called back, the most urgent first',
  query: z.strictObject({
    state: z.enum(callbackStates).default('open'),
    assigned_to: text(254).optional().meta({ description: '`me`, `nobody`, or an e-mail address.' }),
    clinic: oneOrMany(text(200)).optional(),
    due: z.enum(['overdue', 'escalated', 'today', 'all']).default('all'),
    cursor: cursor.optional(),
    limit,
  }),
  reply: z.object({ callbacks: z.array(callbackView), count: z.int(), next_cursor: z.string().nullable() }),
})

export const createCallback = endpoint({
  name: 'createCallback',
  method: 'POST',
  path: '/api/callbacks',
  needs: 'calls:handle',
  tag: 'Calls',
  summary: 'Promise a callback; the one that is open already is moved instead',
  body: z.strictObject({
    patient_id: id.optional(),
    phone: text(200).optional(),
    case_id: id.optional(),
    due_at: instantInput,
    reason: text(500).optional(),
    assigned_to: text(254).nullable().optional(),
    origin_call_id: id.optional(),
  }),
  reply: callbackView.extend({
    moved_from: instant
      .nullable()
      .meta({ description: 'The time asked for, when quiet hours or closing made it another.' }),
  }),
  status: 201,
  errors: ['not_found'],
  idempotent: true,
})

export const saveCallback = endpoint({
  name: 'saveCallback',
  method: 'PATCH',
  path: '/api/callbacks/:id',
  needs: 'calls:handle',
  tag: 'Calls',
  summary: 'Move, take or give a callback',
  params: z.object({ id }),
  body: z.strictObject({
    due_at: instantInput.optional(),
    assigned_to: text(254).nullable().optional(),
    reason: text(500).nullable().optional(),
    version: z.int().optional(),
  }),
  reply: callbackView,
  errors: ['not_found', 'changed'],
})

export const tryCallback = endpoint({
  name: 'tryCallback',
  method: 'POST',
  path: '/api/callbacks/:id/result',
  needs: 'calls:handle',
  tag: 'Calls',
  summary: 'Say what a try came to: reached closes it, no answer moves it up the ladder',
  params: z.object({ id }),
  body: z.strictObject({
    result: z.enum(callbackResults),
    reason: text(500).optional().meta({ description: 'Why nobody waits any longer, or what to know at the next try.' }),
    version: z.int().optional(),
  }),
  reply: callbackView,
  errors: ['not_found', 'changed'],
})

/** The next moment at which somebody of this clinic may be called. */
export const nextSlot = endpoint({
  name: 'nextSlot',
  method: 'GET',
  path: '/api/clinics/:id/next-slot',
  needs: 'calls:handle',
  tag: 'Calls',
  summary: 'The next moment, from one asked for, outside quiet hours, closing and holidays',
  params: z.object({ id }),
  query: z.strictObject({ at: instantInput }),
  reply: z.object({
    at: instant,
    moved: z.boolean(),
    why: z.enum(['quiet_hours', 'closed_today']).nullable(),
  }),
  errors: ['not_found'],
})

export const getWallboard = endpoint({
  name: 'getWallboard',
  method: 'GET',
  path: '/api/wallboard',
  needs: 'wallboard:read',
  tag: 'Calls',
  summary: 'The day at a glance: calls now, waiting callbacks, time to answer, pops, wrap-ups owed',
  query: z.strictObject({ clinic: oneOrMany(text(200)).optional() }),
  reply: z.object({
    at: instant,
    zone: z.string().meta({ description: 'By whose clocks the day began.' }),
    calls_now: z.object({ ringing: z.int(), answered: z.int(), held: z.int() }),
    today: z.object({
      inbound: z.int(),
      outbound: z.int(),
      answered: z.int(),
      missed: z.int(),
      voicemail: z.int(),
      median_answer_seconds: z.number().nullable(),
      p90_answer_seconds: z.number().nullable(),
    }),
    callbacks: z.object({ open: z.int(), overdue: z.int(), escalated: z.int(), oldest_due_at: instant.nullable() }),
    pops: z.object({
      offered: z.int().meta({ description: 'Calls that rang at an agent the CRM knows, today.' }),
      shown: z.int(),
      matched: z.int().meta({ description: 'Of inbound calls with a number, those that found somebody.' }),
      with_number: z.int(),
      median_ms: z.number().nullable().meta({ description: 'From the event to the painted card.' }),
      p95_ms: z.number().nullable(),
    }),
    wrap_ups_owed: z.int(),
    agents: z.array(
      z.object({
        user_id: id,
        name: z.string(),
        state: z.enum(['ringing', 'on_call', 'wrap_up', 'idle']),
        since: instant.nullable(),
        handled: z.int(),
        owed: z.int(),
      }),
    ),
    hours: z.array(z.object({ hour: z.int(), answered: z.int(), missed: z.int() })),
  }),
})
