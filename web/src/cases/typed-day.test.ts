import { expect, test } from 'vitest'
import { dayTyped } from './typed-day.ts'

const today = '2025-07-11'

test('days are read as they are typed here, day first', () => {
  for (const typed of ['12/7/2025', '12/07/2025', '12.07.25', ' 12-7 ', '12 7 2025']) {
    expect(dayTyped(typed, today), typed).toBe('2025-07-12')
  }
  expect(dayTyped('3/2', today)).toBe('2026-02-03')
  expect(dayTyped('11/7', today)).toBe('2025-07-11')
})

test('what is no day is none', () => {
  for (const typed of ['31/02/2025', '12/13/2025', 'domani', '', '12', '2025-07-12']) {
    expect(dayTyped(typed, today), typed).toBeNull()
  }
})
