import type { CallView } from '@clinicacrm/contract/calls.ts'
import type { PopView } from '@clinicacrm/contract/pops.ts'
import { expect, test } from 'vitest'
import { cardsOf, clockOf, newCaseFor, phaseOf, secondsOf, waitingIn, wayOf, wishKey, withPop } from './pop-state.ts'

const me = '5'
const now = Date.parse('2025-07-11T10:00:00Z')
const before = (minutes: number) => new Date(now - minutes * 60_000).toISOString()

const callOf = (part: Partial<CallView>): CallView =>
  ({
    id: '1',
    state: 'ringing',
    result: null,
    direction: 'inbound',
    from: '+393471234567',
    phone: '+393471234567',
    match: 'one',
    agent_id: me,
    patient_id: null,
    case_id: null,
    clinic: null,
    channel: null,
    origin: null,
    campaign: null,
    started_at: before(1),
    ringing_at: before(1),
    answered_at: null,
    ended_at: null,
    wrap_up_owed: false,
    version: 1,
    ...part,
  }) as CallView

const popOf = (part: Partial<CallView> = {}, rest: Partial<PopView> = {}): PopView =>
  ({
    id: part.id ?? '1',
    call: callOf(part),
    callers: [],
    blocked: null,
    blocked_reason: null,
    transferred_by: null,
    created_at: before(1),
    dismissed_at: null,
    ...rest,
  }) as PopView

const owed = { state: 'ended', result: 'answered', wrap_up_owed: true, ended_at: before(2) } as const
const shownOf = (pop: PopView, wishes: [string, 'shown' | 'away'][] = []) =>
  cardsOf([pop], { myId: me, wishes: new Map(wishes), now }).map(({ phase }) => phase)

test('a call rings, is mine, or is a colleague’s', () => {
  expect(phaseOf(popOf(), me)).toBe('ringing')
  expect(phaseOf(popOf({ state: 'answered' }), me)).toBe('talking')
  expect(phaseOf(popOf({ state: 'held' }), me)).toBe('talking')
  expect(phaseOf(popOf({ state: 'answered', agent_id: '6' }), me)).toBe('over')
  expect(phaseOf(popOf({ state: 'answered', agent_id: '6' }, { transferred_by: 'Giulia' }), me)).toBe('ringing')
  expect(phaseOf(popOf({ state: 'ended', result: 'missed' }), me)).toBe('missed')
  expect(phaseOf(popOf(owed), me)).toBe('owed')
  expect(phaseOf(popOf({ ...owed, wrap_up_owed: false }), me)).toBe('over')
})

test('the card leaves when a colleague answers, or nobody does', () => {
  expect(shownOf(popOf())).toEqual(['ringing'])
  expect(shownOf(popOf({ state: 'answered', agent_id: '6' }))).toEqual([])
  expect(shownOf(popOf({ state: 'ended', result: 'missed' }))).toEqual([])
})

test('a card put away stays away, and comes back for the wrap-up', () => {
  const away = [wishKey('1', 'ringing'), 'away'] as [string, 'away']
  expect(shownOf(popOf(), [away])).toEqual([])
  expect(shownOf(popOf({ state: 'answered' }), [away])).toEqual([])
  expect(shownOf(popOf(owed, { dismissed_at: before(3) }), [away])).toEqual(['owed'])
  expect(shownOf(popOf(owed, { dismissed_at: before(1) }))).toEqual([])
})

test('a wrap-up opens by itself soon after the call, later only when it is asked for', () => {
  const old = popOf({ ...owed, ended_at: before(60) })
  expect(shownOf(old)).toEqual([])
  expect(shownOf(old, [[wishKey('1', 'owed'), 'shown']])).toEqual(['owed'])
})

test('a wrap-up makes room for a newer call, unless somebody is at it', () => {
  const [rings, over] = [popOf({ id: '2' }), popOf(owed)]
  const shown = (wishes: [string, 'shown'][]) =>
    cardsOf([rings, over], { myId: me, wishes: new Map(wishes), now }).map(({ pop }) => pop.id)
  expect(shown([])).toEqual(['2'])
  expect(shown([[wishKey('1', 'owed'), 'shown']])).toEqual(['2', '1'])
})

test('what rings for ten minutes is no longer believed', () => {
  expect(shownOf(popOf({}, { created_at: before(11) }))).toEqual([])
})

test('the tray counts what lasts, what was missed and what is owed', () => {
  const pops = [popOf(), popOf({ id: '2', ...owed }), popOf({ id: '3', state: 'ended', result: 'missed' })]
  const waiting = waitingIn([...pops, popOf({ id: '4', state: 'answered', agent_id: '6' })], me)
  expect([waiting.live, waiting.owed, waiting.missed].map((list) => list.map(({ id }) => id))).toEqual([
    ['1'],
    ['2'],
    ['3'],
  ])
  expect(waiting.count).toBe(3)
})

test('an answer that comes late does not undo a newer one', () => {
  const newer = popOf({ version: 3, state: 'answered' })
  expect(withPop([newer], popOf({ version: 2 }))[0]).toBe(newer)
  expect(withPop([newer], popOf({ id: '2' })).map(({ id }) => id)).toEqual(['2', '1'])
})

test('a call leads to its case, to a new one, or asks who it is', () => {
  expect(wayOf(callOf({ case_id: '9' }))).toEqual({ to: 'case', id: '9' })
  expect(wayOf(callOf({ match: 'many' }))).toBeNull()
  expect(wayOf(callOf({ match: 'withheld', phone: null, from: 'anonymous' }))).toBeNull()
  expect(wayOf(callOf({ match: 'none', clinic: 'Roma', channel: 'PHONE', campaign: 'SMILE' }))).toEqual({
    to: 'new_case',
    search: { call_id: '1', phone: '+393471234567', clinic: 'Roma', channel: 'PHONE', campaign: 'SMILE' },
  })
  expect(newCaseFor(callOf({ match: 'withheld', phone: null, from: 'anonymous' }))).toEqual({
    to: 'new_case',
    search: { call_id: '1' },
  })
})

test('the timer counts the ringing, then the talking', () => {
  expect(secondsOf(callOf({}), now)).toBe(60)
  expect(secondsOf(callOf({ state: 'answered', answered_at: before(0.5) }), now)).toBe(30)
  expect([4, 750, 3723].map(clockOf)).toEqual(['0:04', '12:30', '1:02:03'])
})
