/** A calendar day, `2025-07-12`, and a time of it, `16:57`, as the clocks of a zone show them. */
export type WallClock = { day: string; time: string }

export function wallClockOf(when: Date, zone: string): WallClock {
  const text = new Date(when.getTime() + offsetAt(when.getTime(), zone)).toISOString()
  return { day: text.slice(0, 10), time: text.slice(11, 16) }
}

/**
 * The moment when the clocks of that zone show this, `24:00` being the next day's first. In an hour that they skip, an
 * hour later; of an hour that they show twice, the first.
 */
export function momentOf({ day, time }: WallClock, zone: string): Date {
  const shown = Date.parse(`${day}T00:00:00Z`) + minutesOf(time) * 60_000
  const [before, after] = [offsetAt(shown - dayMs, zone), offsetAt(shown + dayMs, zone)]
  const [least, most] = [Math.min(before, after), Math.max(before, after)]
  const early = shown - most
  return new Date(offsetAt(early, zone) === most ? early : shown - least)
}

export const addDays = (day: string, days: number): string =>
  new Date(Date.parse(`${day}T12:00:00Z`) + days * dayMs).toISOString().slice(0, 10)

/** 0 is Monday. */
export const weekdayOf = (day: string): number => (new Date(`${day}T12:00:00Z`).getUTCDay() + 6) % 7

const dayMs = 86_400_000
const minutesOf = (time: string) => Number(time.slice(0, 2)) * 60 + Number(time.slice(3))
const formats = new Map<string, Intl.DateTimeFormat>()

/** How far the clocks of that zone are ahead of UTC, in milliseconds. */
function offsetAt(when: number, zone: string): number {
  const format = formats.get(zone) ?? formatIn(zone)
  formats.set(zone, format)
  const parts = format.formatToParts(when).map(({ type, value }) => [type, Number(value)] as const)
  const part = Object.fromEntries(parts)
  const shown = Date.UTC(part.year!, part.month! - 1, part.day, part.hour, part.minute, part.second)
  return shown - Math.floor(when / 1000) * 1000
}

const formatIn = (timeZone: string) =>
  new Intl.DateTimeFormat('en', {
    timeZone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  })
