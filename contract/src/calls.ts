import { z } from 'zod'
import { caseView } from './cases.ts'
import { endpoint } from './endpoint.ts'
import { cursor, id, instant, instantInput, instantOrDay, limit, oneOrMany, requiredText, text } from './fields.ts'
import { statusCodes } from './lifecycle.ts'

/** What can happen to a call, in the order it usually does: of two events of one moment, the later in this list counts. */
export const callEventKinds = [
  'ringing',
  'answered',
  'held',
  'resumed',
  'transferred',
  'voicemail',
  'missed',
  'ended',
] as const
export type CallEventKind = (typeof callEventKinds)[number]

export const callDirections = ['inbound', 'outbound', 'internal'] as const

/** Vendors send what they like; PostgreSQL keeps neither NUL nor half a character. */
const heard = (max: number) => z.string().transform((value) => value.replaceAll('\0', '').toWellFormed().slice(0, max))
const heardOptional = (max: number) => heard(max).nullish()

/**
 * One event of one call, as every connector makes it of what its platform sent. `provider` and `call_id` name the call;
 * whatever order events come in, however often, and whichever are lost, they make one call.
 */
export const callEvent = z.object({
  provider: heard(40)
    .pipe(requiredText(40))
    .default('api')
    .meta({ description: 'The platform, e.g. `genesys-cloud`.' }),
  call_id: heard(250).pipe(requiredText(250)).meta({ description: 'The platform’s id of the call.' }),
  event: z.enum(callEventKinds),
  event_id: heardOptional(200).meta({ description: 'The platform’s id of this event, if it has one.' }),
  at: instantInput.nullish().meta({ description: 'When it happened; when it arrives unless said.' }),
  direction: z.enum(callDirections).nullish().meta({ description: '`inbound` unless said.' }),
  from: heardOptional(256).meta({ description: 'Who calls, in any writing.' }),
  to: heardOptional(256).meta({ description: 'Who is called (DNIS), in any writing.' }),
  queue: heardOptional(200),
  agent: heardOptional(254).meta({
    description: 'The agent: e-mail address, extension, user name or the platform’s id, as set in the CRM.',
  }),
  agents: z.array(heard(254)).max(50).nullish().meta({ description: 'All agents it rings at, if several.' }),
  case_id: id.nullish().meta({ description: 'The case, when the platform knows it already: beats any search.' }),
  patient_id: id.nullish().meta({ description: 'The patient, when the platform knows them already.' }),
  recording_url: z
    .url({ protocol: /^https$/ })
    .max(2000)
    .nullish(),
  reason: heardOptional(200).meta({ description: 'Why it ended, in the platform’s words.' }),
})
export type CallEvent = z.output<typeof callEvent>

/**
 * `explicit`: the platform named the case or patient. `linked`: a person said who it was. `one` and `many` count people,
 * not cases. `internal`: an extension or a number of our own, which is never a patient's.
 */
export const matchStates = ['one', 'many', 'none', 'withheld', 'internal', 'explicit', 'linked'] as const
export type MatchState = (typeof matchStates)[number]
export const callStates = ['ringing', 'answered', 'held', 'ended'] as const
export type CallState = (typeof callStates)[number]
/** How it ended; null while it lasts. */
export const callResults = ['answered', 'missed', 'voicemail'] as const
export type CallResult = (typeof callResults)[number]

export const callEventReply = z
  .object({
    id,
    state: z.enum(callStates),
    result: z.enum(callResults).nullable(),
    match: z.enum(matchStates).nullable().meta({ description: 'Null while no number is known.' }),
    case_id: id.nullable(),
    screen_pop_url: z.string().nullable().meta({ description: 'Where an agent lands who opens a page by hand.' }),
    delivered: z.boolean().meta({ description: 'Whether an open page of an agent concerned was told of this call.' }),
    agents: z
      .array(z.object({ agent: z.string(), known: z.boolean(), delivered: z.boolean() }))
      .meta({ description: 'Each agent named: whether the CRM knows them, whether a page of theirs was told.' }),
    repeated: z.boolean().meta({ description: 'This event had arrived before; nothing was changed.' }),
  })
  .meta({ id: 'CallEventReply' })
