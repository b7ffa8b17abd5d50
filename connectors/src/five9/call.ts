import type { CallEventKind, OwnCallEvent } from '@clinicacrm/contract/calls.ts'
import { numberFrom, type Writing } from './number.ts'

/** A call as Five9's library describes it; what is missing there is missing here. */
export type CallData = Readonly<Record<string, unknown>>
export type Reading = Writing & {
  /** Which of Five9's ids names a call here. */
  call_id: 'interaction' | 'session'
}

/** What the library tells of, and what it means. Hanging up and finishing the paperwork are one end. */
export const happenings = {
  callStarted: 'ringing',
  callAccepted: 'answered',
  callRejected: 'missed',
  callEnded: 'ended',
  callFinished: 'ended',
} as const satisfies Record<string, CallEventKind>
export type Happening = keyof typeof happenings
type Kind = (typeof happenings)[Happening]

/** The call itself, or null where it has no id. */
export function callOf(data: CallData, reading: Reading): Omit<OwnCallEvent, 'event'> | null {
  const id = interactionOf(data)
  if (id === null) return null
  const session = textIn(data, 'sessionId')
  const [from, to] = [numberFrom(data['ani'], reading), numberFrom(data['dnis'], reading)]
  const queue = textIn(data, 'skillName') ?? textIn(data, 'campaignName')
  return {
    provider: 'five9',
    call_id: reading.call_id === 'session' ? (session ?? id) : id,
    direction: directionOf(textIn(data, 'callType') ?? ''),
    ...(from !== null && { from }),
    ...(to !== null && { to }),
    ...(queue !== null && { queue }),
  }
}

export const interactionOf = (data: CallData): string | null => textIn(data, 'interactionId')

/** The other side's number: whoever is called, when we call. */
export function otherSideOf({ direction, from, to }: Omit<OwnCallEvent, 'event'>): string | null {
  return (direction === 'outbound' ? to : from) ?? null
}

function directionOf(type: string): 'inbound' | 'outbound' | 'internal' {
  if (/internal|agent/i.test(type)) return 'internal'
  return /outbound|manual|preview|dial|progressive|predictive/i.test(type) ? 'outbound' : 'inbound'
}

type Known = { told: Set<Kind>; offers: number; endedAt: string | null; reason: string | null }

/**
 * What was told of each call so far. After each refresh of Five9's telephone it tells of calls anew, and after a reload of
 * our page nothing is remembered here: so the same event has the same id every time, and the CRM knows it again.
 */
export function createCourse(reading: Reading) {
  const calls = new Map<string, Known>()
  const knownOf = (id: string): Known => {
    const known = calls.get(id) ?? { told: new Set(), offers: 1, endedAt: null, reason: null }
    calls.set(id, known)
    return known
  }

  /** What happened, or null where it is nothing new. */
  function eventOf(happening: Happening, data: CallData): OwnCallEvent | null {
    const [call, id] = [callOf(data, reading), interactionOf(data)]
    if (call === null || id === null) return null
    const known = knownOf(id)
    const event = happenings[happening]
    // Refused, it may be offered again.
    if (event === 'ringing' && known.told.delete('missed')) {
      known.told.delete('ringing')
      known.offers++
    }
    if (known.told.has(event) || (event === 'missed' && known.told.has('answered'))) return null
    known.told.add(event)
    if (event === 'ended') known.endedAt = new Date().toISOString()
    const offer = known.offers > 1 ? `:${known.offers}` : ''
    const reason = event === 'ended' ? (dispositionIn(data) ?? known.reason) : null
    return { ...call, event, event_id: `${id}:${event}${offer}`, ...(reason !== null && { reason }) }
  }

  /** The call is this case's, says the agent: whatever stage it is in, that stays. */
  function caseOf(data: CallData, case_id: string): OwnCallEvent | null {
    const [call, id] = [callOf(data, reading), interactionOf(data)]
    if (call === null || id === null) return null
    const { told, endedAt } = knownOf(id)
    const event = told.has('ended') ? 'ended' : told.has('answered') ? 'answered' : 'ringing'
    const at = event === 'ended' && endedAt !== null ? { at: endedAt } : {}
    return { ...call, event, event_id: `${id}:case:${case_id}`, case_id, ...at }
  }

  /** How it went, in Five9's words: at once where the call is over, with its end where it is not. */
  function reasonOf(data: CallData, reason: string): OwnCallEvent | null {
    const [call, id] = [callOf(data, reading), interactionOf(data)]
    if (call === null || id === null) return null
    const known = knownOf(id)
    known.reason = reason
    if (known.endedAt === null) return null
    return { ...call, event: 'ended', event_id: `${id}:reason`, at: known.endedAt, reason }
  }

  /** What was told last, once more: the CRM knows it again, and says which call of its own that is. */
  function latestOf(data: CallData): OwnCallEvent | null {
    const [call, id] = [callOf(data, reading), interactionOf(data)]
    if (call === null || id === null) return null
    const event = [...knownOf(id).told].at(-1) ?? 'ended'
    return { ...call, event, event_id: `${id}:${event}` }
  }

  return { eventOf, caseOf, reasonOf, latestOf }
}

/** Under whichever of the names it comes. */
export const dispositionIn = (data: CallData): string | null => firstIn(data, ['dispositionName', 'disposition'])
export const commentsIn = (data: CallData): string | null => firstIn(data, ['comments', 'comment', 'notes'])

function firstIn(data: CallData, names: string[]): string | null {
  for (const name of names) {
    const text = textIn(data, name)
    if (text !== null) return text
  }
  return null
}

function textIn(data: CallData, name: string): string | null {
  const value = data[name]
  if (typeof value === 'number') return String(value)
  return typeof value === 'string' && value.trim() !== '' ? value.trim() : null
}
