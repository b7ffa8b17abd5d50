import type { CallEventKind } from '@clinicacrm/contract/calls.ts'
import type { RingScenario } from '@clinicacrm/contract/ring.ts'
import { demoClinics } from './demo-data.ts'
import { demoColleagues, demoRoles } from './demo-people.ts'

/** What happens, seconds after what happened before; `note` is what whoever has the call writes meanwhile. */
export type Step = { event: CallEventKind; after: number; agent?: string; note?: string }

export const demoAgent = demoRoles.find(({ role }) => role === 'agent')!.email
export const numberOfRome = demoClinics[0]!.phone
const colleague = demoColleagues.find(({ clinics }) => clinics === null)!.email

/** Somebody else than `agent`, who may see every clinic. */
export const colleagueOf = (agent: string): string => (agent === colleague ? demoAgent : colleague)

/** Who calls. */
export const callers: Record<RingScenario, string> = {
  known: '+39 333 222 4444',
  household: '+39 06 2222 4444',
  unknown: '+39 347 555 0199',
  withheld: 'anonymous',
  transfer: '+39 333 222 4444',
  missed: '+39 333 222 4444',
  voicemail: '+39 347 555 0199',
}

/** What becomes of a call that rings at `first`, at the pace of people; a transfer then rings at `next`. */
export function stepsOf(scenario: RingScenario, first: string, next = colleagueOf(first)): Step[] {
  const rings: Step = { event: 'ringing', after: 0, agent: first }
  const ends = (after: number): Step => ({ event: 'ended', after })
  if (scenario === 'missed') return [rings, { event: 'missed', after: 12 }, ends(1)]
  if (scenario === 'voicemail') return [rings, { event: 'voicemail', after: 12 }, ends(6)]
  if (scenario !== 'transfer') return [rings, { event: 'answered', after: 5, agent: first }, ends(20)]
  return [
    rings,
    { event: 'answered', after: 5, agent: first, note: 'Vuole spostare la visita: preferisce la mattina.' },
    { event: 'transferred', after: 10, agent: next },
    { event: 'answered', after: 4, agent: next },
    ends(15),
  ]
}
