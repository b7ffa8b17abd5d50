import type { ClinicHours } from '@clinicacrm/contract/clinic-hours.ts'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { momentOf, wallClockOf, weekdayOf } from './clocks.ts'
import { nextSlotFrom, usualHours } from './hours.ts'
import { isLadderClimbed, nextTry } from './ladder.ts'

const rome = 'Europe/Rome'
const inRome = (day: string, time: string) => momentOf({ day, time }, rome)
const slot = (day: string, time: string, hours: ClinicHours = usualHours) => {
  const { at, moved, why } = nextSlotFrom(inRome(day, time), hours, rome)
  return { ...wallClockOf(at, rome), moved, why }
}

describe('the next moment to call', () => {
  test('is now, while the clinic is open', () => {
    expect(slot('2026-11-25', '10:30')).toEqual({ day: '2026-11-25', time: '10:30', moved: false, why: null })
  })
  test('is tomorrow morning after closing, and Monday after Saturday noon', () => {
    expect(slot('2026-11-25', '19:00')).toEqual({ day: '2026-11-26', time: '09:00', moved: true, why: 'closed_today' })
    expect(slot('2026-11-25', '20:00')).toMatchObject({ day: '2026-11-26', time: '09:00', why: 'quiet_hours' })
    expect(slot('2026-11-28', '13:00')).toMatchObject({ day: '2026-11-30', time: '09:00', why: 'closed_today' })
    expect(slot('2026-11-25', '06:00')).toMatchObject({ day: '2026-11-25', time: '09:00', why: 'quiet_hours' })
  })
  test('is after a holiday, and after lunch', () => {
    const hours = { ...usualHours, holidays: [{ day: '2026-12-08', label: 'Immacolata' }] }
    expect(slot('2026-12-07', '19:30', hours)).toMatchObject({ day: '2026-12-09', time: '09:00' })
    expect(slot('2026-12-08', '11:00', hours)).toMatchObject({ day: '2026-12-09', why: 'closed_today' })
    const twice = [
      { from: '09:00', to: '13:00' },
      { from: '15:00', to: '19:00' },
    ]
    expect(slot('2026-11-25', '13:30', { ...usualHours, opening: Array(7).fill(twice) })).toMatchObject({
      time: '15:00',
    })
  })
  test('a clinic that never opens gets the moment asked for', () => {
    const never = { ...usualHours, opening: Array.from({ length: 7 }, () => []) }
    expect(slot('2026-11-25', '10:30', never)).toMatchObject({ time: '10:30', moved: false, why: 'closed_today' })
  })
  test('on the nights that clocks change, nine o’clock is nine o’clock', () => {
    const sundays = { ...usualHours, opening: Array(7).fill([{ from: '09:00', to: '19:00' }]) }
    expect(slot('2026-03-28', '22:00', sundays)).toMatchObject({ day: '2026-03-29', time: '09:00' })
    expect(slot('2026-10-24', '22:00', sundays)).toMatchObject({ day: '2026-10-25', time: '09:00' })
    expect(inRome('2026-03-29', '02:30').toISOString()).toBe('2026-03-29T01:30:00.000Z')
    expect(inRome('2026-10-25', '02:30').toISOString()).toBe('2026-10-25T00:30:00.000Z')
    expect(inRome('2026-10-24', '24:00').toISOString()).toBe('2026-10-24T22:00:00.000Z')
  })
})

const zones = fc.constantFrom(rome, 'America/Mexico_City', 'America/New_York', 'Australia/Lord_Howe', 'Asia/Kolkata')
const clock = fc.integer({ min: 0, max: 24 * 4 }).map((quarters) => {
  const [hour, minute] = [Math.floor(quarters / 4), (quarters % 4) * 15]
  return `${String(hour).padStart(2, '0')}:${String(minute).padStart(2, '0')}`
})
const span = fc
  .tuple(clock, clock)
  .filter(([from, to]) => from < to)
  .map(([from, to]) => ({ from, to }))
