import { expect, test } from 'vitest'
import { readSearchParams, writeSearchParams } from '../search-params.ts'
import { type CasesSearch, filtersOnly, isFiltered, isSameView, readCasesSearch } from './cases-search.ts'

const read = (text: string) => readCasesSearch(readSearchParams(text))

test('what the filter bar says goes into the address and comes back', () => {
  const search: CasesSearch = {
    shape: 'board',
    search: '0622',
    status: ['NUOVO'],
    class: ['open', 'waiting'],
    clinic: ['Centro Oculistico Roma'],
    assigned_to: ['me', 'giulia@example.it'],
    due: ['overdue', 'today'],
    created_from: '2025-07-01',
    order: 'name',
  }
  expect(read(writeSearchParams(search))).toEqual(search)
})

test('an address that asks for nonsense shows what is left of it', () => {
  const nonsense =
    '?shape=pie&status=NUOVO&status=X&due=never&created_from=2025-02-31&order=-created_at&view=a&search=%20'
  expect(read(nonsense)).toEqual({ status: ['NUOVO'] })
  expect(read(`?search=${'a'.repeat(5_000)}`).search).toHaveLength(200)
})

test('shape and order narrow nothing', () => {
  expect(isFiltered(read('?shape=calendar&order=name&day=2025-07-01&span=week&view=3'))).toBe(false)
  expect(filtersOnly(read('?shape=board&class=open'))).toEqual({ class: ['open'] })
})

test('a view is the same in whatever order its filters are written', () => {
  const one = read('?status=NUOVO&status=IN_CORSO&clinic=Roma&view=7')
  expect(isSameView(one, read('?clinic=Roma&status=IN_CORSO&status=NUOVO&day=2025-01-01'))).toBe(true)
  expect(isSameView(one, read('?clinic=Roma&status=IN_CORSO'))).toBe(false)
})
