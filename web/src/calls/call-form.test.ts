import type { CaseView } from '@clinicacrm/contract/cases.ts'
import { expect, test } from 'vitest'
import { emptyForm, formFrom, readForm, standingOf } from './call-form.ts'

const zone = 'Europe/Rome'
const standing = standingOf({ status: 'IN_CORSO', follow_up_date: null, lost_reason: null } as CaseView, zone)
const later = { day: '12/03/2099', time: '10:30' }
const at = '2099-03-12T09:30:00.000Z'

test('a call of nobody needs its disposition and nothing else', () => {
  expect(readForm(emptyForm, null, false).lacks).toEqual(['disposition'])
  expect(readForm({ ...emptyForm, disposition: 'SPAM', note: 'x' }, null, false)).toEqual({
    fields: { disposition: 'SPAM', note: 'x' },
    lacks: [],
  })
})

test('what follows is sent with it, and what that lacks is said', () => {
  const move = { status: 'APPUNTAMENTO', moment: { day: '', time: '' }, lost_reason: '', reason: '' } as const
  const form = { ...emptyForm, disposition: 'APPUNTAMENTO_FISSATO', move }
  expect(readForm(form, standing, false).lacks).toEqual(['moment'])
  expect(readForm({ ...form, move: { ...move, moment: later } }, standing, false)).toEqual({
    fields: { disposition: 'APPUNTAMENTO_FISSATO', status: 'APPUNTAMENTO', follow_up_date: at },
    lacks: [],
  })
})

test('what the server kept stands there as it was typed', () => {
  const kept = { disposition: 'RICHIAMARE', note: 'domani', status: 'DA_RICHIAMARE', follow_up_date: at } as const
  const form = formFrom(kept, standing)
  expect(form).toMatchObject({
    disposition: 'RICHIAMARE',
    note: 'domani',
    move: { status: 'DA_RICHIAMARE', moment: later },
  })
  expect(readForm(form, standing, false).fields).toEqual(kept)
  expect(formFrom({ note: 'solo nota' }, standing)).toEqual({ ...emptyForm, note: 'solo nota' })
})
