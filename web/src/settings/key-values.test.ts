import { expect, test } from 'vitest'
import { bodyOf, isRange, newKeyValues } from './key-values.ts'

const now = new Date('2026-11-25T10:00:00Z')
const key = { ...newKeyValues(null, ['lookup:read']), name: ' Genesys ' }

test.each([
  ['203.0.113.7', true],
  ['203.0.113.0/24', true],
  ['2001:db8::/32', true],
  ['::1', true],
  ['203.0.113.256', false],
  ['203.0.113.0/33', false],
  ['203.0.113.0/24/1', false],
  ['genesys.example.org', false],
  ['2001:db8::/129', false],
])('%s is an address or a range: %j', (text, is) => {
  expect(isRange(text)).toBe(is)
})

test('a key lives as long as was chosen, and what was left empty is not sent as a text', () => {
  expect(bodyOf({ ...key, lifetime: '30' }, now)).toMatchObject({
    name: 'Genesys',
    description: null,
    ip_ranges: null,
    expires_at: '2026-12-25T10:00:00.000Z',
  })
  expect(bodyOf({ ...key, lifetime: 'never' }, now).expires_at).toBeNull()
})

test('addresses may be pasted in lines or with commas', () => {
  expect(bodyOf({ ...key, ip_ranges: '203.0.113.0/24, 198.51.100.7\n2001:db8::/32' }).ip_ranges).toEqual([
    '203.0.113.0/24',
    '198.51.100.7',
    '2001:db8::/32',
  ])
})