export type CallEventReply = z.infer<typeof callEventReply>

export const recordCallEvent = endpoint({
  name: 'recordCallEvent',
  method: 'POST',
  path: '/api/calls/events',
  needs: 'calls:write',
  tag: 'Calls',
  summary: 'Tell what happens to a call: it rings, is answered, transferred, ended',
  description:
    'Any order, repeats and gaps are fine: `provider` and `call_id` name one call. On `ringing` with an agent the case is ' +
    'shown in that agent’s open page; `delivered` says whether there was one.',
  body: callEvent,
  reply: callEventReply,
  examples: {
    body: {
      ringing: {
        summary: 'A call rings at an agent',
        value: {
          provider: 'api',
          call_id: 'c-4711',
          event: 'ringing',
          from: '+39 06 2222 4444',
          to: '+39 06 5550 1000',
          agent: 'giulia.conti@clinic.example',
        },
      },
      ended: { summary: 'It is over', value: { provider: 'api', call_id: 'c-4711', event: 'ended' } },
    },
  },
})

/** A person behind a number, as the chooser shows them: nothing of treatments until somebody says who calls. */
export const callerView = z
  .object({
    patient_id: id,
    name: z.string(),
    age: z.int().nullable(),
    label: z.string().nullable().meta({ description: 'Whose the number is, as noted on it (“madre”).' }),
    relation: z.string().nullable().meta({ description: 'How they belong to the person before them in the list.' }),
    case_id: id.nullable().meta({ description: 'Their most recent case.' }),
    case_count: z.int(),
    status: z.string().nullable(),
    clinic: z.string().nullable(),
    follow_up_date: instant.nullable(),
    is_last_chosen: z.boolean().meta({ description: 'Who it was when this number called last.' }),
  })
  .meta({ id: 'Caller' })
export type CallerView = z.infer<typeof callerView>

export const callView = z
  .object({
    id,
    provider: z.string(),
    call_id: z.string(),
    direction: z.enum(callDirections),
    state: z.enum(callStates),
    result: z.enum(callResults).nullable(),
    from: z.string().nullable().meta({ description: 'As the platform wrote it.' }),
    to: z.string().nullable(),
    phone: z
      .string()
      .nullable()
      .meta({ description: 'The other side’s number to show and to dial, E.164 if it is one.' }),
    queue: z.string().nullable(),
    dialled: z.string().nullable().meta({ description: 'The label of our number that was called.' }),
    clinic: z.string().nullable(),
    clinic_id: id.nullable(),
    channel: z.string().nullable().meta({ description: 'Where a lead from this call comes from.' }),
    origin: z.string().nullable(),
    campaign: z.string().nullable(),
    agent_id: id.nullable(),
    agent: z.string().nullable(),
    match: z.enum(matchStates).nullable(),
    patient_id: id.nullable(),
    patient_name: z.string().nullable(),
    case_id: id.nullable(),
    started_at: instant,
    ringing_at: instant.nullable(),
    answered_at: instant.nullable(),
    ended_at: instant.nullable(),
    wait_seconds: z.number().nullable().meta({ description: 'From ringing to the answer, or to the end without one.' }),
    talk_seconds: z.number().nullable(),
    reason: z.string().nullable(),
    has_recording: z.boolean(),
    disposition: z.string().nullable(),
    wrapped_up_at: instant.nullable(),
    wrap_up_owed: z.boolean(),
    version: z.int(),
  })
  .meta({ id: 'Call' })
export type CallView = z.infer<typeof callView>

/** What the desk shows of a call that rings, lasts, or waits for its wrap-up. */
export const popView = z
  .object({
    id,
    call: callView,
    callers: z.array(callerView).max(10),
    caller_count: z.int(),
    case: caseView.nullable().meta({ description: 'The case to open, when it is clear whose call it is.' }),
    note_so_far: z.string().nullable().meta({ description: 'What a colleague wrote who transferred the call.' }),
    transferred_by: z.string().nullable(),
    missed_today: z.int().meta({ description: 'How often this number called today without an answer.' }),
    created_at: instant,
    delivered_at: instant.nullable(),
    shown_at: instant.nullable(),
    opened_at: instant.nullable(),
    dismissed_at: instant.nullable(),
  })
  .meta({ id: 'Pop' })
