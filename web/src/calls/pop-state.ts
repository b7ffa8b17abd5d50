import type { CallView } from '@clinicacrm/contract/calls.ts'
import type { PopView } from '@clinicacrm/contract/pops.ts'

/** How a call stands for the person at this desk; `over` is nothing to them any more. */
export type Phase = 'ringing' | 'talking' | 'owed' | 'missed' | 'over'

/** What this person did with the card of a call, before the server says the same. */
export type Wish = 'shown' | 'away'
export type Wishes = ReadonlyMap<string, Wish>

const ringsAtMostMs = 10 * 60_000
const opensByItselfMs = 30 * 60_000

export function phaseOf({ call, transferred_by }: PopView, myId: string): Phase {
  if (call.state === 'ringing') return 'ringing'
  if (call.state === 'ended') {
    if (call.result !== 'answered') return 'missed'
    return call.wrap_up_owed ? 'owed' : 'over'
  }
  if (call.agent_id === myId) return 'talking'
  // A colleague who holds the call may let it ring here before giving it away.
  return transferred_by ? 'ringing' : 'over'
}

/** A card put away while it rang comes back once for its wrap-up. */
export const wishKey = (id: string, phase: Phase): string => `${id}.${phase === 'owed' ? 'owed' : 'live'}`

/** `isAsked`: somebody wants to see it here, whatever else there is. */
export type Card = { pop: PopView; phase: Phase; isAsked: boolean }

/** The calls that have a card, the newest first. Wrap-ups that nobody is at make room for a newer call. */
export function cardsOf(
  pops: readonly PopView[],
  { myId, wishes, now }: { myId: string; wishes: Wishes; now: number },
): Card[] {
  return pops
    .map((pop) => cardOf(pop, phaseOf(pop, myId), wishes))
    .filter((card) => hasCard(card, now))
    .filter(({ phase, isAsked }, i) => phase !== 'owed' || isAsked || i === 0)
}

const cardOf = (pop: PopView, phase: Phase, wishes: Wishes) => {
  const wish = wishes.get(wishKey(pop.id, phase))
  return { pop, phase, isAsked: wish === 'shown', isAway: wish === 'away' }
}

function hasCard({ pop, phase, isAsked, isAway }: ReturnType<typeof cardOf>, now: number): boolean {
  if (phase === 'over' || phase === 'missed' || isAway) return false
  if (isAsked) return true
  if (phase === 'owed') {
    const endedAt = Date.parse(pop.call.ended_at ?? pop.call.started_at)
    const isPutAway = pop.dismissed_at !== null && Date.parse(pop.dismissed_at) >= endedAt
    return !isPutAway && now - endedAt < opensByItselfMs
  }
  // Whose end got lost rings no more, whatever the platform forgot to say.
  const isStale = phase === 'ringing' && now - Date.parse(pop.created_at) > ringsAtMostMs
  return pop.dismissed_at === null && !isStale
}

export type Waiting = { live: PopView[]; missed: PopView[]; owed: PopView[]; count: number }

/** What the tray lists. */
export function waitingIn(pops: readonly PopView[], myId: string): Waiting {
  const of = (...phases: Phase[]) => pops.filter((pop) => phases.includes(phaseOf(pop, myId)))
  const [live, missed, owed] = [of('ringing', 'talking'), of('missed'), of('owed')]
  return { live, missed, owed, count: live.length + missed.length + owed.length }
}

/** A pop as it was asked for on its own, among those known; an older answer does not undo a newer one. */
export function withPop(pops: readonly PopView[], fresh: PopView): PopView[] {
  const known = pops.find(({ id }) => id === fresh.id)
  if (known && known.call.version > fresh.call.version) return [...pops]
  return [fresh, ...pops.filter(({ id }) => id !== fresh.id)]
}

/** Where a call leads, in the app and without the language; null where somebody must say first who calls. */
export type Way =
  | { to: 'case'; id: string }
  | { to: 'new_case'; search: { [name in 'phone' | 'patient_id' | 'call_id' | LeadFrom]?: string } }
type LeadFrom = 'clinic' | 'channel' | 'origin' | 'campaign'

export function wayOf(call: CallView): Way | null {
  if (call.case_id) return { to: 'case', id: call.case_id }
  if (call.match === 'many' || call.match === 'internal') return null
  if (call.match === 'withheld' && !call.patient_id) return null
  return newCaseFor(call)
}

/** A new case with all that the call says of it. */
export function newCaseFor(call: CallView): Way {
  const { phone, from, patient_id, clinic, channel, origin, campaign } = call
  const number = call.match === 'withheld' ? null : (phone ?? (call.direction === 'inbound' ? from : null))
  const search = { call_id: call.id, phone: number, patient_id, clinic, channel, origin, campaign }
  return { to: 'new_case', search: Object.fromEntries(Object.entries(search).filter(([, value]) => value)) }
}

/** Seconds since the call rang or, once somebody speaks, since they do. */
export function secondsOf({ state, ringing_at, started_at, answered_at }: CallView, now: number): number {
  const since = state !== 'ringing' && answered_at ? answered_at : (ringing_at ?? started_at)
  return Math.max(0, Math.floor((now - Date.parse(since)) / 1000))
}

/** `0:04`, `12:30`, `1:02:03` */
export function clockOf(seconds: number): string {
  const [hours, minutes, rest] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60]
  const two = (value: number) => String(value).padStart(2, '0')
  return hours ? `${hours}:${two(minutes)}:${two(rest)}` : `${minutes}:${two(rest)}`
}
