import { expect, test } from 'vitest'
import { caseFrom, emptyLead, lacksOf } from './lead.ts'

const lead = { ...emptyLead({ phone: '+39 06 2222 4444', clinic: 'Roma', assigned_to: '' }), last_name: ' Rossi ' }

test('a surname, a number and a clinic are enough', () => {
  expect(lacksOf(lead, undefined)).toEqual([])
  expect(caseFrom(lead, undefined)).toEqual({
    last_name: 'Rossi',
    phone: '+39 06 2222 4444',
    clinic: 'Roma',
    channel: 'PHONE',
  })
})

test('what is missing is named before the server is asked', () => {
  expect(lacksOf(emptyLead({ phone: '', clinic: '', assigned_to: '' }), undefined)).toEqual(['name', 'reach', 'clinic'])
})

test('of a known patient nothing of the person is sent', () => {
  expect(lacksOf({ ...lead, last_name: '', phone: '' }, '4')).toEqual([])
  expect(caseFrom(lead, '4')).toEqual({ patient_id: '4', clinic: 'Roma', channel: 'PHONE' })
})

test('each form has a key of its own', () => {
  expect(lead.key).not.toBe(emptyLead({ phone: '', clinic: '', assigned_to: '' }).key)
})
