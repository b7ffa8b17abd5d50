import { expect, test } from 'vitest'
import { queryFor, readCallbacksSearch } from './callbacks-search.ts'

test('an address names a view and clinics, and nothing else', () => {
  expect(readCallbacksSearch({ view: 'overdue', clinic: 'Roma', limit: '9' })).toEqual({
    view: 'overdue',
    clinic: ['Roma'],
  })
  expect(readCallbacksSearch({ view: 'all' })).toEqual({})
  expect(readCallbacksSearch({ view: 'nonsense' })).toEqual({})
})

test('a view is a question to the server', () => {
  expect(queryFor({})).toEqual({})
  expect(queryFor({ view: 'mine' })).toEqual({ assigned_to: 'me' })
  expect(queryFor({ view: 'escalated', clinic: ['Roma'] })).toEqual({ due: 'escalated', clinic: ['Roma'] })
})
