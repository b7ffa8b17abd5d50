import fc from 'fast-check'
import { expect, test } from 'vitest'
import { compareStored, explainPhone } from './phone-explained.ts'
import { phoneQuery } from './phone.ts'

test.each([
  ['+39 06 2222 4444', { certainty: 'valid', has_country_code: true, plus_restored: false, digits: '390622224444' }],
  ['0622224444', { certainty: 'valid', has_country_code: false, digits: '0622224444' }],
  [' 390622224444', { certainty: 'valid', plus_restored: true, has_country_code: true }],
  ['+39622224444', { certainty: 'repaired' }],
  ['+39 123 456 7890', { certainty: 'possible' }],
  ['anonymous', { certainty: null, digits: null }],
])('%s is read as it says', (text, wanted) => {
  expect(explainPhone(text, 'IT', { fromQueryString: true })).toMatchObject(wanted)
})

test('an explanation never differs from what the lookup does', () => {
  fc.assert(
    fc.property(
      fc.oneof(fc.string(), fc.stringMatching(/^[ +0-9()./-]{0,24}$/)),
      fc.boolean(),
      (text, fromQueryString) => {
        const { query, digits } = explainPhone(text, 'IT', { fromQueryString })
        expect(query).toEqual(phoneQuery(text, 'IT', { fromQueryString }))
        expect(digits !== null).toBe(query.kind === 'number')
      },
    ),
  )
})

test('a stored field is compared number by number', () => {
  const query = phoneQuery('0622224444', 'IT')
  expect(compareStored(query, 'casa 06/2222.4444, cell 333 2224444', 'IT')).toMatchObject({ matches: true })
  expect(compareStored(query, '06 2222 4445', 'IT')).toMatchObject({ matches: false })
  expect(compareStored(phoneQuery('anonymous', 'IT'), '06 2222 4444', 'IT')).toMatchObject({ matches: false })
})
