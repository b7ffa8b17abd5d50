import type { CallEventKind } from '@clinicacrm/contract/calls.ts'
import type { Leg } from './channels.ts'

/** As `POST /api/telephony/events/asterisk` takes it. */
export type BridgeEvent = {
  call_id: string
  event: CallEventKind
  at: string
  direction: 'inbound' | 'outbound'
  from?: string
  to?: string
  queue?: string
  agent?: string
  reason?: string
}

export type Call = {
  id: string
  legs: Set<string>
  /** Who began it: an extension of ours, or somebody outside; unknown where it began before we listened. */
  begunBy: { extension: string | null } | null
  from: string | null
  /** What was dialled, where it is a number. */
  dialled: string | null
  queue: string | null
  direction: 'inbound' | 'outbound' | null
  /** Of everybody it ever rang at. */
  agents: Map<string, 'ringing' | 'talking' | 'held' | 'gone'>
}

const maxCalls = 5_000

/** Which legs belong to which call, as long as they last. Bounded: of too many calls the oldest is forgotten. */
export function createBook() {
  const calls = new Map<string, Call>()
  const legs = new Map<string, Leg>()

  function callOf(id: string): Call {
    const known = calls.get(id)
    if (known) return known
    const call = newCall(id)
    calls.set(id, call)
    if (calls.size > maxCalls) forget(calls.values().next().value!)
    return call
  }

  function forget(call: Call) {
    calls.delete(call.id)
    for (const id of call.legs) legs.delete(id)
  }

  function left(leg: Leg, at: string, reason: string): BridgeEvent[] {
    const call = calls.get(leg.call)
    if (!call?.legs.delete(leg.id)) return []
    const isStillThere = [...call.legs].some((id) => legs.get(id)?.extension === leg.extension)
    const state = leg.extension && call.agents.get(leg.extension)
    if (leg.extension && state && state !== 'ringing' && !isStillThere) call.agents.set(leg.extension, 'gone')
    if (call.legs.size > 0) return []
    forget(call)
    if (!call.direction) return []
    const nobody = ![...call.agents.values()].some((one) => one !== 'ringing')
    return [{ ...about(call, 'ended', at), ...(nobody && numbersOf(call)), reason }]
  }

  return {
    get: (id: string) => calls.get(id) ?? null,
    legs: () => [...legs.keys()],
    /** Notes where a leg belongs. One that was joined to another call leaves its own, which may be over with that. */
    note(leg: Leg, at: string): BridgeEvent[] {
      const known = legs.get(leg.id)
      legs.set(leg.id, leg)
      callOf(leg.call).legs.add(leg.id)
      return known && known.call !== leg.call ? left(known, at, 'joined') : []
    },
    hungUp(id: string, at: string, reason: string): BridgeEvent[] {
      const leg = legs.get(id)
      legs.delete(id)
      return leg ? left(leg, at, reason) : []
    },
  }
}

const newCall = (id: string): Call => ({
  id,
  legs: new Set(),
  begunBy: null,
  from: null,
  dialled: null,
  queue: null,
  direction: null,
  agents: new Map(),
})

export const about = ({ id, direction }: Call, event: CallEventKind, at: string) => ({
  call_id: id,
  event,
  at,
  direction: direction ?? ('inbound' as const),
})

export function numbersOf({ direction, from, dialled, queue }: Call) {
  const more = queue ? { queue } : {}
  if (direction === 'outbound') return { ...more, ...(dialled && { to: dialled }) }
  return { ...more, from: from ?? 'anonymous', ...(dialled && { to: dialled }) }
}
