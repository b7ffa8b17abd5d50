import type { CallEvent, CallEventKind } from '@clinicacrm/contract/calls.ts'
import { draw, pick } from './people.ts'

/** An event as a platform sends it, and to which of the servers. */
export type Sending = { event: SentEvent; server: 0 | 1 }
export type SentEvent = Pick<CallEvent, 'provider' | 'call_id' | 'event'> & {
  at: string
  event_id?: string
  from?: string
  queue?: string
  agent?: string
}

type Step = [kind: CallEventKind, agent: 0 | 1 | null, second: number]

const courses: Step[][] = [
  [
    ['ringing', 0, 0],
    ['answered', 0, 5],
    ['ended', null, 60],
  ],
  [
    ['ringing', 0, 0],
    ['missed', 0, 20],
    ['ended', null, 21],
  ],
  [
    ['ringing', 0, 0],
    ['answered', 0, 4],
    ['held', null, 20],
    ['resumed', null, 30],
    ['ended', null, 90],
  ],
  [
    ['ringing', 0, 0],
    ['answered', 0, 4],
    ['transferred', 1, 30],
    ['answered', 1, 35],
    ['ended', null, 80],
  ],
  [
    ['ringing', 0, 0],
    ['missed', 0, 15],
    ['ringing', 1, 16],
    ['answered', 1, 20],
    ['ended', null, 50],
  ],
  [
    ['ringing', 0, 0],
    ['voicemail', null, 25],
    ['ended', null, 50],
  ],
]

export const droppedShare = 0.05
export const repeatedShare = 0.1
/** How far from its place an event may arrive, counted in calls. */
const disorder = 12

/**
 * So many calls with all that happens to them, as a bad line delivers it: some events never arrive, some arrive twice,
 * all of them out of order and at either server. The same every time for the same seed.
 */
export function sendingsOf(calls: number, agents: readonly string[], { seed, began }: { seed: number; began: number }) {
  const sendings: (Sending & { place: number })[] = []
  for (let n = 0; n < calls; n++) {
    const chance = (salt: number) => draw(n, seed * 10_000 + salt)
    const first = Math.floor(chance(1) * agents.length)
    const second = (first + 1 + Math.floor(chance(2) * (agents.length - 1))) % agents.length
    const course = pick(courses, chance(3))
    // One caller in five calls more than once.
    const caller = chance(4) < 0.2 ? Math.floor(n / 5) : n
    for (const [i, [event, whom, seconds]] of course.entries()) {
      const salt = 100 + i * 10
      if (chance(salt) < droppedShare) continue
      const agent = whom === null ? undefined : agents[whom === 0 ? first : second]!
      const sent: SentEvent = {
        provider: 'api',
        call_id: `storm-${n}`,
        event,
        at: new Date(began + n * 1_000 + seconds * 1_000).toISOString(),
        ...(event !== 'ended' && { from: `+39 348 ${1_000_000 + caller}`, queue: 'Accoglienza' }),
        // Half of all platforms give their events a name.
        ...(n % 2 && { event_id: `${n}-${i}` }),
        ...(agent !== undefined && { agent }),
      }
      const server = (share: number) => (share < 0.5 ? 0 : 1)
      const place = n + i * 2 + chance(salt + 1) * disorder
      sendings.push({ event: sent, server: server(chance(salt + 2)), place })
      if (chance(salt + 3) < repeatedShare) {
        const later = place + (chance(salt + 4) < 0.5 ? 0 : disorder * chance(salt + 5))
        sendings.push({ event: sent, server: server(chance(salt + 6)), place: later })
      }
    }
  }
  return sendings.toSorted((one, other) => one.place - other.place)
}
