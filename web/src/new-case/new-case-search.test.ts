import { expect, test } from 'vitest'
import { readNewCaseSearch } from './new-case-search.ts'

test('a plus that came as a space is a plus again', () => {
  expect(readNewCaseSearch({ phone: ' 390622224444' })).toEqual({ phone: '+390622224444' })
  expect(readNewCaseSearch({ phone: '+39 06 2222 4444' })).toEqual({ phone: '+39 06 2222 4444' })
  expect(readNewCaseSearch({ phone: '06/22224444' })).toEqual({ phone: '06/22224444' })
})

test('what an address cannot mean is left out', () => {
  expect(readNewCaseSearch({ phone: '   ', patient_id: '../9' })).toEqual({})
  expect(readNewCaseSearch({ phone: ['1', '2'], patient_id: '4' })).toEqual({ patient_id: '4' })
})

test('what is known of a call comes along', () => {
  expect(readNewCaseSearch({ phone: '', call_id: '12', clinic: 'Roma', channel: 'PHONE', event: 'x' })).toEqual({
    call_id: '12',
    clinic: 'Roma',
    channel: 'PHONE',
  })
})
