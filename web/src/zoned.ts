/** A calendar day, `2025-07-12`, and a time of it, `16:57`, as the clocks of a zone show them. */
export type WallClock = { day: string; time: string }

/** What the clocks of that zone show at this moment. */
export function wallClockOf(when: string | Date, zone: string): WallClock {
  const date = typeof when === 'string' ? new Date(when) : when
  const text = new Date(date.getTime() + offsetAt(date, zone)).toISOString()
  return { day: text.slice(0, 10), time: text.slice(11, 16) }
}

/** The moment when the clocks of that zone show this; in an hour that they skip, an hour later. */
export function momentOf({ day, time }: WallClock, zone: string): string {
  const shown = Date.parse(`${day}T${time}:00Z`)
  const guess = shown - offsetAt(new Date(shown), zone)
  return new Date(shown - offsetAt(new Date(guess), zone)).toISOString()
}

export const todayIn = (zone: string, now: Date = new Date()): string => wallClockOf(now, zone).day

export function addDays(day: string, days: number): string {
  return new Date(Date.parse(`${day}T12:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10)
}

/** 0 is Monday, as weeks begin here. */
export const weekdayOf = (day: string): number => (new Date(`${day}T12:00:00Z`).getUTCDay() + 6) % 7

export const startOfWeek = (day: string): string => addDays(day, -weekdayOf(day))

/** The same day of another month, or that month's last. */
export function addMonths(day: string, months: number): string {
  const [year = 0, month = 1, date = 1] = day.split('-').map(Number)
  const first = new Date(Date.UTC(year, month - 1 + months, 1))
  const last = new Date(Date.UTC(first.getUTCFullYear(), first.getUTCMonth() + 1, 0)).getUTCDate()
  return `${first.toISOString().slice(0, 8)}${String(Math.min(date, last)).padStart(2, '0')}`
}

const formats = new Map<string, Intl.DateTimeFormat>()

/** How far the clocks of that zone are ahead of UTC, in milliseconds. */
function offsetAt(when: Date, zone: string): number {
  const format =
    formats.get(zone) ??
    new Intl.DateTimeFormat('en', {
      timeZone: zone,
      hourCycle: 'h23',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      second: 'numeric',
    })
  formats.set(zone, format)
  const part = Object.fromEntries(format.formatToParts(when).map(({ type, value }) => [type, Number(value)]))
  const shown = Date.UTC(part.year!, part.month! - 1, part.day, part.hour, part.minute, part.second)
  return shown - Math.floor(when.getTime() / 1000) * 1000
}
