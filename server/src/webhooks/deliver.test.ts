import type { DeliveryView } from '@clinicacrm/contract/webhooks.ts'
import { Webhook } from 'standardwebhooks'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { type Clinic, openClinic, type SignedIn } from '../testing/harness.ts'
import { type Delivering, delivering, queue, queued, webhookTo } from '../testing/hooked.ts'
import { openReceiver, type Received, type Receiver } from '../testing/receiver.ts'
import { retryAfterMs } from './deliver.ts'

let clinic: Clinic
let owner: SignedIn
let receiver: Receiver
let running: Delivering[] = []
/** A busy machine takes its time. */
const soon = { timeout: 8_000 }
beforeAll(async () => {
  clinic = await openClinic({ env: { OUTGOING_ALLOWED_HOSTS: '127.0.0.1' } })
  owner = await clinic.signsIn('owner')
})
afterAll(() => clinic.close())
beforeEach(async () => {
  receiver = await openReceiver()
})
afterEach(async () => {
  await Promise.all(running.map((one) => one.stop()))
  running = []
  await receiver.close()
  await clinic.rows('delete from webhooks')
})

function starts(...args: Parameters<typeof delivering> extends [unknown, ...infer Rest] ? Rest : never): Delivering {
  const one = delivering(clinic, ...args)
  running.push(one)
  return one
}
const states = async (webhookId?: string) => (await queued(clinic, webhookId)).map(({ state }) => state)
const webhook = async (id: string) => {
  const { body } = await owner.ask('GET', '/api/webhooks')
  return body.webhooks.find((one: { id: string }) => one.id === id)
}
/** As a receiver does it, by the library of the standard. */
const verified = ({ body, headers }: Received, secret: string) =>
  new Webhook(secret).verify(body, headers as Record<string, string>) as { type: string; data: Record<string, unknown> }
