import { expect, test } from 'vitest'
import { createCourse } from './interaction.ts'

const call = { id: 'c-1', direction: 'Inbound', ani: 'tel:+393332224444', calledNumber: '+390655501000' }
const connected = { ...call, isConnected: true }
const over = { ...call, isDisconnected: true }

/** What is told of a course of the telephone’s events. */
const toldOf = (...seen: [string, object][]) => {
  const nextOf = createCourse()
  return seen.flatMap(([category, interaction]) => nextOf(category, interaction as typeof call)?.event ?? [])
}

test('rings, is taken, waits, goes on and ends: each once, however often it is shown', () => {
  const course: [string, object][] = [
    ['add', call],
    ['change', call],
    ['connect', connected],
    ['change', connected],
    ['change', { ...connected, held: true }],
    ['change', connected],
    ['change', { ...connected, state: 'HELD' }],
    ['change', connected],
    ['disconnect', over],
    ['deallocate', over],
  ]
  expect(toldOf(...course)).toEqual(['ringing', 'answered', 'held', 'resumed', 'held', 'resumed', 'ended'])
})

test('who let it pass may be offered it again, and that is another event than the first', () => {
  const nextOf = createCourse()
  const told = [call, over, call, connected, over].map((one) => nextOf('change', one))
  expect(told.map((event) => event?.event)).toEqual(['ringing', 'missed', 'ringing', 'answered', 'ended'])
  expect(told[0]?.event_id).toBeUndefined()
  expect(told[2]?.event_id).toBeTruthy()
})

test('a call given to a colleague does not end with who gave it', () => {
  for (const category of ['blindTransfer', 'consultTransfer', 'completeConsultTransfer'])
    expect(toldOf(['add', call], ['connect', connected], [category, connected], ['disconnect', over])).toEqual([
      'ringing',
      'answered',
    ])
})

test('chats, mails, messages and what has no id are nobody’s call', () => {
  for (const kind of ['isChat', 'isEmail', 'isMessage', 'isVoicemail'])
    expect(toldOf(['add', { ...call, [kind]: true }])).toEqual([])
  expect(toldOf(['add', {}])).toEqual([])
})

test('of a call out, who is called is the other side', () => {
  const out = {
    id: 'c-2',
    direction: 'Outbound',
    ani: '+390655501000',
    phone: 'tel:+393332224444',
    queueName: 'Uscita',
  }
  expect(createCourse()('add', out)).toEqual({
    provider: 'genesys-cloud',
    call_id: 'c-2',
    event: 'ringing',
    direction: 'outbound',
    from: '+390655501000',
    to: 'tel:+393332224444',
    queue: 'Uscita',
  })
})
