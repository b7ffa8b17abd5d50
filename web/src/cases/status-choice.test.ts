import { expect, test } from 'vitest'
import { choiceOf, chosenStatuses, toggleClass, toggleStatus } from './status-choice.ts'

test('a whole class is written as the class, a part of it by its statuses', () => {
  expect(choiceOf(['APPUNTAMENTO', 'INTERVENTO_PROGRAMMATO'])).toEqual({ class: ['booked'] })
  expect(choiceOf(['APPUNTAMENTO'])).toEqual({ status: ['APPUNTAMENTO'] })
  expect(choiceOf(['PERSO', 'APPUNTAMENTO', 'INTERVENTO_PROGRAMMATO'])).toEqual({ class: ['booked', 'lost'] })
  expect(choiceOf(['PERSO', 'NUOVO'])).toEqual({ status: ['NUOVO', 'PERSO'] })
  expect(choiceOf([])).toEqual({})
})

test('what the address says is what is ticked', () => {
  expect(chosenStatuses({ class: ['booked'] })).toEqual(['APPUNTAMENTO', 'INTERVENTO_PROGRAMMATO'])
  expect(chosenStatuses({ class: ['booked'], status: ['NUOVO', 'APPUNTAMENTO'] })).toEqual(['APPUNTAMENTO'])
  expect(chosenStatuses({})).toEqual([])
})

test('a class is ticked and unticked as one', () => {
  const booked = toggleClass(['NUOVO', 'APPUNTAMENTO'], 'booked')
  expect(booked).toEqual(['NUOVO', 'APPUNTAMENTO', 'INTERVENTO_PROGRAMMATO'])
  expect(toggleClass(booked, 'booked')).toEqual(['NUOVO'])
  expect(toggleStatus(['NUOVO'], 'NUOVO')).toEqual([])
})
