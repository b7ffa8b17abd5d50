import { expect, test } from 'vitest'
import { type HoursValues, hoursFrom, problemsOf, typedFrom } from './hours-values.ts'

const closed = Array.from({ length: 6 }, () => [])
const usual = { quiet_before: '09:00', quiet_after: '20:00', holidays: [] }
const onMonday = (...spans: [string, string][]): HoursValues => ({
  ...usual,
  opening: [spans.map(([from, to], key) => ({ key, from, to })), ...closed],
})

test('what is typed in a few keys becomes times in order, and what is kept comes back as it was', () => {
  const hours = hoursFrom(onMonday(['14.30', '24'], ['9', '13']))
  expect(hours.opening[0]).toEqual([
    { from: '09:00', to: '13:00' },
    { from: '14:30', to: '24:00' },
  ])
  expect(hoursFrom(typedFrom(hours))).toEqual(hours)
})

test.each([
  ['a time that is none', onMonday(['nine', '13']), { 'opening.0.0.from': 'time' }],
  ['an empty row', onMonday(['', '']), { 'opening.0.0.from': 'time', 'opening.0.0.to': 'time' }],
  ['an end before the beginning', onMonday(['9', '13'], ['12', '11']), { 'opening.0.1.to': 'order' }],
  ['hours that lie over each other', onMonday(['9', '13'], ['12:30', '18']), { 'opening.0.1.from': 'overlap' }],
  ['hours that touch', onMonday(['9', '13'], ['13', '18']), {}],
  ['quiet hours the wrong way round', { ...onMonday(), quiet_after: '8' }, { quiet_after: 'order' }],
])('%s', (_, values, problems) => {
  expect(problemsOf(values)).toEqual(problems)
})

test('a closing day is named once, and has a date', () => {
  const holidays = ['2026-12-25', '', '2026-12-25'].map((day, key) => ({ key, day, label: ' Natale ' }))
  expect(problemsOf({ ...onMonday(), holidays })).toEqual({ 'holidays.1.day': 'day', 'holidays.2.day': 'twice' })
  const [christmas] = hoursFrom({ ...onMonday(), holidays: holidays.slice(0, 1) }).holidays
  expect(christmas).toEqual({ day: '2026-12-25', label: 'Natale' })
})
