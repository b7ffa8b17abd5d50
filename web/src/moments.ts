import { addDays, momentOf, todayIn, weekdayOf } from './zoned.ts'

const sunday = 6

/** Nine o'clock tomorrow, by the clinic's clocks; on Monday where tomorrow is a Sunday. */
export function nextMorning(zone: string, now: Date = new Date()): string {
  return morningIn(1, zone, now)
}

/** Nine o'clock after so many days; clinics are closed on Sundays. */
export function morningIn(days: number, zone: string, now: Date = new Date()): string {
  const day = addDays(todayIn(zone, now), days)
  return momentOf({ day: weekdayOf(day) === sunday ? addDays(day, 1) : day, time: '09:00' }, zone)
}

export const inMinutes = (minutes: number, now: Date = new Date()): string =>
  new Date(now.getTime() + minutes * 60_000).toISOString()
