import { callEvent } from '@clinicacrm/contract/calls.ts'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { posted } from '../connector.ts'
import { threeCx } from './connector.ts'

const call = {
  number: '00390622224444',
  call_type: 'Inbound',
  agent: '201',
  duration: '00:03:25',
  started_at: '2026-11-25T09:00:00Z',
}
const read = (body: object) => threeCx.events!.readEvents(posted(body), {})

test('the same call told again has the same id, for whichever agent; another call has another', () => {
  const idOf = (body: object) => read(body).events[0]!.call_id
  expect(idOf({ ...call })).toBe(idOf(call))
  expect(idOf({ ...call, agent: '202', call_type: 'Missed' })).toBe(idOf(call))
  expect(idOf({ ...call, started_at: '2026-11-25T09:00:01Z' })).not.toBe(idOf(call))
  expect(idOf({ ...call, number: '00390622224445' })).not.toBe(idOf(call))
  expect(idOf({ ...call, call_type: 'Outbound' })).not.toBe(idOf(call))
})

test('a date that 3CX did not format leaves the event to the moment it arrives', () => {
  const { events, problems } = read({ ...call, started_at: '25/11/2026 9.00.00' })
  expect(problems).toEqual([])
  expect(events.map(({ event, at }) => [event, at])).toEqual([
    ['answered', undefined],
    ['ended', undefined],
    ['ringing', undefined],
  ])
})

test.each([
  ['00:03:25', 205],
  ['1.00:00:01', 86_401],
  ['205', 205],
  ['', 0],
  ['a while', 0],
])('a duration of “%s” is %i seconds', (duration, seconds) => {
  const at = (kind: string) => Date.parse(read({ ...call, duration }).events.find(({ event }) => event === kind)!.at!)
  expect((at('ended') - at('answered')) / 1_000).toBe(seconds)
})

describe('a trial', () => {
  const trial = { call_id: 'trial-1', from: '+39 06 2222 4444', to: '+39 06 5550 1000', agent: 'giulia@clinic.example' }
  test.each(['ringing', 'answered', 'ended'] as const)('%s is read as that first', (event) => {
    const { events } = threeCx.events!.readEvents(threeCx.events!.trial({ ...trial, event }, {}), {})
    expect(events[0]).toMatchObject({ event, call_id: 'trial-1', from: '+39 06 2222 4444' })
  })
})

test('whatever 3CX fills in becomes events that the CRM takes, or a problem', () => {
  const text = fc.oneof(fc.string(), fc.constantFrom('[Number]', '', '2026-11-25T09:00:00Z', '11/25/2026 09:00:00'))
  const types = fc.constantFrom('Inbound', 'Outbound', 'Missed', 'Notanswered')
  const body = fc.record({
    number: text,
    call_type: types,
    agent: text,
    agent_email: text,
    queue: text,
    duration: text,
    started_at: text,
    answered_at: text,
  })
  fc.assert(
    fc.property(body, (told) => {
      const { events, problems } = read(told)
      expect(events.length > 0 || problems.length > 0).toBe(true)
      for (const event of events) expect(callEvent.safeParse(event).success).toBe(true)
    }),
  )
})
