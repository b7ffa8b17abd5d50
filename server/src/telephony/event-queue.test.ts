import type { BridgeEvent } from '@clinicacrm/connectors/asterisk/book.ts'
import { expect, test } from 'vitest'
import { createEventQueue } from './event-queue.ts'

const event = (call_id: string, kind: BridgeEvent['event']): BridgeEvent => ({
  call_id,
  event: kind,
  at: '2026-11-25T10:00:00.000Z',
  direction: 'inbound',
})
const shown = (events: BridgeEvent[]) => events.map(({ call_id, event: kind }) => `${call_id} ${kind}`)

test('of a call that ended before anything could be sent, the end goes first', () => {
  const queue = createEventQueue(100)
  queue.add([event('1', 'ringing'), event('2', 'ringing'), event('1', 'answered'), event('1', 'ended')])
  expect(shown(queue.next(10))).toEqual(['1 ended', '1 ringing', '2 ringing', '1 answered'])
})

test('a call whose beginning was sent is told in the order it happened', () => {
  const queue = createEventQueue(100)
  queue.add([event('1', 'ringing')])
  queue.sent(queue.next(10))
  queue.add([event('1', 'answered'), event('1', 'ended')])
  expect(shown(queue.next(10))).toEqual(['1 answered', '1 ended'])
})

test('a call whose end was sent first keeps its order over several requests', () => {
  const queue = createEventQueue(100)
  queue.add([event('1', 'ringing'), event('1', 'answered'), event('1', 'ended')])
  queue.sent(queue.next(1))
  expect(shown(queue.next(10))).toEqual(['1 ringing', '1 answered'])
})

test('what is told while a request is under way is neither lost nor sent with it', () => {
  const queue = createEventQueue(100)
  queue.add([event('1', 'ringing')])
  const batch = queue.next(10)
  queue.add([event('1', 'ended')])
  queue.sent(batch)
  expect(shown(queue.next(10))).toEqual(['1 ended'])
  queue.sent(queue.next(10))
  expect(queue.size()).toBe(0)
})

test('beyond the limit the oldest call is given up as a whole', () => {
  const queue = createEventQueue(3)
  expect(queue.add([event('1', 'ringing'), event('2', 'ringing'), event('1', 'answered')])).toBe(0)
  expect(queue.add([event('3', 'ringing')])).toBe(2)
  expect(shown(queue.next(10))).toEqual(['2 ringing', '3 ringing'])
})