describe('a delivery', () => {
  test('arrives soon after the change, signed as the standard’s own library wants it', async () => {
    const { id, secret } = await webhookTo(owner, receiver)
    starts({ pollMs: 60_000 })
    const kase = await clinic.opens()
    await expect.poll(() => receiver.received.length, soon).toBe(1)
    const [got] = receiver.received
    expect(verified(got!, secret)).toMatchObject({
      type: 'case.created',
      actor: 'system',
      data: { case_id: kase.id, patient_id: kase.patient_id },
    })
    const { headers, path } = got!
    expect(path).toBe('/hooks')
    expect(headers).toMatchObject({
      'content-type': 'application/json',
      'user-agent': expect.stringMatching(/^ClinicaCRM/),
    })
    expect(JSON.parse(got!.body).id).toBe(headers['webhook-id'])
    await expect.poll(() => states(), soon).toEqual(['delivered'])
    expect(await webhook(id)).toMatchObject({ pending: 0, dead: 0, last_delivered_at: expect.any(String) })
    const other = new Webhook('whsec_' + Buffer.alloc(32).toString('base64'))
    expect(() => other.verify(got!.body, headers as Record<string, string>)).toThrow('No matching signature')
  })

  test('is signed by both secrets after a rotation, and by the new one alone once the overlap is over', async () => {
    const { id, secret: first } = await webhookTo(owner, receiver)
    const rotated = await owner.ask('POST', `/api/webhooks/${id}/rotate`, { json: { overlap_hours: 1 } })
    const second = rotated.body.secret as string
    expect(second).not.toBe(first)
    starts()
    await clinic.opens()
    await expect.poll(() => receiver.received.length, soon).toBe(1)
    for (const secret of [first, second]) expect(verified(receiver.received[0]!, secret).type).toBe('case.created')
    await clinic.rows(`update webhooks set previous_valid_until = now() - interval '1 second'`)
    await clinic.opens()
    await expect.poll(() => receiver.received.length, soon).toBe(2)
    expect(verified(receiver.received[1]!, second).type).toBe('case.created')
    expect(() => verified(receiver.received[1]!, first)).toThrow('No matching signature')
    const at_once = await owner.ask('POST', `/api/webhooks/${id}/rotate`, { json: { overlap_hours: 0 } })
    expect(at_once.body.previous_valid_until).toBeNull()
  })

  test('that is refused is tried again with the same id, until it is taken', async () => {
    await webhookTo(owner, receiver)
    const said = [
      { status: 500, body: 'not\0 yet\n' },
      { status: 429 },
      { status: 302, headers: { location: '/else' } },
    ]
    receiver.answers((nth) => said[nth] ?? { status: 200 })
    starts()
    await clinic.opens()
    await expect.poll(() => states(), soon).toEqual(['delivered'])
    expect(receiver.received.map(({ path }) => path)).toEqual(['/hooks', '/hooks', '/hooks', '/hooks'])
    expect(new Set(receiver.received.map(({ headers }) => headers['webhook-id'])).size).toBe(1)
    expect(await queued(clinic)).toMatchObject([{ attempts: 4, last_status: 200, last_error: null }])
  })

  test('waits for as long as a busy receiver asks', async () => {
    const { id } = await webhookTo(owner, receiver)
    receiver.answers(() => ({ status: 503, headers: { 'retry-after': '3600' }, body: 'busy' }))
    starts()
    await clinic.opens()
    await expect.poll(async () => (await queued(clinic))[0]?.last_status, soon).toBe(503)
    const { body } = await owner.ask('GET', `/api/webhooks/${id}/deliveries`)
    const [one] = body.deliveries as DeliveryView[]
    expect(Date.parse(one!.next_at!) - Date.now()).toBeGreaterThan(3_500_000)
    expect(one).toMatchObject({ state: 'pending', attempts: 1, last_error: 'busy' })
    expect(await webhook(id)).toMatchObject({ pending: 1, failing: 1, active: true })
  })

  test('nobody answers in time, or nobody is there: it says which', async () => {
    const closed = await openReceiver()
    await closed.close()
    const [slow, gone] = [await webhookTo(owner, receiver), await webhookTo(owner, closed)]
    receiver.answers(() => 'never')
    starts({ attemptMs: 100, schedule: [60_000] })
    await clinic.opens()
    const errorOf = async (id: string) => (await queued(clinic, id))[0]?.last_error
    await expect.poll(() => errorOf(slow.id), soon).toBe('timeout')
    await expect.poll(() => errorOf(gone.id), soon).toBe('connection: ECONNREFUSED')
  })

  test('to an address that is no longer allowed does not leave', async () => {
    const { id } = await webhookTo(owner, receiver)
    await clinic.rows(`update webhooks set url = 'https://169.254.169.254/latest' where id = $1`, [id])
    starts()
    await clinic.opens()
    await expect.poll(async () => (await queued(clinic))[0]?.last_error, soon).toBe('address')
  })

  test('that cannot be signed says so', async () => {
    const { id } = await webhookTo(owner, receiver)
    await clinic.rows(`update webhooks set secret = 'sealed:1:AAAA' where id = $1`, [id])
    starts()
    await clinic.opens()
    await expect.poll(async () => (await queued(clinic))[0]?.last_error, soon).toBe('secret')
    expect(receiver.received).toEqual([])
  })
})

test('the schedule tries for a bit over three days', () => {
  const hours = retryAfterMs.reduce((sum, ms) => sum + ms, 0) / 3_600_000
  expect([retryAfterMs.length, Math.floor(hours)]).toEqual([9, 75])
})

describe('who does not take anything', () => {
  test('is stopped when the first has been tried to its end; the rest waits until it goes on', async () => {
    const { id } = await webhookTo(owner, receiver)
    receiver.answers(() => ({ status: 500, body: 'broken' }))
    starts({ schedule: [10, 10] })
    await clinic.opens()
    await expect.poll(() => states(), soon).toEqual(['dead'])
    await expect.poll(async () => (await webhook(id)).active, soon).toBe(false)
    expect(await webhook(id)).toMatchObject({ stopped_because: 'failing', dead: 1 })
    expect(receiver.received.length).toBe(3)
    await clinic.opens()
    expect(await states()).toEqual(['dead'])
    receiver.answers(() => ({ status: 200 }))
    await owner.ask('PATCH', `/api/webhooks/${id}`, { json: { active: true } })
    expect((await owner.ask('POST', `/api/webhooks/${id}/replay`)).body).toEqual({ count: 1 })
    await expect.poll(() => states(), soon).toEqual(['delivered'])
    expect(new Set(receiver.received.map(({ headers }) => headers['webhook-id'])).size).toBe(1)
    expect(await clinic.rows(`select actor, changes from audit_events where action = 'webhook.stopped'`)).toMatchObject(
      [{ actor: 'system', changes: { stopped_because: { to: 'failing' } } }],
    )
  })

  test('goes on while it takes anything at all', async () => {
    const { id } = await webhookTo(owner, receiver, { events: ['case.created', 'patient.created'] })
    receiver.answers((_, { body }) => ({ status: body.includes('patient.created') ? 400 : 200 }))
    starts({ schedule: [30] })
    await clinic.opens()
    await expect.poll(async () => (await states()).toSorted(), soon).toEqual(['dead', 'delivered'])
    expect(await webhook(id)).toMatchObject({ active: true, dead: 1, stopped_because: null })
  })

  test('and says that it is gone is never asked again', async () => {
    const { id } = await webhookTo(owner, receiver)
    receiver.answers(() => ({ status: 410 }))
    starts()
    await queue(clinic, id, 1)
    await expect.poll(() => states(), soon).toEqual(['dead'])
    expect(await webhook(id)).toMatchObject({ active: false, stopped_because: 'gone' })
    expect(receiver.received.length).toBe(1)
  })
})

