import type { ClinicHours } from '@clinicacrm/contract/clinic-hours.ts'
import { addDays, momentOf, wallClockOf, weekdayOf } from './clocks.ts'

/** What holds for a clinic that has set nothing: weekdays nine to seven, Saturday mornings. */
export const usualHours: ClinicHours = {
  opening: [...Array.from({ length: 5 }, () => [{ from: '09:00', to: '19:00' }]), [{ from: '09:00', to: '13:00' }], []],
  quiet_before: '09:00',
  quiet_after: '20:00',
  holidays: [],
}

export type WhyNot = 'quiet_hours' | 'closed_today'
export type Slot = { at: Date; moved: boolean; why: WhyNot | null }

/** Longer than all the holidays that a clinic can name. */
const daysAhead = 400

/**
 * The next moment, from one asked for, at which somebody may be called: while the clinic is open, outside quiet hours, on
 * no holiday. A clinic that never is open has no such moment, so the one asked for stands.
 */
export function nextSlotFrom(at: Date, hours: ClinicHours, zone: string): Slot {
  const { day, time } = wallClockOf(at, zone)
  // Yesterday's hours may last until midnight, and clocks may be put back over it.
  for (let ahead = -1; ahead <= daysAhead; ahead += 1) {
    const window = windowsOn(addDays(day, ahead), hours, zone).find(({ to }) => to > at)
    if (window && window.from <= at) return { at, moved: false, why: null }
    if (window) return { at: window.from, moved: true, why: whyNot({ day, time }, hours) }
  }
  return { at, moved: false, why: 'closed_today' }
}

/** When people may be called on that day, in order. */
function windowsOn(day: string, { opening, quiet_before, quiet_after, holidays }: ClinicHours, zone: string) {
  if (holidays.some((holiday) => holiday.day === day)) return []
  return (opening[weekdayOf(day)] ?? [])
    .map(({ from, to }) => ({
      from: momentOf({ day, time: from > quiet_before ? from : quiet_before }, zone),
      to: momentOf({ day, time: to < quiet_after ? to : quiet_after }, zone),
    }))
    .filter(({ from, to }) => from < to)
    .toSorted((one, other) => one.from.getTime() - other.from.getTime())
}

function whyNot({ day, time }: { day: string; time: string }, hours: ClinicHours): WhyNot {
  const isOpenDay = hours.opening[weekdayOf(day)]?.length && !hours.holidays.some((holiday) => holiday.day === day)
  return isOpenDay && (time < hours.quiet_before || time >= hours.quiet_after) ? 'quiet_hours' : 'closed_today'
}
