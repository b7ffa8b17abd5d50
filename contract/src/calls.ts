import { z } from 'zod'
import { endpoint } from './endpoint.ts'
import { id, instant, instantInput, requiredText } from './fields.ts'

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
export const heardOptional = (max: number) => heard(max).nullish()

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

/** What an agent's own telephone, in their own page, tells of a call of theirs. */
export const ownCallEvent = callEvent
  .omit({ agent: true, agents: true, recording_url: true, patient_id: true })
  .meta({ id: 'OwnCallEvent' })
export type OwnCallEvent = z.input<typeof ownCallEvent>

export const reportMyCall = endpoint({
  name: 'reportMyCall',
  method: 'POST',
  path: '/api/calls/mine',
  needs: 'calls:handle',
  tag: 'Calls',
  summary: 'Tell what happens to a call of your own, as the telephone in your page does',
  description:
    'As `POST /api/calls/events`, with yourself as the agent. Without `from`, the number counts that was looked up for ' +
    'the call (`provider` and `conversation_id` there) within the last hour. A `case_id` that you may not see is ignored. ' +
    'Only platforms with a page here (panel or telephone) are told of like this; once a colleague speaks, that the call is ' +
    'over for you changes nothing about it.',
  body: ownCallEvent,
  reply: callEventReply,
  errors: ['not_found'],
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
