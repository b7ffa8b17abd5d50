import {
  type CallEvent,
  type CallEventKind,
  callEventKinds,
  type CallResult,
  type CallState,
} from '@clinicacrm/contract/calls.ts'

/** What an event says besides what happened and when. */
export type Said = Omit<CallEvent, 'provider' | 'call_id' | 'event' | 'event_id' | 'at'>
export type StoredEvent = { name: string; kind: CallEventKind; at: string; said: Said }

/** A call as its events make it. */
export type Folded = {
  direction: 'inbound' | 'outbound' | 'internal'
  state: CallState
  result: CallResult | null
  from: string | null
  to: string | null
  queue: string | null
  /** Who has the call or, until somebody has, at whom it rings; as the platform names them. */
  agent: string | null
  answered_by: string | null
  /** Everybody it rang at, was given to or who answered it, each once, in that order. */
  agents: string[]
  /** Agent → who gave the call to them. */
  given_by: Record<string, string>
  started_at: string
  ringing_at: string | null
  answered_at: string | null
  ended_at: string | null
  reason: string | null
  recording_url: string | null
  case_id: string | null
  patient_id: string | null
}

/**
 * One call of its events, whatever order they arrived in: they are put in the order they happened, and of one moment in
 * the order they usually happen. `ended` is final; after `missed` and `voicemail` a queue may still offer the call to
 * somebody else. `events` must not be empty.
 */
export function foldCall(events: readonly StoredEvent[]): Folded {
  const inOrder = [...events].sort(byMoment)
  const said = <K extends keyof Said>(field: K) => inOrder.flatMap(({ said: one }) => (one[field] ? [one[field]] : []))
  const course = courseOf(inOrder)
  const hasEnded = inOrder.some(({ kind }) => kind === 'ended')
  const state = hasEnded ? 'ended' : course.state
  const answered_at = firstOf(inOrder, ['answered'])
  return {
    direction: said('direction')[0] ?? 'inbound',
    state,
    result: state === 'ended' ? resultOf(inOrder) : null,
    from: said('from')[0] ?? null,
    to: said('to')[0] ?? null,
    queue: said('queue')[0] ?? null,
    agent: course.agent,
    answered_by: course.answeredBy,
    agents: course.agents,
    given_by: course.givenBy,
    started_at: inOrder[0]!.at,
    ringing_at: firstOf(inOrder, ['ringing']),
    answered_at,
    ended_at: state === 'ended' ? lastOf(inOrder, hasEnded ? ['ended'] : ['missed', 'voicemail']) : null,
    reason: said('reason').at(-1) ?? null,
    recording_url: said('recording_url').at(-1) ?? null,
    case_id: said('case_id').at(-1) ?? null,
    patient_id: said('patient_id').at(-1) ?? null,
  }
}

/** What makes an event this one: the platform's own id, or all that it says of what happened. */
export function nameOfEvent({ event, event_id, at, agent, agents }: CallEvent): string {
  if (event_id) return `id:${event_id}`
  const moment = at ? new Date(at).toISOString() : ''
  return JSON.stringify([event, moment, agent ?? '', ...(agents ?? [])])
}

function byMoment(one: StoredEvent, other: StoredEvent): number {
  return (
    Date.parse(one.at) - Date.parse(other.at) ||
    callEventKinds.indexOf(one.kind) - callEventKinds.indexOf(other.kind) ||
    (one.name < other.name ? -1 : 1)
  )
}

type Course = {
  state: CallState
  agent: string | null
  answeredBy: string | null
  agents: string[]
  givenBy: Record<string, string>
}

/** Walks through the call: who has it, and how it stands. */
function courseOf(inOrder: readonly StoredEvent[]): Course {
  const course: Course = { state: 'ringing', agent: null, answeredBy: null, agents: [], givenBy: {} }
  for (const { kind, said } of inOrder) {
    const named = [...(said.agent ? [said.agent] : []), ...(said.agents ?? [])].filter(Boolean)
    if (kind === 'ringing' || kind === 'answered' || kind === 'transferred') meet(course, named)
    step(course, kind, named[0] ?? null)
  }
  return course
}

function meet(course: Course, named: string[]) {
  for (const agent of named) if (!course.agents.includes(agent)) course.agents.push(agent)
}

function step(course: Course, kind: CallEventKind, agent: string | null) {
  const lasts = course.state === 'answered' || course.state === 'held'
  if (kind === 'ringing') {
    // It may ring at the next colleague while the first one still holds it.
    if (lasts) giveTo(course, agent)
    else Object.assign(course, { state: 'ringing', agent: agent ?? course.agent })
  } else if (kind === 'answered') {
    giveTo(course, agent)
    course.answeredBy = agent ?? course.answeredBy ?? course.agent
    Object.assign(course, { state: 'answered', agent: agent ?? course.agent })
  } else if (kind === 'held' || kind === 'resumed') {
    if (lasts) course.state = kind === 'held' ? 'held' : 'answered'
  } else if (kind === 'transferred') {
    giveTo(course, agent)
    if (agent) Object.assign(course, { state: 'ringing', agent })
    // Of a colleague who was asked and did not answer: whoever has the call goes on speaking.
  } else if (kind !== 'missed' || !lasts) course.state = 'ended'
}

function giveTo(course: Course, agent: string | null) {
  const giver = course.answeredBy
  if (agent && giver && giver !== agent && !course.givenBy[agent]) course.givenBy[agent] = giver
}

function resultOf(inOrder: readonly StoredEvent[]): CallResult {
  const happened = (kind: CallEventKind) => inOrder.some((event) => event.kind === kind)
  if (happened('answered')) return 'answered'
  return happened('voicemail') ? 'voicemail' : 'missed'
}

const of = (inOrder: readonly StoredEvent[], kinds: CallEventKind[]) =>
  inOrder.filter(({ kind }) => kinds.includes(kind)).map(({ at }) => at)
const firstOf = (inOrder: readonly StoredEvent[], kinds: CallEventKind[]) => of(inOrder, kinds)[0] ?? null
const lastOf = (inOrder: readonly StoredEvent[], kinds: CallEventKind[]) => of(inOrder, kinds).at(-1) ?? null
