import { expect, test } from 'vitest'
import { addDays, addMonths, momentOf, startOfWeek, todayIn, wallClockOf, weekdayOf } from './zoned.ts'

const rome = 'Europe/Rome'

test('a moment is said in the zone of the clinic, summer and winter', () => {
  expect(wallClockOf('2025-07-12T14:57:06.836704+00:00', rome)).toEqual({ day: '2025-07-12', time: '16:57' })
  expect(wallClockOf('2025-01-12T23:30:00Z', rome)).toEqual({ day: '2025-01-13', time: '00:30' })
  expect(wallClockOf('2025-07-12T22:30:00Z', 'Atlantic/Canary')).toEqual({ day: '2025-07-12', time: '23:30' })
})

test('a day and a time become the moment they mean there', () => {
  expect(momentOf({ day: '2025-07-12', time: '16:57' }, rome)).toBe('2025-07-12T14:57:00.000Z')
  expect(momentOf({ day: '2025-01-12', time: '09:00' }, rome)).toBe('2025-01-12T08:00:00.000Z')
  expect(momentOf({ day: '2025-03-30', time: '00:00' }, rome)).toBe('2025-03-29T23:00:00.000Z')
  expect(momentOf({ day: '2025-10-27', time: '00:00' }, rome)).toBe('2025-10-26T23:00:00.000Z')
})

test('an hour that the clocks skip is the one after', () => {
  const skipped = momentOf({ day: '2025-03-30', time: '02:30' }, rome)
  expect(['01:30', '03:30']).toContain(wallClockOf(skipped, rome).time)
})

test('every moment of a year goes there and back, but for the hour that comes twice', () => {
  const moments = Array.from({ length: 1_251 }, (_, i) => new Date(Date.UTC(2025, 0, 1, i * 7, 15)).toISOString())
  const there = moments.map((moment) => ({ moment, clock: wallClockOf(moment, 'Europe/Madrid') }))
  const once = there.filter(({ clock }) => clock.day !== '2025-10-26' || !clock.time.startsWith('02'))
  expect(once.map(({ clock }) => momentOf(clock, 'Europe/Madrid'))).toEqual(once.map(({ moment }) => moment))
})

test('days are counted by the calendar', () => {
  expect(todayIn(rome, new Date('2025-07-11T22:30:00Z'))).toBe('2025-07-12')
  expect(addDays('2025-12-31', 1)).toBe('2026-01-01')
  expect(addDays('2025-03-30', -1)).toBe('2025-03-29')
  expect(weekdayOf('2025-07-14')).toBe(0)
  expect(startOfWeek('2025-07-20')).toBe('2025-07-14')
  expect(addMonths('2025-01-31', 1)).toBe('2025-02-28')
  expect(addMonths('2025-12-15', 1)).toBe('2026-01-15')
  expect(addMonths('2026-01-15', -1)).toBe('2025-12-15')
})
