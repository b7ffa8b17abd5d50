import { expect, test } from 'vitest'
import { readSearchParams, writeSearchParams } from './search-params.ts'

test('an address keeps every value as the text it is', () => {
  const search = { search: '0622', status: ['NUOVO', 'IN_CORSO'], assigned_to: 'a+b@x.it', next: '/it/cases?a=b&c=d' }
  const text = writeSearchParams(search)
  expect(text).toContain('search=0622&status=NUOVO&status=IN_CORSO&assigned_to=a%2Bb@x.it')
  expect(readSearchParams(text)).toEqual(search)
})

test('nothing to say leaves the address bare', () => {
  expect(writeSearchParams({ search: undefined, status: [] })).toBe('')
  expect(readSearchParams('')).toEqual({})
})

test('a number with its plus, as telephone systems write it, arrives as they meant it', () => {
  expect(readSearchParams('?phone=%2B390622224444')).toEqual({ phone: '+390622224444' })
  expect(readSearchParams('?phone=+390622224444')).toEqual({ phone: ' 390622224444' })
})
