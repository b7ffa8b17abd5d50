import { expect, test } from 'vitest'
import { callbackMoments, canBeUndone, movedToDay, verdictOn } from './moves.ts'

const now = new Date('2025-07-11T08:00:00Z')
const tomorrow = '2025-07-12T14:57:06.836704+00:00'
const standing = (status: string, follow_up_date: string | null = null) => ({
  status,
  follow_up_date,
  lost_reason: null,
})

test('a move forward asks only for what the new status needs and the case lacks', () => {
  expect(verdictOn(standing('NUOVO'), 'IN_CORSO', false, now)).toEqual({ isAllowed: true, missing: [] })
  expect(verdictOn(standing('NUOVO'), 'APPUNTAMENTO', false, now).missing).toEqual(['follow_up_date'])
  expect(verdictOn(standing('NUOVO', tomorrow), 'APPUNTAMENTO', false, now).missing).toEqual([])
  expect(verdictOn(standing('NUOVO', '2025-07-01T10:00:00Z'), 'APPUNTAMENTO', false, now).missing).toEqual([
    'follow_up_date',
  ])
  expect(verdictOn(standing('IN_CORSO'), 'PERSO', false, now).missing).toEqual(['lost_reason'])
})

test('out of an end only with a reason, backwards only for who may', () => {
  expect(verdictOn(standing('PERSO'), 'DA_RICHIAMARE', false, now).missing).toEqual(['status_reason', 'follow_up_date'])
  expect(verdictOn(standing('PREVENTIVO'), 'NUOVO', false, now).isAllowed).toBe(false)
  expect(verdictOn(standing('PREVENTIVO'), 'NUOVO', true, now)).toEqual({ isAllowed: true, missing: [] })
})

test('undo is offered where the way back is open', () => {
  expect(canBeUndone(standing('NUOVO'), standing('NUOVO', tomorrow), false)).toBe(true)
  expect(canBeUndone(standing('NUOVO'), standing('IN_CORSO'), false)).toBe(false)
  expect(canBeUndone(standing('NUOVO'), standing('IN_CORSO'), true)).toBe(true)
  expect(canBeUndone(standing('NUOVO'), standing('PERSO'), true)).toBe(false)
})

test('callbacks fall into the hours of the clinic', () => {
  expect(callbackMoments('Europe/Rome', new Date('2025-07-11T08:02:00Z'))).toEqual({
    in_2_hours: '2025-07-11T10:05:00.000Z',
    tomorrow: '2025-07-12T07:00:00.000Z',
    next_monday: '2025-07-14T07:00:00.000Z',
  })
  expect(callbackMoments('Europe/Rome', new Date('2025-07-14T08:00:00Z')).next_monday).toBe('2025-07-21T07:00:00.000Z')
})

test('another day keeps the time, also over a change of clocks', () => {
  expect(movedToDay('2025-10-25T14:57:00Z', '2025-10-27', 'Europe/Rome')).toBe('2025-10-27T15:57:00.000Z')
  expect(movedToDay(null, '2025-10-27', 'Europe/Rome')).toBe('2025-10-26T23:00:00.000Z')
})
