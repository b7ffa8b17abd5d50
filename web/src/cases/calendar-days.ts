import { addDays, addMonths, startOfWeek } from '../zoned.ts'

export type Span = 'month' | 'week'

/** The days that a leaf of the calendar shows, week by week: whole weeks, Monday first. */
export function weeksOf(day: string, span: Span): string[][] {
  if (span === 'week') return [weekFrom(startOfWeek(day))]
  const month = day.slice(0, 7)
  const weeks: string[][] = []
  for (let first = startOfWeek(`${month}-01`); first.slice(0, 7) <= month; first = addDays(first, 7)) {
    weeks.push(weekFrom(first))
  }
  return weeks
}

const weekFrom = (first: string) => Array.from({ length: 7 }, (_, i) => addDays(first, i))

/** The leaf before or after. */
export const turned = (day: string, span: Span, by: 1 | -1): string =>
  span === 'week' ? addDays(day, 7 * by) : addMonths(day, by)

/** Where a key leads from this day; undefined when it leads nowhere. */
export function dayAfterKey(day: string, key: string): string | undefined {
  switch (key) {
    case 'ArrowLeft':
      return addDays(day, -1)
    case 'ArrowRight':
      return addDays(day, 1)
    case 'ArrowUp':
      return addDays(day, -7)
    case 'ArrowDown':
      return addDays(day, 7)
    case 'Home':
      return startOfWeek(day)
    case 'End':
      return addDays(startOfWeek(day), 6)
    case 'PageUp':
      return addMonths(day, -1)
    case 'PageDown':
      return addMonths(day, 1)
    default:
      return undefined
  }
}