describe('a test event', () => {
  test('is sent once, also to a webhook that is stopped, and stops nothing', async () => {
    const { id, secret } = await webhookTo(owner, receiver, { active: false })
    starts()
    const { status, body } = await owner.ask('POST', `/api/webhooks/${id}/test`)
    expect([status, body.type, body.state]).toEqual([201, 'webhook.test', 'pending'])
    await expect.poll(() => states(), soon).toEqual(['delivered'])
    expect(verified(receiver.received[0]!, secret)).toMatchObject({ type: 'webhook.test', data: { webhook_id: id } })
    receiver.answers(() => ({ status: 500 }))
    await owner.ask('PATCH', `/api/webhooks/${id}`, { json: { active: true } })
    await owner.ask('POST', `/api/webhooks/${id}/test`)
    await expect.poll(() => states(), soon).toEqual(['delivered', 'dead'])
    expect(await webhook(id)).toMatchObject({ active: true, dead: 0 })
    expect((await owner.ask('POST', `/api/webhooks/${id}/replay`)).body).toEqual({ count: 0 })
  })
})

describe('deliveries', () => {
  test('are listed in pages, the newest first, by state and type, each with what was sent', async () => {
    const { id } = await webhookTo(owner, receiver)
    await queue(clinic, id, 5)
    await clinic.rows(`update webhook_deliveries set state = 'dead' where id % 2 = 0`)
    const ask = async (query: string) => (await owner.ask('GET', `/api/webhooks/${id}/deliveries?${query}`)).body
    const ids = (await queued(clinic)).map((one) => one.id).toReversed()
    const first = await ask('limit=3')
    expect(first.deliveries.map((one: DeliveryView) => one.id)).toEqual(ids.slice(0, 3))
    const rest = await ask(`limit=3&cursor=${first.next_cursor}`)
    expect(rest.deliveries.map((one: DeliveryView) => one.id)).toEqual(ids.slice(3))
    expect(rest.next_cursor).toBeNull()
    const dead = await ask('state=dead')
    expect(dead.deliveries.length).toBeGreaterThan(0)
    expect(dead.deliveries.every((one: DeliveryView) => one.state === 'dead' && one.next_at === null)).toBe(true)
    expect((await ask('type=note.added')).deliveries).toEqual([])
    expect((await ask('cursor=x')).code).toBe('invalid_request')
    const { body } = await owner.ask('GET', `/api/webhooks/${id}/deliveries/${ids[0]}`)
    expect(body.payload).toMatchObject({ type: 'case.created', id: body.event_id })
  })

  test('that were taken can be sent once more', async () => {
    const { id } = await webhookTo(owner, receiver)
    starts()
    await clinic.opens()
    await expect.poll(() => states(), soon).toEqual(['delivered'])
    const [one] = await queued(clinic)
    const replay = await owner.ask('POST', `/api/webhooks/${id}/deliveries/${one!.id}/replay`)
    expect(replay.body).toMatchObject({ state: 'pending', attempts: 0 })
    await expect.poll(() => receiver.received.length, soon).toBe(2)
    const [first, second] = receiver.received.map(({ headers }) => headers['webhook-id'])
    expect(second).toBe(first)
  })
})
