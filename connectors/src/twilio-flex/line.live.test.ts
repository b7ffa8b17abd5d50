import { createHmac } from 'node:crypto'
import { beforeAll, describe, expect, test } from 'vitest'
import { type Administrator, openAdministrator } from '../../testing/administrator.ts'

const auth_token = 'the-auth-token-of-twilio'
const agent = 'giulia.ferri@clinicacrm.example'

let owner: Administrator
let line: { id: string; url: string }

beforeAll(async () => {
  owner = await openAdministrator()
  const settings = { auth_token }
  line = await owner.ask('POST', '/api/telephony/lines', { connector: 'twilio-flex', name: 'TaskRouter', settings })
})

/** As TaskRouter sends it: a form, signed with the address it was told. */
function send(fields: Record<string, string>, { token = auth_token, url = line.url } = {}) {
  const signed =
    url +
    Object.keys(fields)
      .sort()
      .map((name) => name + fields[name])
      .join('')
  const signature = createHmac('sha1', token).update(signed).digest('base64')
  const headers = { 'x-twilio-signature': signature }
  return fetch(line.url, { method: 'POST', headers, body: new URLSearchParams(fields) })
}

let tasks = 0
/** A task of one call; whatever happens to it next. */
function openTask(attributes: Record<string, string>, start = Date.now() - 100_000) {
  const call_sid = `CAline${++tasks}`
  const task = {
    TaskSid: `WTline${tasks}`,
    TaskChannelUniqueName: 'voice',
    TaskQueueName: 'Accoglienza',
    TaskAttributes: JSON.stringify({ direction: 'inbound', called: '+390655550100', call_sid, ...attributes }),
  }
  const worker = { WorkerName: 'giulia', WorkerAttributes: JSON.stringify({ email: agent }) }
  return async (EventType: string, seconds: number, more: Record<string, string> = {}) => {
    const reservation = EventType.startsWith('reservation.') ? { ReservationSid: `WRline${tasks}`, ...worker } : {}
    const TimestampMs = String(start + seconds * 1000)
    const response = await send({ EventType, ...task, ...reservation, TimestampMs, ...more })
    // What TaskRouter asks for within 15 seconds.
    expect([response.status, await response.text()]).toEqual([204, ''])
    return call_sid
  }
}

const callOf = async (id: string) => {
  const { calls } = await owner.ask<{ calls: Record<string, unknown>[] }>(
    'GET',
    '/api/calls?provider=twilio-flex&limit=200',
  )
  return calls.find(({ call_id }) => call_id === id)
}

describe('TaskRouter tells', () => {
  test('of a call that waits, rings, is answered and ends: one call of this caller', async () => {
    const tell = openTask({ from: '+393332224444' })
    await tell('task.created', 0)
    await tell('workflow.entered', 0)
    await tell('task-queue.entered', 0)
    await tell('reservation.created', 8)
    await tell('reservation.accepted', 12)
    await tell('reservation.wrapup', 90)
    const id = await tell('task.wrapup', 90)
    await tell('task.completed', 99)
    expect(await callOf(id)).toMatchObject({
      state: 'ended',
      result: 'answered',
      match: 'one',
      case_id: '9',
      queue: 'Accoglienza',
      agent: 'Giulia Ferri',
      wait_seconds: 12,
      talk_seconds: 78,
    })
  })

  test('of somebody who hung up in the queue: they wait to be called back', async () => {
    const tell = openTask({ from: '+393475550142' })
    await tell('task.created', 0)
    const id = await tell('task.canceled', 30, { TaskCanceledReason: 'hangup' })
    expect(await callOf(id)).toMatchObject({ state: 'ended', result: 'missed', reason: 'hangup', match: 'none' })
    const { callbacks } = await owner.ask<{ callbacks: { phone: string }[] }>('GET', '/api/callbacks?limit=200')
    expect(callbacks.map(({ phone }) => phone)).toContain('+393475550142')
  })

  test('that an agent let it ring, and the next one took it', async () => {
    const tell = openTask({ from: '+393332224444' })
    await tell('reservation.created', 0)
    await tell('reservation.timeout', 20)
    const other = { ReservationSid: 'WRnext', WorkerAttributes: '{"email":"marco.bellini@clinicacrm.example"}' }
    await tell('reservation.created', 21, other)
    const id = await tell('reservation.accepted', 25, other)
    expect(await callOf(id)).toMatchObject({ state: 'answered', agent: 'Marco Bellini' })
    await tell('task.completed', 60)
  })

  test.each([
    ['withheld', { from: '+266696687' }, { match: 'withheld' }],
    ['unknown', { from: '+391234567890' }, { match: 'none' }],
    ['of a number that people share', { from: '+390622224444' }, { match: 'many' }],
    [
      'outbound',
      { direction: 'outbound', from: '+390655550100', outbound_to: '+393332224444' },
      { direction: 'outbound', case_id: '9' },
    ],
  ])('of a caller %s', async (_kind, attributes, wanted) => {
    const tell = openTask(attributes)
    const id = await tell('reservation.created', 0)
    const call = await callOf('direction' in attributes ? `WTline${tasks}` : id)
    expect(call).toMatchObject(wanted)
    await tell('task.completed', 10)
  })
})

test('what Twilio did not sign for this very address is refused', async () => {
  const fields = { EventType: 'reservation.created', TaskSid: 'WTforged', TaskChannelUniqueName: 'voice' }
  expect((await send(fields, { token: 'another' })).status).toBe(403)
  expect((await send(fields, { url: `${line.url}x` })).status).toBe(403)
  expect((await fetch(line.url, { method: 'POST', body: new URLSearchParams(fields) })).status).toBe(403)
  expect(await callOf('WTforged')).toBeUndefined()
})

test('what could not be read is said to who administers, not to TaskRouter', async () => {
  const fields = { EventType: 'task.created', TaskSid: 'WT', TaskChannelUniqueName: 'voice', TaskAttributes: '{' }
  expect((await send(fields)).status).toBe(204)
  const { health } = await owner.ask<{ health: { last_error: string } }>('GET', '/api/connectors/twilio-flex')
  expect(health.last_error).toContain('TaskAttributes: must be JSON, an object')
})

test('the Auth Token is kept, and told to nobody', async () => {
  const lines = JSON.stringify(await owner.ask('GET', '/api/telephony/lines'))
  expect(lines).toContain('TaskRouter')
  expect(lines).not.toContain(auth_token)
})

test('a call can be tried from the settings', async () => {
  const reply = await owner.ask<{ match: string; sent: string }>('POST', '/api/connectors/twilio-flex/test-call', {
    from: '+39 333 222 4444',
  })
  expect(reply).toMatchObject({ match: 'one', case_id: '9' })
  expect(new URLSearchParams(reply.sent).get('EventType')).toBe('reservation.created')
})