const anyHours: fc.Arbitrary<ClinicHours> = fc.record({
  opening: fc.array(fc.array(span, { maxLength: 2 }), { minLength: 7, maxLength: 7 }),
  quiet_before: fc.constantFrom('00:00', '08:00', '09:00', '02:30'),
  quiet_after: fc.constantFrom('20:00', '21:30', '24:00'),
  holidays: fc.array(
    fc.record({
      day: fc.integer({ min: 1, max: 28 }).map((n) => `2026-10-${String(n).padStart(2, '0')}`),
      label: fc.constant(''),
    }),
    { maxLength: 5 },
  ),
})
const anyMoment = fc.integer({ min: Date.UTC(2026, 0, 1), max: Date.UTC(2027, 0, 1) }).map((ms) => new Date(ms))

/** By the clocks on the wall alone. */
function isAllowed(at: Date, hours: ClinicHours, zone: string): boolean {
  const { day, time } = wallClockOf(at, zone)
  if (hours.holidays.some((holiday) => holiday.day === day)) return false
  if (time < hours.quiet_before || time >= hours.quiet_after) return false
  return hours.opening[weekdayOf(day)]!.some(({ from, to }) => from <= time && time < to)
}

test('the next moment is never earlier, is allowed, and is its own next', () => {
  fc.assert(
    fc.property(anyMoment, anyHours, zones, (at, hours, zone) => {
      const found = nextSlotFrom(at, hours, zone)
      fc.pre(found.moved || found.why === null)
      expect(found.at.getTime()).toBeGreaterThanOrEqual(at.getTime())
      expect(nextSlotFrom(found.at, hours, zone)).toEqual({ at: found.at, moved: false, why: null })
      // In the hour that clocks skip or repeat, a wall clock says less than a moment does.
      expect(isNearChange(found.at, zone) || isAllowed(found.at, hours, zone)).toBe(true)
    }),
    { numRuns: 1_500 },
  )
})

test('nothing allowed is passed over', () => {
  fc.assert(
    fc.property(anyMoment, anyHours, zones, fc.double({ min: 0, max: 0.999, noNaN: true }), (at, hours, zone, part) => {
      const found = nextSlotFrom(at, hours, zone)
      const between = new Date(at.getTime() + Math.floor((found.at.getTime() - at.getTime()) * part))
      if (!found.moved || isNearChange(between, zone)) return
      expect(isAllowed(between, hours, zone)).toBe(false)
    }),
    { numRuns: 1_500 },
  )
})

test('a moment on the wall is the moment it was made of', () => {
  fc.assert(
    fc.property(anyMoment, zones, (at, zone) => {
      if (isNearChange(at, zone)) return
      const minute = Math.floor(at.getTime() / 60_000) * 60_000
      expect(momentOf(wallClockOf(at, zone), zone).getTime()).toBe(minute)
    }),
  )
})

function isNearChange(at: Date, zone: string): boolean {
  const offset = (ms: number) => {
    const { day, time } = wallClockOf(new Date(at.getTime() + ms), zone)
    return Date.parse(`${day}T${time}:00Z`) - Math.floor((at.getTime() + ms) / 60_000) * 60_000
  }
  return offset(-7_200_000) !== offset(7_200_000)
}

test('the ladder: a quarter of an hour, two hours, tomorrow at half past nine, three days, then no more', () => {
  const clinic = { hours: usualHours, zone: rome }
  const now = inRome('2026-11-25', '10:00')
  const tries = [0, 1, 2, 3, 4].map((attempts) => {
    const at = nextTry(attempts, now, clinic)
    return at && Object.values(wallClockOf(at, rome)).join(' ')
  })
  expect(tries).toEqual(['2026-11-25 10:15', '2026-11-25 12:00', '2026-11-26 09:30', '2026-11-28 09:30', null])
  expect([isLadderClimbed(3), isLadderClimbed(4)]).toEqual([false, true])
})
