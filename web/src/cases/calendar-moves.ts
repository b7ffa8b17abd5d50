import type { getCalendar } from '@clinicacrm/contract/case-lists.ts'
import type { CaseView } from '@clinicacrm/contract/cases.ts'
import type { ReplyOf } from '../api.ts'
import { wallClockOf } from '../zoned.ts'

export type CalendarDay = ReplyOf<typeof getCalendar>['days'][number]
type Pending = ReadonlyMap<string, { before: CaseView; after: CaseView }>
type ZoneOf = (kase: Pick<CaseView, 'clinic_id'>) => string

/** The days as the server knows them, with the moves that are on their way as if they had arrived. */
export function daysWith(days: readonly CalendarDay[], pending: Pending, zoneOf: ZoneOf): Map<string, CalendarDay> {
  const shown = new Map(days.map((day) => [day.day, { ...day }]))
  for (const { before, after } of pending.values()) {
    const from = dayOf(before, zoneOf)
    const to = dayOf(after, zoneOf)
    const left = from ? shown.get(from) : undefined
    const isKnown = [...shown.values()].some(({ cases }) =>
      cases.some(({ id, version }) => id === before.id && version > before.version),
    )
    if (isKnown || from === to) continue
    if (left) {
      left.cases = left.cases.filter(({ id }) => id !== before.id)
      left.count = Math.max(0, left.count - 1)
    }
    if (to) {
      const there = shown.get(to) ?? { day: to, count: 0, cases: [] }
      shown.set(to, { ...there, count: there.count + 1, cases: [...there.cases, after].toSorted(byTime) })
    }
  }
  return shown
}

const dayOf = (kase: CaseView, zoneOf: ZoneOf) =>
  kase.follow_up_date === null ? null : wallClockOf(kase.follow_up_date, zoneOf(kase)).day

const byTime = (one: CaseView, other: CaseView) =>
  Date.parse(one.follow_up_date ?? '') - Date.parse(other.follow_up_date ?? '')
