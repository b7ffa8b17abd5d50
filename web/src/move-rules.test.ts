import { statusCodes, statusNeeds } from '@clinicacrm/contract/lifecycle.ts'
import { expect, test } from 'vitest'
import { isBooked, isSettled, needsOf } from './move-rules.ts'

test('a status needs what the lifecycle says, and one that nobody knows needs nothing', () => {
  for (const [status, needs] of Object.entries(statusNeeds)) expect(needsOf(status)).toEqual(needs)
  expect([needsOf('NUOVO'), needsOf('ALTRO')]).toEqual([[], []])
})

test('nothing is due once a case is won, lost or closed; what is booked still is', () => {
  expect(['PERSO', 'CHIUSO', 'NUOVO', 'DA_RICHIAMARE'].map(isSettled)).toEqual([true, true, false, false])
  expect([isBooked('APPUNTAMENTO'), isBooked('NUOVO')]).toEqual([true, false])
  expect(statusCodes.filter((status) => isBooked(status) && isSettled(status))).toEqual([])
})
