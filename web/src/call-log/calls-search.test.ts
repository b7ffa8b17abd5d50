import { expect, test } from 'vitest'
import { filtersFor, isSameSearch, readCallsSearch } from './calls-search.ts'

test('an address keeps what the log can be narrowed by, and leaves out what it cannot mean', () => {
  expect(
    readCallsSearch({
      search: ' 4444',
      result: ['missed', 'nonsense'],
      state: 'nonsense',
      agent: ['me', '12', 'x'],
      from: '2026-02-30',
      to: '2026-11-25T11:00:00.000Z',
      owed: 'yes',
      call: '9 or 1',
    }),
  ).toEqual({ search: ' 4444', result: ['missed'], agent: ['me', '12'], to: '2026-11-25T11:00:00.000Z' })
})

test('days are both included, moments are asked for as they are, and “me” is whoever looks', () => {
  const user = { id: '7' }
  expect(filtersFor({ from: '2026-11-24', to: '2026-11-25', agent: ['me'], call: '3' }, user)).toEqual({
    from: '2026-11-24',
    to: '2026-11-26',
    agent_id: ['7'],
  })
  const hour = { from: '2026-11-25T10:00:00.000Z', to: '2026-11-25T11:00:00.000Z' }
  expect(filtersFor(hour, user)).toEqual(hour)
})

test('an open panel changes nothing of what is listed', () => {
  expect(isSameSearch({ owed: 'true', call: '9' }, { owed: 'true' })).toBe(true)
  expect(isSameSearch({ owed: 'true' }, {})).toBe(false)
})
