import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { type Clinic, openClinic, type SignedIn } from '../testing/harness.ts'
import { type Delivering, delivering, queue, queued, webhookTo } from '../testing/hooked.ts'
import { cleanUpPrograms, dataFolder, startProgram } from '../testing/program.ts'
import { openReceiver, type Receiver } from '../testing/receiver.ts'

let clinic: Clinic
let owner: SignedIn
let receivers: Receiver[]
let running: Delivering[] = []
/** A busy machine takes its time. */
const soon = { timeout: 10_000 }
const secret = 'a secret of the tests, as long as any'
beforeAll(async () => {
  clinic = await openClinic({ env: { OUTGOING_ALLOWED_HOSTS: '127.0.0.1', AUTH_SECRET: secret } })
  owner = await clinic.signsIn('owner')
})
afterAll(async () => {
  await cleanUpPrograms([])
  await clinic.close()
})
beforeEach(async () => {
  receivers = [await openReceiver(), await openReceiver()]
})
afterEach(async () => {
  for (const receiver of receivers) receiver.answers(() => ({ status: 204 }))
  await Promise.all(running.map((one) => one.stop()))
  running = []
  await Promise.all(receivers.map((one) => one.close()))
  await clinic.rows('delete from webhooks')
})

function starts(...args: Parameters<typeof delivering> extends [unknown, ...infer Rest] ? Rest : never): Delivering {
  const one = delivering(clinic, ...args)
  running.push(one)
  return one
}
const count = async (webhookId: string, state: string) =>
  (await queued(clinic, webhookId)).filter((one) => one.state === state).length

/** The program itself, on the same database. */
function serves() {
  const { host, port, user, password, database } = clinic.connection
  return startProgram(['serve'], {
    DATABASE_URL: `postgres://${user}:${String(password)}@/${database}?host=${encodeURIComponent(host ?? '')}&port=${port}`,
    DATA_DIR: dataFolder(),
    AUTH_SECRET: secret,
    OUTGOING_ALLOWED_HOSTS: '127.0.0.1',
    PUBLIC_URL: 'https://crm.example',
  })
}

test('two processes at once send each of five hundred once', async () => {
  const [receiver] = receivers as [Receiver, Receiver]
  const { id } = await webhookTo(owner, receiver)
  await queue(clinic, id, 500)
  starts({ leaseMs: 30_000 })
  starts({ leaseMs: 30_000 })
  await expect.poll(() => count(id, 'delivered'), { timeout: 14_000 }).toBe(500)
  const ids = receiver.received.map(({ headers }) => headers['webhook-id'])
  expect([ids.length, new Set(ids).size]).toEqual([500, 500])
})

test('a slow receiver holds up nobody, and gets no more at once than its share', async () => {
  const [slow, quick] = receivers as [Receiver, Receiver]
  const [toSlow, toQuick] = [await webhookTo(owner, slow), await webhookTo(owner, quick)]
  let [now, most] = [0, 0]
  slow.answers(async () => {
    most = Math.max(most, ++now)
    await sleep(400)
    now--
    return { status: 200 }
  })
  await queue(clinic, toSlow.id, 500)
  await queue(clinic, toQuick.id, 200)
  starts({ attemptMs: 5_000, leaseMs: 30_000, perWebhook: 4 })
  await expect.poll(() => count(toQuick.id, 'delivered'), { timeout: 12_000 }).toBe(200)
  expect(await count(toSlow.id, 'delivered')).toBeLessThan(300)
  expect(most).toBe(4)
})

test('what was on its way when a process was killed is sent again', async () => {
  const [receiver] = receivers as [Receiver, Receiver]
  const { id } = await webhookTo(owner, receiver)
  receiver.answers(() => 'never')
  const program = await serves()
  await clinic.opens()
  await expect.poll(() => receiver.received.length, soon).toBe(1)
  program.kill('SIGKILL')
  await program.ended
  starts()
  await sleep(150)
  // Nobody else touches it until the lease ends.
  expect(receiver.received.length).toBe(1)
  expect(await queued(clinic, id)).toMatchObject([{ state: 'pending', attempts: 1, last_error: null }])
  receiver.answers(() => ({ status: 200 }))
  await clinic.rows(`update webhook_deliveries set next_at = next_at - interval '1 minute'`)
  await expect.poll(() => count(id, 'delivered'), soon).toBe(1)
  const [first, second] = receiver.received.map(({ headers }) => headers['webhook-id'])
  expect(second).toBe(first)
}, 40_000)

test('a process that is told to stop waits for what is on its way, and takes nothing new', async () => {
  const [receiver] = receivers as [Receiver, Receiver]
  const { id } = await webhookTo(owner, receiver)
  receiver.answers(async () => {
    await sleep(700)
    return { status: 200 }
  })
  await queue(clinic, id, 50)
  const program = await serves()
  await expect.poll(() => receiver.received.length, soon).toBeGreaterThan(0)
  program.kill('SIGTERM')
  expect(await program.ended).toBe(0)
  const sent = receiver.received.length
  expect(sent).toBeLessThan(50)
  expect([await count(id, 'delivered'), await count(id, 'pending')]).toEqual([sent, 50 - sent])
  const untouched = (await queued(clinic, id)).filter(({ state }) => state === 'pending')
  expect(untouched.every(({ attempts }) => attempts === 0)).toBe(true)
}, 40_000)

test('a process that lost its place leaves what another took meanwhile alone', async () => {
  const [receiver] = receivers as [Receiver, Receiver]
  const { id } = await webhookTo(owner, receiver)
  const { promise: held, resolve: release } = Promise.withResolvers<void>()
  receiver.answers(async (nth) => {
    if (nth === 0) await held
    return { status: nth === 0 ? 500 : 200 }
  })
  await queue(clinic, id, 1)
  starts({ attemptMs: 5_000, leaseMs: 100 })
  await expect.poll(() => count(id, 'delivered'), soon).toBe(1)
  release()
  await sleep(100)
  expect(await queued(clinic, id)).toMatchObject([{ state: 'delivered', last_status: 200 }])
})
