import { type CallEventKind, callEventKinds } from '@clinicacrm/contract/calls.ts'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { foldCall, nameOfEvent, type Said, type StoredEvent } from './fold.ts'

let names = 0
const at = (second: number) => new Date(Date.UTC(2026, 10, 25, 9, 0, second)).toISOString()
const event = (kind: CallEventKind, second: number, said: Said = {}): StoredEvent => ({
  name: `n${++names}`,
  kind,
  at: at(second),
  said,
})

describe('a call of its events', () => {
  test('rings, is answered, held, and ends', () => {
    const events = [
      event('ringing', 0, { from: '+390622224444', to: '+390655501000', agent: 'a@x.it' }),
      event('answered', 4, { agent: 'a@x.it' }),
      event('held', 10),
    ]
    expect(foldCall(events)).toMatchObject({ state: 'held', result: null, agent: 'a@x.it', from: '+390622224444' })
    expect(foldCall([...events, event('resumed', 12)])).toMatchObject({ state: 'answered' })
    expect(foldCall([...events, event('ended', 60, { reason: 'normal' })])).toMatchObject({
      state: 'ended',
      result: 'answered',
      direction: 'inbound',
      ringing_at: at(0),
      answered_at: at(4),
      ended_at: at(60),
      reason: 'normal',
    })
  })

  test('nobody answers: it was missed, or left a message', () => {
    expect(foldCall([event('ringing', 0), event('ended', 20)])).toMatchObject({ result: 'missed', answered_at: null })
    expect(foldCall([event('ringing', 0), event('voicemail', 20), event('ended', 30)])).toMatchObject({
      result: 'voicemail',
      ended_at: at(30),
    })
    expect(foldCall([event('missed', 20)])).toMatchObject({ state: 'ended', result: 'missed', ended_at: at(20) })
  })

  test('a queue offers it to the next one after somebody missed it', () => {
    const events = [
      event('ringing', 0, { agent: 'a' }),
      event('missed', 15, { agent: 'a' }),
      event('ringing', 16, { agent: 'b' }),
    ]
    expect(foldCall(events)).toMatchObject({ state: 'ringing', agent: 'b', agents: ['a', 'b'], ended_at: null })
    expect(foldCall([...events, event('answered', 20, { agent: 'b' })])).toMatchObject({
      state: 'answered',
      agent: 'b',
    })
  })

  test('whoever is given the call has it, and it is known by whom', () => {
    const events = [
      event('ringing', 0, { agent: 'a' }),
      event('answered', 3, { agent: 'a' }),
      event('transferred', 60, { agent: 'b' }),
    ]
    expect(foldCall(events)).toMatchObject({ state: 'ringing', agent: 'b', answered_by: 'a', given_by: { b: 'a' } })
    expect(foldCall([...events, event('answered', 64, { agent: 'b' })])).toMatchObject({
      state: 'answered',
      agent: 'b',
      answered_by: 'b',
      answered_at: at(3),
    })
  })

  test('a colleague is asked while the call is held: it stays with who holds it', () => {
    const events = [event('answered', 3, { agent: 'a' }), event('held', 20), event('ringing', 22, { agent: 'b' })]
    expect(foldCall(events)).toMatchObject({ state: 'held', agent: 'a', agents: ['a', 'b'], given_by: { b: 'a' } })
  })

  test('a colleague who was asked and does not answer ends nothing, nor one at whom it rang as well', () => {
    const asked = [event('answered', 3, { agent: 'a' }), event('ringing', 22, { agent: 'b' })]
    const missed = [...asked, event('missed', 40, { agent: 'b' })]
    expect(foldCall(missed)).toMatchObject({ state: 'answered', result: null, agent: 'a', ended_at: null })
    expect(foldCall([...missed, event('ended', 90)])).toMatchObject({
      state: 'ended',
      result: 'answered',
      ended_at: at(90),
    })
  })

  test('what arrives late fills in, and opens nothing again', () => {
    const late = [event('ended', 60), event('ringing', 0, { from: '06 2222 4444' }), event('answered', 5)]
    expect(foldCall(late)).toMatchObject({
      state: 'ended',
      result: 'answered',
      from: '06 2222 4444',
      started_at: at(0),
    })
  })
})

const said = fc.record(
  {
    from: fc.constantFrom('+390622224444', 'anonymous'),
    agent: fc.constantFrom('a', 'b', 'c'),
    agents: fc.array(fc.constantFrom('a', 'b', 'c'), { maxLength: 3 }),
    queue: fc.constantFrom('Roma', 'Milano'),
    case_id: fc.constantFrom('9', '10'),
  },
  { requiredKeys: [] },
)
const anyEvents = fc.uniqueArray(
  fc.record({
    name: fc.string({ minLength: 1, maxLength: 4 }),
    kind: fc.constantFrom(...callEventKinds),
    at: fc.integer({ min: 0, max: 8 }).map(at),
    said,
  }),
  { minLength: 1, maxLength: 14, selector: ({ name }) => name },
)

test('any order of the same events makes the same call', () => {
  fc.assert(
    fc.property(
      anyEvents.chain((events) =>
        fc.tuple(fc.constant(events), fc.shuffledSubarray(events, { minLength: events.length })),
      ),
      ([events, shuffled]) => {
        expect(foldCall(shuffled)).toEqual(foldCall(events))
      },
    ),
    { numRuns: 2_000 },
  )
})

test('a call that ended stays so, whatever else is said of it', () => {
  fc.assert(
    fc.property(anyEvents, (events) => {
      const folded = foldCall([...events, { name: 'the end', kind: 'ended', at: at(9), said: {} }])
      expect([folded.state, folded.ended_at]).toEqual(['ended', at(9)])
      expect(folded.result).not.toBeNull()
    }),
  )
})

test('an event is known by its id, or by what it says', () => {
  const base = { provider: 'api', call_id: '1', event: 'answered' } as const
  expect(nameOfEvent({ ...base, event_id: 'e1', agent: 'a' })).toBe(
    nameOfEvent({ ...base, event_id: 'e1', agent: 'b' }),
  )
  expect(nameOfEvent({ ...base, at: '2026-11-25T10:00:00+01:00' })).toBe(
    nameOfEvent({ ...base, at: '2026-11-25T09:00:00Z' }),
  )
  expect(nameOfEvent({ ...base, agent: 'a' })).not.toBe(nameOfEvent({ ...base, agent: 'b' }))
  expect(nameOfEvent({ ...base, at: '2026-11-25T09:00:00Z' })).not.toBe(
    nameOfEvent({ ...base, at: '2026-11-25T09:00:01Z' }),
  )
})
