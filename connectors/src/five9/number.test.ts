import { phoneQuery } from '@clinicacrm/contract/phone.ts'
import { expect, test } from 'vitest'
import { dialled, numberFrom } from './number.ts'

const italian = { default_region: '', strip_prefixes: '' }
const american = { default_region: '+1', strip_prefixes: '' }
const eager = { default_region: '+39', strip_prefixes: '01139, 39 0039' }
const keyOf = (written: string, writing: typeof italian) => {
  const query = phoneQuery(numberFrom(written, writing) ?? '', 'IT')
  return query.kind === 'number' ? query.key : query.kind
}

test.each([
  // Ten digits are a mobile, and no number of the United States.
  ['3332224444', '393332224444'],
  ['3931234567', '393931234567'],
  ['0622224444', '390622224444'],
  ['390622224444', '390622224444'],
  ['393332224444', '393332224444'],
  ['01139333222 4444', '393332224444'],
  ['011390622224444', '390622224444'],
  ['+39 333 222 4444', '393332224444'],
  ['anonymous', 'withheld'],
  ['+266696687', 'withheld'],
])('%s calls an Italian clinic', (written, key) => {
  expect(keyOf(written, italian)).toBe(key)
  expect(keyOf(written, eager)).toBe(key)
})

test('numbers of a domain elsewhere belong there, once somebody says so', () => {
  expect(keyOf('2125550123', american)).toBe('12125550123')
  expect(keyOf('01139333222 4444', american)).toBe('393332224444')
  expect(keyOf('+393332224444', american)).toBe('393332224444')
})

test('a prefix is dropped only where a whole number follows', () => {
  expect(numberFrom('3912345678', eager)).toBe('tel:3912345678;phone-context=+39')
  expect(numberFrom('393332224444', eager)).toBe('tel:3332224444;phone-context=+39')
  expect(numberFrom('201', eager)).toBe('201')
})

test.each([undefined, null, '', ' ', '@Call.ANI@', {}])('%j is no number', (written) => {
  expect(numberFrom(written, eager)).toBeNull()
})

test('numbers are dialled as the domain dials', () => {
  expect(dialled('+393332224444', 'e164')).toBe('+393332224444')
  expect(dialled('+393332224444', 'us')).toBe('011393332224444')
  expect(dialled('+12125550123', 'us')).toBe('2125550123')
})
