import type { CaseView, SaveCase } from '@clinicacrm/contract/cases.ts'
import { moveBetween, type StatusCode } from '@clinicacrm/contract/lifecycle.ts'
import { addDays, momentOf, todayIn, wallClockOf, weekdayOf } from '../zoned.ts'
import { needsOf } from '../move-rules.ts'

/** What must be said before a case can go to a status. */
export type Missing = 'status_reason' | 'follow_up_date' | 'lost_reason'
export type Verdict = { isAllowed: boolean; missing: Missing[] }
/** What is changed of a case without opening it. */
export type Change = Pick<SaveCase, 'status' | 'status_reason' | 'lost_reason'> & { follow_up_date?: string | null }
type Standing = Pick<CaseView, 'status' | 'follow_up_date' | 'lost_reason'>

/** Whether a case may go there, and what is to be asked first. A date that has passed is asked for anew. */
export function verdictOn(from: Standing, to: StatusCode, mayOverride: boolean, now: Date = new Date()): Verdict {
  const move = moveBetween(from.status as StatusCode, to)
  if (move === 'needs_override' && !mayOverride) return { isAllowed: false, missing: [] }
  const needs = needsOf(to)
  const hasDate = from.follow_up_date !== null && new Date(from.follow_up_date) > now
  const missing: Missing[] = [
    ...(move === 'needs_reason' ? (['status_reason'] as const) : []),
    ...(needs.includes('follow_up_date') && !hasDate ? (['follow_up_date'] as const) : []),
    ...(needs.includes('lost_reason') ? (['lost_reason'] as const) : []),
  ]
  return { isAllowed: true, missing }
}

/** Whether going back where it came from is a move this person may make without saying more. */
export function canBeUndone(before: Standing, after: Standing, mayOverride: boolean): boolean {
  if (before.status === after.status) return true
  const { isAllowed, missing } = verdictOn({ ...after, ...dateOf(before) }, before.status as StatusCode, mayOverride)
  return isAllowed && !missing.includes('status_reason') && !missing.includes('lost_reason')
}

const dateOf = ({ follow_up_date }: Standing) => ({ follow_up_date })

const openingTime = '09:00'

/** When people are usually called back, in the clinic's zone. */
export function callbackMoments(zone: string, now: Date = new Date()) {
  const today = todayIn(zone, now)
  const fiveMinutes = 5 * 60_000
  const soon = Math.ceil((now.getTime() + 2 * 3_600_000) / fiveMinutes) * fiveMinutes
  return {
    in_2_hours: new Date(soon).toISOString(),
    tomorrow: momentOf({ day: addDays(today, 1), time: openingTime }, zone),
    next_monday: momentOf({ day: addDays(today, 7 - weekdayOf(today)), time: openingTime }, zone),
  }
}

/** The same time of another day; a case without a date is due when the day begins. */
export function movedToDay(date: string | null, day: string, zone: string): string {
  const time = date === null ? '00:00' : wallClockOf(date, zone).time
  return momentOf({ day, time }, zone)
}

/** The case as it will be; the reason for a move is not a field of it. */
export function withChange(kase: CaseView, { status_reason: _reason, ...fields }: Change): CaseView {
  const said = Object.entries(fields).filter(([, value]) => value !== undefined)
  return { ...kase, ...(Object.fromEntries(said) as Partial<CaseView>) }
}
