import { expect, test } from 'vitest'
import { caseFrom, emptyLead, lacksOf } from './lead.ts'

const zone = 'Europe/Rome'
const lead = { ...emptyLead({ phone: '+39 06 2222 4444', clinic: 'Roma', assigned_to: '' }), last_name: ' Rossi ' }

test('a surname, a number and a clinic are enough', () => {
  expect(lacksOf(lead, undefined, zone)).toEqual([])
  expect(caseFrom(lead, undefined, zone)).toEqual({
    last_name: 'Rossi',
    phone: '+39 06 2222 4444',
    clinic: 'Roma',
    channel: 'PHONE',
  })
})

test('what is missing is named before the server is asked', () => {
  expect(lacksOf(emptyLead({ phone: '', clinic: '', assigned_to: '' }), undefined, zone)).toEqual([
    'name',
    'reach',
    'clinic',
  ])
})

test('of a known patient nothing of the person is sent', () => {
  expect(lacksOf({ ...lead, last_name: '', phone: '' }, '4', zone)).toEqual([])
  expect(caseFrom(lead, '4', zone)).toEqual({ patient_id: '4', clinic: 'Roma', channel: 'PHONE' })
})

test('each form has a key of its own', () => {
  expect(lead.key).not.toBe(emptyLead({ phone: '', clinic: '', assigned_to: '' }).key)
})

test('a date is meant by the clocks of the clinic, and a date that cannot be read is not sent', () => {
  const dated = { ...lead, follow_up: { day: '12/07/2027', time: '9' } }
  expect(caseFrom(dated, undefined, zone)).toMatchObject({ follow_up_date: '2027-07-12T07:00:00.000Z' })
  expect(lacksOf({ ...lead, follow_up: { day: '31/02/2027', time: '' } }, undefined, zone)).toEqual(['moment'])
})
