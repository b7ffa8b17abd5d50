import { describe, expect, test } from 'vitest'
import {
  daysBetween,
  dialled,
  formatAgo,
  formatDate,
  formatDateTime,
  formatDay,
  formatDays,
  formatDue,
  formatLongDate,
  formatMonth,
  formatNumber,
  formatPhone,
  formatRelative,
  formatTime,
  formatWeekday,
  formatWeekdayName,
  fullName,
  initialsOf,
} from './format.ts'

const appointment = '2025-07-12T14:57:06.836704+00:00'
const now = new Date('2025-07-11T08:00:00Z')

test('dates have the day first and times 24 hours, in the zone of the clinic', () => {
  for (const locale of ['it', 'en', 'es'] as const) {
    expect(formatDate(appointment, { locale })).toBe('12/07/2025')
    expect(formatTime(appointment, { locale })).toBe('16:57')
  }
  expect(formatDateTime(appointment, { zone: 'Europe/London' })).toBe('12/07/2025, 15:57')
  expect(formatTime('2025-07-11T22:05:00Z', { zone: 'Europe/Rome' })).toBe('00:05')
  expect(formatLongDate(appointment, { locale: 'it' })).toBe('sabato 12 luglio 2025')
})

test('a birth date is the same day wherever it is read', () => {
  expect(formatDay('1984-03-12')).toBe('12/03/1984')
})

describe('moments as people say them', () => {
  test.each([
    ['2025-07-11T14:30:00Z', '16:30', '16:30', '16:30'],
    ['2025-07-12T08:30:00Z', 'domani, 10:30', 'tomorrow, 10:30', 'mañana, 10:30'],
    ['2025-07-10T08:30:00Z', 'ieri, 10:30', 'yesterday, 10:30', 'ayer, 10:30'],
    ['2025-07-08T08:30:00Z', '3 giorni fa', '3 days ago', 'hace 3 días'],
    ['2025-07-15T08:30:00Z', 'tra 4 giorni', 'in 4 days', 'dentro de 4 días'],
    ['2025-06-01T08:30:00Z', '01/06/2025', '01/06/2025', '01/06/2025'],
  ])('%s', (when, it, en, es) => {
    expect(formatRelative(when, { now, locale: 'it' })).toBe(it)
    expect(formatRelative(when, { now, locale: 'en' })).toBe(en)
    expect(formatRelative(when, { now, locale: 'es' })).toBe(es)
  })

  test('yesterday begins at midnight of the clinic, not of Greenwich', () => {
    const justAfterMidnight = new Date('2025-07-10T22:10:00Z')
    expect(formatRelative('2025-07-10T21:50:00Z', { now: justAfterMidnight, locale: 'it' })).toBe('ieri, 23:50')
  })

  test('the night that has an hour more or less is one day all the same', () => {
    expect(daysBetween(new Date('2025-10-25T10:00:00Z'), new Date('2025-10-26T22:30:00Z'))).toBe(1)
    expect(daysBetween(new Date('2025-03-29T22:30:00Z'), new Date('2025-03-30T10:00:00Z'))).toBe(1)
  })

  test('what just happened is told in minutes and hours', () => {
    const ago = (minutes: number) => formatAgo(now.getTime() - minutes * 60_000, { now, locale: 'it' })
    expect([ago(0), ago(5), ago(120), ago(24 * 60)]).toEqual(['ora', '5 minuti fa', '2 ore fa', 'ieri, 10:00'])
  })
})

test('what is due is late from its minute on, and a day without a time only when it is over', () => {
  const due = (when: string) => formatDue(when, { now, locale: 'it' })
  expect(due('2025-07-11T07:59:00Z')).toMatchObject({ text: '09:59', isOverdue: true })
  expect(due('2025-07-11T08:30:00Z')).toMatchObject({ text: '10:30', isOverdue: false })
  expect(due('2025-07-10T22:00:00Z')).toEqual({ text: 'oggi', exact: 'venerdì 11 luglio 2025', isOverdue: false })
  expect(due('2025-07-09T22:00:00Z')).toMatchObject({ text: 'ieri', isOverdue: true })
})

test('numbers follow the language', () => {
  expect(formatNumber(12345.5, {}, 'it')).toBe('12.345,5')
  expect(formatNumber(12345.5, {}, 'en')).toBe('12,345.5')
})

test.each([
  ['+390622224444', '+39 06 2222 4444'],
  ['3332224444', '333 222 4444'],
  ['+34612345678', '+34 612 345 678'],
  ['06/2222 4444', '06/2222 4444'],
  ['+39 06 2222 4444', '+39 06 2222 4444'],
  ['333 2224444 (madre)', '333 2224444 (madre)'],
  ['12', '12'],
])('the number %s is shown as %s', (typed, shown) => {
  expect(formatPhone(typed)).toBe(shown)
})

test('a name is whichever half there is, and its initials count letters, not bytes', () => {
  expect(fullName({ first_name: 'Antonio', last_name: 'Dorato' })).toBe('Antonio Dorato')
  expect(fullName({ first_name: null, last_name: 'Dorato' })).toBe('Dorato')
  expect(fullName({ first_name: ' ', last_name: null })).toBe('')
  expect(initialsOf('Antonio Maria Dorato')).toBe('AD')
  expect(initialsOf('élodie')).toBe('É')
  expect(initialsOf('👩‍⚕️ Rossi')).toBe('👩‍⚕️R')
  expect(initialsOf('  ')).toBe('?')
})

test('the leaves of a calendar are named in the language of the page', () => {
  expect(formatMonth('2025-07-12', { locale: 'it' })).toBe('luglio 2025')
  expect(formatWeekday('2025-07-14', 'long', 'it')).toBe('lunedì 14 luglio')
  expect(formatWeekday('2025-07-14', 'short', 'en')).toBe('Mon 14 Jul')
  expect(formatWeekdayName('2025-07-14', 'long', 'es')).toBe('lunes')
  expect(formatDays('2025-07-14', '2025-07-20', 'it')).toBe('14\u201320 luglio 2025')
})

test.each([
  ['+39 06 2222 4444', '+390622224444'],
  ['+39 06 2222 4444 #12', '+390622224444'],
  ['(06) 2222-4444', '0622224444'],
])('%s is dialled as %s', (shown, number) => {
  expect(dialled(shown)).toBe(number)
})
