import { ownCallEvent } from '@clinicacrm/contract/calls.ts'
import { beforeEach, expect, test } from 'vitest'
import { createCourse, type Happening, type Reading } from './call.ts'

const reading: Reading = { default_region: '', strip_prefixes: '', call_id: 'interaction' }
const data = {
  interactionId: 'i-1',
  sessionId: 's-1',
  ani: '3332224444',
  dnis: '0655550100',
  callType: 'INBOUND',
  skillName: 'Prenotazioni',
  campaignName: 'Roma',
}

let course: ReturnType<typeof createCourse>
beforeEach(() => void (course = createCourse(reading)))
const kinds = (...happened: Happening[]) => happened.map((one) => course.eventOf(one, data)?.event ?? null)

test('a call is told of once, however often Five9 tells', () => {
  expect(kinds('callStarted', 'callStarted', 'callAccepted', 'callStarted', 'callAccepted')).toEqual([
    'ringing',
    null,
    'answered',
    null,
    null,
  ])
  expect(kinds('callEnded', 'callFinished')).toEqual(['ended', null])
})

test('after a reload the same event has the same id', () => {
  const before = course.eventOf('callAccepted', data)
  expect(createCourse(reading).eventOf('callAccepted', data)).toEqual(before)
  expect(ownCallEvent.parse(before)).toMatchObject({
    provider: 'five9',
    call_id: 'i-1',
    event: 'answered',
    event_id: 'i-1:answered',
    direction: 'inbound',
    from: '3332224444',
    to: '0655550100',
    queue: 'Prenotazioni',
  })
})

test('who refused a call may be offered it again', () => {
  expect(kinds('callStarted', 'callRejected', 'callRejected')).toEqual(['ringing', 'missed', null])
  expect(course.eventOf('callStarted', data)).toMatchObject({ event: 'ringing', event_id: 'i-1:ringing:2' })
  expect(kinds('callAccepted', 'callRejected')).toEqual(['answered', null])
})

test('the agent’s choice leaves the call in its stage', () => {
  expect(course.caseOf(data, '9')).toMatchObject({ event: 'ringing', case_id: '9', event_id: 'i-1:case:9' })
  kinds('callStarted', 'callAccepted')
  expect(course.caseOf(data, '9')).toMatchObject({ event: 'answered', case_id: '9' })
  kinds('callEnded')
  expect(course.caseOf(data, '9')).toMatchObject({ event: 'ended', at: expect.any(String) })
})

test('how it went is told with the end, and does not move it', () => {
  kinds('callStarted', 'callAccepted')
  expect(course.reasonOf(data, 'Sale')).toBeNull()
  expect(course.eventOf('callEnded', data)).toMatchObject({ event: 'ended', reason: 'Sale' })
  expect(course.reasonOf(data, 'No sale')).toMatchObject({ event: 'ended', reason: 'No sale', at: expect.any(String) })
  expect(course.latestOf(data)).toMatchObject({ event: 'ended', event_id: 'i-1:ended' })
})

test.each([
  ['INBOUND', 'inbound'],
  ['MANUAL', 'outbound'],
  ['OUTBOUND', 'outbound'],
  ['PREVIEW', 'outbound'],
  ['INTERNAL', 'internal'],
  [undefined, 'inbound'],
])('a call of the type %s is %s', (callType, direction) => {
  expect(course.eventOf('callStarted', { ...data, callType })).toMatchObject({ direction })
})

test('a call may be named by its session, and without any id it is none', () => {
  const bySession = createCourse({ ...reading, call_id: 'session' })
  expect(bySession.eventOf('callStarted', data)).toMatchObject({ call_id: 's-1', event_id: 'i-1:ringing' })
  expect(course.eventOf('callStarted', { ani: '3332224444' })).toBeNull()
})
