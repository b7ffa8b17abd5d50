import type { CaseView } from '@clinicacrm/contract/cases.ts'
import { expect, test } from 'vitest'
import { columnWith } from './board-column.ts'

const kase = (id: string, status: string, follow_up_date: string | null = null, version = 1) =>
  ({ id, status, follow_up_date, version }) as CaseView
const moving = (before: CaseView, status: string) => new Map([[before.id, { before, after: { ...before, status } }]])
const idsOf = ({ cards }: { cards: CaseView[] }) => cards.map(({ id }) => id)

const first = kase('1', 'NUOVO', '2025-07-01T10:00:00Z')
const second = kase('2', 'NUOVO', '2025-07-03T10:00:00Z')

test('a card that is being moved is already gone from one column and in its place in the other', () => {
  const pending = moving(first, 'IN_CORSO')
  const from = columnWith('NUOVO', [first, second], 40, pending)
  expect([idsOf(from), from.count]).toEqual([['2'], 39])
  const others = [kase('8', 'IN_CORSO', '2025-06-30T10:00:00Z'), kase('9', 'IN_CORSO')]
  const to = columnWith('IN_CORSO', others, 2, pending)
  expect([idsOf(to), to.count]).toEqual([['8', '1', '9'], 3])
})

test('a move that the server knows already is not counted twice', () => {
  const pending = moving(first, 'IN_CORSO')
  const to = columnWith('IN_CORSO', [kase('1', 'IN_CORSO', first.follow_up_date, 2)], 1, pending)
  expect([idsOf(to), to.count]).toEqual([['1'], 1])
  expect(columnWith('NUOVO', [second], 39, pending).count).toBe(39)
})

test('a case that two pages brought is one card', () => {
  expect(idsOf(columnWith('NUOVO', [first, second, first], 2, new Map()))).toEqual(['1', '2'])
})
