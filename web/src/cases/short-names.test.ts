import { expect, test } from 'vitest'
import { shortening } from './short-names.ts'

test('what all clinics are called is left off, and no more', () => {
  const short = shortening(['Centro Oculistico Roma', 'Centro Oculistico Milano', 'Centro Oculistico Milano Nord'])
  expect(['Centro Oculistico Roma', 'Centro Oculistico Milano Nord'].map(short)).toEqual(['Roma', 'Milano Nord'])
  expect(short('Studio Rossi')).toBe('Studio Rossi')
  expect(shortening(['Centro Oculistico Roma'])('Centro Oculistico Roma')).toBe('Centro Oculistico Roma')
  expect(shortening(['Centro', 'Centro Nord']).call(null, 'Centro Nord')).toBe('Centro Nord')
  expect(shortening(['Roma', 'Milano'])('Roma')).toBe('Roma')
  expect(shortening([])('Roma')).toBe('Roma')
})
