import type { callbackTries } from '@clinicacrm/contract/callbacks.ts'
import type { ClinicHours } from '@clinicacrm/contract/clinic-hours.ts'
import { addDays, momentOf, wallClockOf } from './clocks.ts'
import { nextSlotFrom } from './hours.ts'

type Clinic = { hours: ClinicHours; zone: string }
type Step = (now: Date, zone: string) => Date

const minutes =
  (count: number): Step =>
  (now) =>
    new Date(now.getTime() + count * 60_000)
const morning =
  (days: number): Step =>
  (now, zone) =>
    momentOf({ day: addDays(wallClockOf(now, zone).day, days), time: '09:30' }, zone)

/** When we try, by how often we tried in vain; after the last it is for the team lead to say what becomes of it. */
const steps: readonly [Step, Step, Step, Step] = [minutes(15), minutes(120), morning(1), morning(3)]

export const ladderLength: typeof callbackTries = steps.length
export const isLadderClimbed = (attempts: number): boolean => attempts >= ladderLength

/** When to try next, as the clinic's hours let us; null when all has been tried. */
export function nextTry(attempts: number, now: Date, { hours, zone }: Clinic): Date | null {
  const step = steps[attempts]
  return step ? nextSlotFrom(step(now, zone), hours, zone).at : null
}

/** When somebody looks at one that has been tried as often as the ladder goes. */
export const lastLook = (now: Date, { hours, zone }: Clinic): Date =>
  nextSlotFrom(morning(1)(now, zone), hours, zone).at

/** Overdue for longer than this, it concerns the team lead. */
export const escalatesAfterMs = 2 * 3_600_000
