import { expect, test } from 'vitest'
import { addDays } from '../zoned.ts'
import { dayAfterKey, turned, weeksOf } from './calendar-days.ts'

test('a month is shown in whole weeks, never more than the six that the server answers', () => {
  const july = weeksOf('2025-07-12', 'month')
  expect([july[0]![0], july.at(-1)![6], july.length]).toEqual(['2025-06-30', '2025-08-03', 5])
  for (let day = '2024-01-01'; day < '2031-01-01'; day = addDays(day, 28)) {
    const weeks = weeksOf(day, 'month')
    expect(weeks.length).toBeLessThanOrEqual(6)
    expect(weeks.flat()).toContain(day)
    expect(weeks[0]).toContain(`${day.slice(0, 7)}-01`)
  }
})

test('a week is the one the day is in', () => {
  expect(weeksOf('2025-07-20', 'week')).toEqual([weeksOf('2025-07-14', 'week')[0]])
})

test('keys go from day to day, leaves turn', () => {
  expect(dayAfterKey('2025-07-31', 'ArrowRight')).toBe('2025-08-01')
  expect(dayAfterKey('2025-07-16', 'Home')).toBe('2025-07-14')
  expect(dayAfterKey('2025-07-31', 'PageUp')).toBe('2025-06-30')
  expect(dayAfterKey('2025-07-31', 'a')).toBeUndefined()
  expect(turned('2025-07-31', 'week', -1)).toBe('2025-07-24')
  expect(turned('2025-01-31', 'month', 1)).toBe('2025-02-28')
})
