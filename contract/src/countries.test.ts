import { getCountries } from 'libphonenumber-js/max'
import { expect, test } from 'vitest'
import { countries } from './countries.ts'

test('every country whose numbers can be read can be chosen, and no other', () => {
  expect(countries).toEqual(getCountries().toSorted())
})