export type PopView = z.infer<typeof popView>

export const listPops = endpoint({
  name: 'listPops',
  method: 'GET',
  path: '/api/pops',
  needs: 'signed_in',
  tag: 'Calls',
  summary: 'Your calls: those that ring or last, those you have not seen, those whose wrap-up you owe',
  reply: z.object({ pops: z.array(popView) }),
})

export const getPop = endpoint({
  name: 'getPop',
  method: 'GET',
  path: '/api/pops/:id',
  needs: 'signed_in',
  tag: 'Calls',
  summary: 'One of your calls, as the card shows it',
  params: z.object({ id: id.meta({ description: 'The call.' }) }),
  reply: popView,
  errors: ['not_found'],
})

export const markPop = endpoint({
  name: 'markPop',
  method: 'POST',
  path: '/api/pops/:id',
  needs: 'signed_in',
  tag: 'Calls',
  summary: 'Say that the card of a call was shown, opened or put away',
  params: z.object({ id: id.meta({ description: 'The call.' }) }),
  body: z.strictObject({
    what: z.enum(['shown', 'opened', 'dismissed']),
    after_ms: z
      .number()
      .min(0)
      .max(600_000)
      .optional()
      .meta({ description: 'How long after the event the card was painted.' }),
  }),
  reply: z.object({ first: z.boolean().meta({ description: 'No other page had said so.' }) }),
  errors: ['not_found'],
})

export const linkCall = endpoint({
  name: 'linkCall',
  method: 'POST',
  path: '/api/calls/:id/link',
  needs: 'calls:handle',
  tag: 'Calls',
  summary: 'Say whose call it is, or that it is nobody’s of those proposed',
  params: z.object({ id }),
  body: z.strictObject({
    patient_id: id.nullable(),
    case_id: id.nullable().optional(),
    version: z.int().optional(),
  }),
  reply: callView,
  errors: ['not_found', 'changed'],
})

/** Calls of a number that belonged to nobody, once a patient has that number. */
export const previewRelink = endpoint({
  name: 'previewRelink',
  method: 'GET',
  path: '/api/patients/:id/unlinked-calls',
  needs: 'calls:handle',
  tag: 'Calls',
  summary: 'Earlier calls from the patient’s numbers that are nobody’s yet',
  params: z.object({ id }),
  reply: z.object({ calls: z.array(callView) }),
  errors: ['not_found'],
})

export const relinkCalls = endpoint({
  name: 'relinkCalls',
  method: 'POST',
  path: '/api/patients/:id/unlinked-calls',
  needs: 'calls:handle',
  tag: 'Calls',
  summary: 'Give earlier calls to the patient, or take them back',
  params: z.object({ id }),
  body: z.strictObject({
    call_ids: z.array(id).min(1).max(200),
    undo: z.boolean().default(false),
  }),
  reply: z.object({ count: z.int() }),
  errors: ['not_found'],
})

const callFilters = {
  state: oneOrMany(z.enum(callStates)).optional(),
  result: oneOrMany(z.enum(callResults)).optional(),
  direction: oneOrMany(z.enum(callDirections)).optional(),
  match: oneOrMany(z.enum(matchStates)).optional(),
  agent_id: oneOrMany(id).optional(),
  clinic: oneOrMany(text(200)).optional(),
  provider: oneOrMany(text(40)).optional(),
  patient_id: id.optional(),
  case_id: id.optional(),
  owed: z.enum(['true']).optional().meta({ description: 'Only calls whose wrap-up is owed.' }),
  search: text(100).optional().meta({ description: 'Digits of the number, or a name.' }),
  from: instantOrDay.optional(),
  to: instantOrDay.optional(),
}

