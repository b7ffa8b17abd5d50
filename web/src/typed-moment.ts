import { formatDate, formatTime } from './format.ts'
import { addDays, momentOf, todayIn } from './zoned.ts'

/** A day and a time as somebody is typing them. */
export type TypedMoment = { day: string; time: string }
export type ReadMoment = {
  /** An instant, a day's first without a time; null when nothing is typed or it cannot be read. */
  moment: string | null
  day: string | null
  time: string | null
  problem: 'day' | 'time' | null
}

export const nothingTyped: TypedMoment = { day: '', time: '' }

/** How a moment would have been typed. Midnight is how a day without a time is kept. */
export function typedFrom(moment: string | null, zone: string): TypedMoment {
  if (!moment) return nothingTyped
  const time = formatTime(moment, { zone })
  return { day: formatDate(moment, { zone }), time: time === '00:00' ? '' : time }
}

/** What they mean by the clinic's clocks. */
export function readMoment(typed: TypedMoment, zone: string, now: Date = new Date()): ReadMoment {
  const day = dayFrom(typed.day, todayIn(zone, now))
  const time = timeFrom(typed.time)
  if (!typed.day.trim() && !typed.time.trim()) return { moment: null, day, time, problem: null }
  if (!day) return { moment: null, day, time, problem: 'day' }
  if (!typed.time.trim()) return { moment: momentOf({ day, time: '00:00' }, zone), day, time, problem: null }
  return time
    ? { moment: momentOf({ day, time }, zone), day, time, problem: null }
    : { moment: null, day, time, problem: 'time' }
}

/** Whether what is typed says this moment, to the minute. */
export const isMomentOf = (typed: TypedMoment, moment: string | null, zone: string): boolean =>
  readMoment(typed, zone).moment === readMoment(typedFrom(moment, zone), zone).moment

/** `12/7`, `12.07.26`, `12072026`, `2026-07-12`: day before month; without a year, the next such day. */
export function dayFrom(typed: string, today: string): string | null {
  const text = typed.trim()
  const iso = /^(\d{4})-(\d\d)-(\d\d)$/.exec(text)
  if (iso) return realDay(iso[1]!, iso[2]!, iso[3]!)
  const parts =
    /^(\d{1,2})[/.\- ](\d{1,2})(?:[/.\- ](\d{4}|\d\d))?$/.exec(text) ?? /^(\d\d)(\d\d)(\d{4}|\d\d)?$/.exec(text)
  if (!parts) return null
  const [, date = '', month = '', year] = parts
  if (year) return realDay(year.length === 2 ? `20${year}` : year, month, date)
  const thisYear = Number(today.slice(0, 4))
  const next = realDay(String(thisYear), month, date)
  return next && next >= today ? next : realDay(String(thisYear + 1), month, date)
}

/** `9`, `930`, `9.30`, `09:30`. */
export function timeFrom(typed: string): string | null {
  const parts = /^(\d{1,2})(?:[:.h ]?(\d\d))?$/.exec(typed.trim())
  if (!parts) return null
  const [, hours = '', minutes = '00'] = parts
  if (Number(hours) > 23 || Number(minutes) > 59) return null
  return `${hours.padStart(2, '0')}:${minutes}`
}

/** The arrows turn the pages of a calendar, and the hands of a clock by a quarter. */
export const stepDay = (day: string | null, step: number, today: string): string => (day ? addDays(day, step) : today)

export function stepTime(time: string | null, step: number): string {
  const [hours = 0, minutes = 0] = (time ?? '09:00').split(':').map(Number)
  const next = (hours * 60 + minutes + (time ? step * 15 : 0) + 1440) % 1440
  return `${String(Math.floor(next / 60)).padStart(2, '0')}:${String(next % 60).padStart(2, '0')}`
}

function realDay(year: string, month: string, date: string) {
  const day = `${year}-${month.padStart(2, '0')}-${date.padStart(2, '0')}`
  const moment = new Date(`${day}T12:00:00Z`)
  // A date that is not in the calendar turns over to the next month.
  const isReal = !Number.isNaN(moment.getTime()) && moment.toISOString().startsWith(day)
  return isReal && year >= '1900' && year < '2200' ? day : null
}
