import { expect, test } from 'vitest'
import { ownPage } from './next.ts'

const origin = 'https://crm.example.org'

test('after signing in one is where one wanted to go', () => {
  expect(ownPage('/it/cases/9?tab=notes#last', origin)).toBe('/it/cases/9?tab=notes#last')
  expect(ownPage('/es/', origin)).toBe('/es/')
})

test.each([
  'https://evil.example/it/',
  '//evil.example/it/',
  '/\\evil.example/it/',
  '/\t/evil.example/it/',
  '/it/../../\\evil.example',
  'javascript:alert(1)',
  '\u0000//evil.example',
  'it/cases',
  '/api/session',
  '/',
  '',
  undefined,
])('an address that leads elsewhere is not followed: %j', (next) => {
  expect(ownPage(next, origin)).toBeNull()
})