export const listCalls = endpoint({
  name: 'listCalls',
  method: 'GET',
  path: '/api/calls',
  needs: 'calls:read',
  tag: 'Calls',
  summary: 'The call log, newest first',
  query: z.strictObject({ ...callFilters, cursor: cursor.optional(), limit }),
  reply: z.object({ calls: z.array(callView), next_cursor: z.string().nullable() }),
})

export const getCall = endpoint({
  name: 'getCall',
  method: 'GET',
  path: '/api/calls/:id',
  needs: 'calls:read',
  tag: 'Calls',
  summary: 'One call, with what happened to it',
  params: z.object({ id }),
  reply: callView.extend({
    events: z.array(z.object({ event: z.enum(callEventKinds), at: instant, agent: z.string().nullable() })),
    note: z.string().nullable(),
  }),
  errors: ['not_found'],
})

export const getRecording = endpoint({
  name: 'getRecording',
  method: 'GET',
  path: '/api/calls/:id/recording',
  needs: 'calls:listen',
  tag: 'Calls',
  summary: 'Where the platform keeps the recording of a call; asking leaves a trace',
  params: z.object({ id }),
  reply: z.object({ url: z.string() }),
  errors: ['not_found'],
})

/** What a call came to. `note` is a draft until it is saved with the rest. */
export const wrapUpFields = z.strictObject({
  disposition: text(200),
  note: text(20_000).optional(),
  status: z.enum(statusCodes).optional(),
  status_reason: text(500).optional(),
  follow_up_date: instantInput.nullable().optional(),
  lost_reason: text(500).optional(),
  outcome: text(500).optional(),
  wrong_number: z.boolean().optional().meta({ description: 'Nobody of that name is at this number.' }),
})
export type WrapUpFields = z.infer<typeof wrapUpFields>

export const wrapUpCall = endpoint({
  name: 'wrapUpCall',
  method: 'POST',
  path: '/api/calls/:id/wrap-up',
  needs: 'calls:handle',
  tag: 'Calls',
  summary: 'Write down what a call came to; case, note, callback and call are saved together',
  params: z.object({ id }),
  body: wrapUpFields.extend({ disposition: requiredText(200) }),
  reply: callView,
  errors: ['not_found', 'move_not_offered', 'case_changed'],
  idempotent: true,
})

export const saveWrapUpDraft = endpoint({
  name: 'saveWrapUpDraft',
  method: 'PUT',
  path: '/api/calls/:id/draft',
  needs: 'calls:handle',
  tag: 'Calls',
  summary: 'Keep what is being written about a call; a colleague who takes the call over reads the note',
  params: z.object({ id }),
  body: wrapUpFields.partial(),
  reply: z.object({ saved_at: instant }),
  errors: ['not_found'],
})

export const getWrapUpDraft = endpoint({
  name: 'getWrapUpDraft',
  method: 'GET',
  path: '/api/calls/:id/draft',
  needs: 'calls:handle',
  tag: 'Calls',
  summary: 'What you were writing about a call',
  params: z.object({ id }),
  reply: z.object({ draft: wrapUpFields.partial().nullable(), saved_at: instant.nullable() }),
  errors: ['not_found'],
})

/** Surface B: where a browser goes that a platform opened with a number, a call or a case. */
export const resolvePop = endpoint({
  name: 'resolvePop',
  method: 'GET',
  path: '/api/pops/resolve',
  needs: 'signed_in',
  tag: 'Calls',
  summary: 'What a number, call or case leads to: a case, people to choose from, or a new case',
  description: 'Placeholders that a platform left unfilled, such as `@Call.ANI@` or `{{phone}}`, count as empty.',
  query: z.object({
    phone: heardOptional(256),
    call_id: heardOptional(250),
    provider: heardOptional(40),
    case_id: heardOptional(40),
    patient_id: heardOptional(40),
  }),
  reply: z.object({
    leads_to: z.enum(['case', 'chooser', 'patient', 'new_case', 'search']),
    path: z.string().meta({ description: 'Address in the app, without the language: `/cases/9`.' }),
    callers: z.array(callerView),
    phone: z.string().nullable(),
    notice: z.enum(['stale_id', 'withheld', 'internal']).nullable(),
  }),
})
