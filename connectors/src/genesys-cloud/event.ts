import { type CallEventKind, callEventKinds } from '@clinicacrm/contract/calls.ts'
import { z } from 'zod'

/** A value that Architect did not set arrives empty, or as the name of what was to stand there. */
const text = z
  .union([z.string(), z.number(), z.boolean()])
  .nullish()
  .transform((value) => String(value ?? '').trim())
  .transform((value) => (/^\$!?\{.*\}$/.test(value) || value === 'NOT_SET' ? null : value || null))

/** The body of the data action “ClinicaCRM - Call event”: what a trigger handed to its workflow, by our names. */
const told = z.object({
  event_name: text,
  conversation_id: text,
  event_time: text,
  user_id: text,
  user_email: text,
  direction: text,
  ani: text,
  dnis: text,
  queue_id: text,
  queue_name: text,
  media_type: text,
  disconnect_type: text,
  interacting_ms: text,
  held_ms: text,
  case_id: text,
})
type Told = z.output<typeof told>

/** Neutral events still to be checked, or why there are none. An empty list of both: it is known, and tells nothing new. */
type Found = { candidates: unknown[]; problem: string | null }

/** Of a callback that a customer asked for, the call is told like any other. */
const media = ['VOICE', 'CALLBACK']

export function candidatesOf(body: unknown): Found {
  const read = told.safeParse(body)
  if (!read.success) return { candidates: [], problem: 'body: is not what the data action sends' }
  const said = read.data
  const name = nameOf(said.event_name)
  if (said.media_type && !media.includes(said.media_type.toUpperCase()))
    return { candidates: [], problem: `media_type: ${said.media_type} is no call; let the trigger match VOICE only` }
  if (name === 'user.end') return agentLeft(said)
  const event = name === null ? undefined : kinds.get(name)
  if (event) return { candidates: [{ ...callOf(said), ...agentOf(said, event), event }], problem: null }
  return {
    candidates: [],
    problem: `event_name: ${name ?? 'nothing'} is none of ${['user.end', ...kinds.keys()].join(', ')}`,
  }
}

/** Genesys tells when somebody’s part in a conversation begins: for an agent, that is when it rings. */
const kinds: ReadonlyMap<string, CallEventKind> = new Map([
  ['user.start', 'ringing'],
  ['customer.end', 'ended'],
  ['voicemail.start', 'voicemail'],
  ...callEventKinds.map((kind) => [kind, kind] as const),
])

/** `v2.detail.events.conversation.{id}.user.start` is `user.start`. */
const nameOf = (said: string | null) =>
  said?.toLowerCase().replace(/^v2\.detail\.events\.conversation\.[^.]+\./, '') ?? null

/**
 * No topic says that an agent took a call, but when they leave it, it is known for how long they spoke: so it was answered
 * that long ago. Whoever never spoke let a call of a queue pass; a colleague who was only asked ends nothing.
 */
function agentLeft(said: Told): Found {
  const spokeMs = numberIn(said.interacting_ms)
  if (spokeMs === null)
    return { candidates: [], problem: 'interacting_ms: without it, user.end does not say whether anybody spoke' }
  const call = callOf(said)
  if (spokeMs > 0) {
    const at = momentOf(said.event_time, spokeMs + (numberIn(said.held_ms) ?? 0))
    return { candidates: [{ ...call, ...agentOf(said, 'answered'), at, event: 'answered' }], problem: null }
  }
  const candidates = said.queue_id ? [{ ...call, event: 'missed', reason: said.disconnect_type }] : []
  return { candidates, problem: null }
}

const directions: Readonly<Record<string, string>> = { INBOUND: 'inbound', OUTBOUND: 'outbound' }

const callOf = (said: Told) =>
  present({
    provider: 'genesys-cloud',
    call_id: said.conversation_id,
    at: momentOf(said.event_time, 0),
    direction: directions[said.direction?.toUpperCase() ?? ''],
    from: said.ani,
    to: said.dnis,
    queue: said.queue_name,
    // An id of another system in its place would be refused, and the call with it.
    case_id: /^\d{1,18}$/.test(said.case_id ?? '') ? said.case_id : null,
  })

/** An address that the CRM knows needs no setting up; the platform’s id of a person has to be said once. */
function agentOf(said: Told, event: CallEventKind) {
  if (event === 'ended') return present({ reason: said.disconnect_type })
  return present({ agent: said.user_email ?? said.user_id })
}

const present = (values: Record<string, string | null | undefined>) =>
  Object.fromEntries(Object.entries(values).filter(([, value]) => value !== null && value !== undefined))

function numberIn(said: string | null): number | null {
  return said !== null && /^\d+(\.\d+)?$/.test(said) ? Number(said) : null
}

/** Milliseconds since 1970, or ISO 8601; nothing where it is neither. */
function momentOf(said: string | null, agoMs: number): string | undefined {
  const epoch = numberIn(said) ?? Date.parse(said ?? '')
  const moment = new Date(epoch - agoMs)
  return Number.isFinite(moment.getTime()) ? moment.toISOString() : undefined
}
