import type { CaseView } from '@clinicacrm/contract/cases.ts'
import { expect, test } from 'vitest'
import { daysWith } from './calendar-moves.ts'

const zoneOf = () => 'Europe/Rome'
const kase = (id: string, follow_up_date: string | null, version = 1) => ({ id, follow_up_date, version }) as CaseView

test('a follow-up that is being moved is already on its new day, by its time', () => {
  const before = kase('1', '2025-07-14T14:00:00Z')
  const after = kase('1', '2025-07-15T14:00:00Z')
  const early = kase('2', '2025-07-15T08:00:00Z')
  const late = kase('3', '2025-07-15T15:00:00Z')
  const days = daysWith(
    [
      { day: '2025-07-14', count: 12, cases: [before] },
      { day: '2025-07-15', count: 2, cases: [early, late] },
    ],
    new Map([['1', { before, after }]]),
    zoneOf,
  )
  expect(days.get('2025-07-14')).toMatchObject({ count: 11, cases: [] })
  expect(days.get('2025-07-15')?.cases.map(({ id }) => id)).toEqual(['2', '1', '3'])
  expect(days.get('2025-07-15')?.count).toBe(3)
})

test('a move that the server knows already is not made twice, and the day is the clinic’s', () => {
  const before = kase('1', '2025-07-14T22:30:00Z')
  const after = kase('1', '2025-07-15T22:30:00Z')
  const known = daysWith(
    [{ day: '2025-07-16', count: 1, cases: [kase('1', after.follow_up_date, 2)] }],
    new Map([['1', { before, after }]]),
    zoneOf,
  )
  expect(known.get('2025-07-16')?.count).toBe(1)
  const empty = daysWith([], new Map([['1', { before, after }]]), zoneOf)
  expect([...empty.keys()]).toEqual(['2025-07-16'])
})
