import { expect, test } from 'vitest'
import { dayFrom, readMoment, stepTime, timeFrom, typedFrom } from './typed-moment.ts'

const today = '2026-11-25'

test('a day is read as agents type it, day before month', () => {
  expect(dayFrom('12/07/2027', today)).toBe('2027-07-12')
  expect(dayFrom('12.7.27', today)).toBe('2027-07-12')
  expect(dayFrom('12072027', today)).toBe('2027-07-12')
  expect(dayFrom('2027-07-12', today)).toBe('2027-07-12')
})

test('a day without a year is the next one', () => {
  expect(dayFrom('26/11', today)).toBe('2026-11-26')
  expect(dayFrom('25-11', today)).toBe('2026-11-25')
  expect(dayFrom('24 11', today)).toBe('2027-11-24')
  expect(dayFrom('29/2', today)).toBeNull()
})

test('a day that no calendar has is not read', () => {
  for (const typed of ['31/02/2027', '0/1/2027', '1/13/2027', 'domani', '1/1/1899', '1/1/2200', '']) {
    expect(dayFrom(typed, today), typed).toBeNull()
  }
})

test('a time is read with few keys', () => {
  expect(['9', '930', '9.30', '09:30', '9h30', '23 59'].map(timeFrom)).toEqual([
    '09:00',
    '09:30',
    '09:30',
    '09:30',
    '09:30',
    '23:59',
  ])
  expect(['24', '9:60', 'ora', '9:3'].map(timeFrom)).toEqual([null, null, null, null])
})

test('a moment is meant by the clocks of the clinic', () => {
  expect(readMoment({ day: '12/07/2027', time: '10:30' }, 'Europe/Rome').moment).toBe('2027-07-12T08:30:00.000Z')
  expect(readMoment({ day: '12/01/2027', time: '1030' }, 'Atlantic/Canary').moment).toBe('2027-01-12T10:30:00.000Z')
})

test('a day without a time means its first moment at the clinic, a time without a day means nothing', () => {
  expect(readMoment({ day: '12/07/2027', time: '' }, 'Europe/Rome')).toMatchObject({
    moment: '2027-07-11T22:00:00.000Z',
    problem: null,
  })
  expect(readMoment({ day: '', time: '9' }, 'Europe/Rome')).toMatchObject({ moment: null, problem: 'day' })
  expect(readMoment({ day: '1/1/2027', time: 'x' }, 'Europe/Rome')).toMatchObject({ moment: null, problem: 'time' })
  expect(readMoment({ day: '', time: '' }, 'Europe/Rome')).toMatchObject({ moment: null, problem: null })
})

test('what is kept is shown as it would have been typed', () => {
  expect(typedFrom('2027-07-12T08:30:00.000000+00:00', 'Europe/Rome')).toEqual({ day: '12/07/2027', time: '10:30' })
  expect(typedFrom('2027-07-11T22:00:00.000000+00:00', 'Europe/Rome')).toEqual({ day: '12/07/2027', time: '' })
})

test('arrows move a time by a quarter of an hour, round midnight too', () => {
  expect(stepTime('09:00', 1)).toBe('09:15')
  expect(stepTime('00:00', -1)).toBe('23:45')
  expect(stepTime(null, 1)).toBe('09:00')
})
