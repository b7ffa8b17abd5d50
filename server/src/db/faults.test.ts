import { execFileSync } from 'node:child_process'
import { chmod, mkdtemp, rm } from 'node:fs/promises'
import { connect, createServer, type Server, type Socket } from 'node:net'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { Client } from 'pg'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { type Clinic, openClinic, type Reply } from '../testing/harness.ts'
import { flawsOf } from '../testing/wire.ts'
import { readLock } from './embedded-process.ts'
import { type EmbeddedPostgres, startEmbeddedPostgres } from './embedded.ts'
import { migrate } from './migrate.ts'

// A PostgreSQL of its own, taken away in every way we know: each lookup is told so in time, and none is lied to.

let dataDir: string
let postgres: EmbeddedPostgres
let clinic: Clinic
let caseId: string

beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'clinicacrm-faults-'))
  await chmod(dataDir, 0o711)
  postgres = await start()
  await migrate(postgres.connection)
  clinic = await openClinic({ connection: postgres.connection })
  caseId = (await clinic.opens({ phone: '+39 06 2222 4444' })).id
})
beforeEach(() => works())
afterAll(async () => {
  await clinic?.close()
  await postgres?.stopNow()
  await rm(dataDir, { recursive: true, force: true })
})

const start = () => startEmbeddedPostgres({ dataDir, throwaway: true, supervise: false })
const lookup = (at = clinic) => at.lookup('+39 06 2222 4444', {}, { signal: AbortSignal.timeout(5_000) })
const write = (at = clinic) =>
  at.ask('POST', '/api/cases', {
    json: { first_name: 'Ada', last_name: 'Neri', phone: '06 1' },
    signal: AbortSignal.timeout(14_000),
  })

/** Good again without a restart; the machine may be busy, so with more time than the two seconds we promise. */
async function works(at = clinic) {
  await expect.poll(async () => (await lookup(at)).body.case_id, { timeout: 8_000, interval: 50 }).toBe(caseId)
}

/** Longer than the breaker waits before it lets somebody try. */
async function refusedForASecond() {
  for (let i = 0; i < 10; i++) {
    if ((await lookup()).status !== 503) return false
    await sleep(100)
  }
  return true
}

/** While it lasts, ten callers ask without pause: everyone is answered 503, in the guide's shape, and soon. */
async function expectRefusedInTime(at = clinic, forMs = 1_500) {
  const replies: { reply: Reply; ms: number }[] = []
  const until = performance.now() + forMs
  const call = async () => {
    while (performance.now() < until) {
      const startedAt = performance.now()
      const reply = await lookup(at)
      replies.push({ reply, ms: performance.now() - startedAt })
    }
  }
  await Promise.all(Array.from({ length: 10 }, call))
  for (const { reply } of replies) {
    expect([reply.status, reply.headers.get('retry-after')]).toEqual([503, '1'])
    expect(flawsOf({ ...reply, status: 499 })).toEqual([])
    expect(reply.body.error).toBe('Service temporarily unavailable')
  }
  // Promised are 500 ms; a test that shares two processors with others asks for less.
  expect(Math.max(...replies.map(({ ms }) => ms))).toBeLessThan(1_500)
  return replies.map(({ ms }) => ms).toSorted((a, b) => a - b)
}

describe('a database', () => {
  test('that was stopped, and comes back', async () => {
    await postgres.stopNow()
    await expectRefusedInTime()
    expect(await write()).toMatchObject({ status: 503, body: { error: 'Service temporarily unavailable' } })
    expect(await clinic.ask('GET', '/api/ready')).toMatchObject({ status: 503 })
    expect((await clinic.ask('GET', '/api/health')).status).toBe(200)
    postgres = await start()
    await works()
  })

  test('that died on the spot, and comes back', async () => {
    process.kill(postmaster(), 'SIGKILL')
    // Its sessions outlive it by a moment, and answer truly until they notice.
    await expect.poll(async () => (await lookup()).status, { interval: 5 }).toBe(503)
    await expectRefusedInTime()
    postgres = await start()
    await works()
  })

  test('that is frozen, and thaws', async () => {
    const pids = [postmaster(), ...childrenOf(postmaster())]
    for (const pid of pids) process.kill(pid, 'SIGSTOP')
    try {
      await expectRefusedInTime()
    } finally {
      for (const pid of pids) process.kill(pid, 'SIGCONT')
    }
    await works()
    expect((await write()).status).toBe(201)
  })

  test('whose sessions are all thrown out costs no caller anything', async () => {
    const client = await enter()
    for (let i = 0; i < 3; i++) {
      await client.query('select pg_terminate_backend(pid) from pg_stat_activity where application_name ~ $1', ['fast'])
      expect((await lookup()).status).toBe(200)
    }
    await client.end()
  })
})

describe('a table that somebody has locked', () => {
  let locker: Client
  const lock = async (table: string) => {
    locker = await enter()
    await locker.query(`begin; lock table ${table}`)
  }
  afterEach(() => locker.end())

  test.each(['phone_keys', 'cases'])('%s: the lookup says so, and is good again after', async (table) => {
    await lock(table)
    await expectRefusedInTime()
    await locker.query('rollback')
    await works()
  })

  test('api_keys: a key that was good is neither refused nor let in unseen', async () => {
    const { key } = await clinic.keyWith({ scopes: ['lookup:read'] })
    await lock('api_keys')
    const replies = []
    for (let i = 0; i < 10; i++) replies.push(await clinic.lookup('06 1', {}, { key }))
    expect(new Set(replies.map(({ status }) => status))).toEqual(new Set([503]))
    // One that was checked a moment ago goes on for as long as that is believed.
    await expect.poll(refusedForASecond, { timeout: 10_000 }).toBe(true)
    await expectRefusedInTime()
    await locker.query('rollback')
    await works()
    await expect.poll(async () => (await clinic.lookup('06 1', {}, { key })).status, { timeout: 5_000 }).toBe(404)
  })

  test('patients: a write is told so instead of waiting for ever', async () => {
    await lock('patients')
    expect(await write()).toMatchObject({ status: 503, body: { error: 'Service temporarily unavailable' } })
    await locker.query('rollback')
    expect((await write()).status).toBe(201)
  }, 25_000)

  test('access_events: lookups go on, and every disclosure is written when it can be', async () => {
    const count = async () => (await clinic.rows<{ n: number }>('select count(*)::int as n from access_events'))[0]!.n
    const before = await expectSettled(count)
    await lock('access_events')
    for (let i = 0; i < 20; i++) expect((await lookup()).status).toBe(200)
    await locker.query('rollback')
    await expect.poll(count, { timeout: 15_000 }).toBe(before + 20)
  }, 25_000)

  async function expectSettled(count: () => Promise<number>) {
    let last = -1
    await expect.poll(async () => last === (last = await count()), { interval: 400 }).toBe(true)
    return last
  }
})

describe('the way to a database', () => {
  let bridge: Awaited<ReturnType<typeof openBridge>>
  let far: Clinic
  beforeAll(async () => {
    bridge = await openBridge(postgres.connection)
    const connection = { ...postgres.connection, host: '127.0.0.1', port: bridge.port }
    far = await openClinic({ connection, clinics: [] })
  })
  afterAll(async () => {
    bridge.become('open')
    await far.close()
    bridge.close()
  })

  test.each(['silent', 'shut', 'cutting', 'slow'] as const)('that is %s, and opens again', async (way) => {
    await works(far)
    bridge.become(way)
    await expectRefusedInTime(far)
    bridge.become('open')
    await works(far)
  })
})

const enter = async () => {
  const client = new Client(postgres.connection)
  client.on('error', () => undefined)
  await client.connect()
  return client
}

const postmaster = () => readLock(join(postgres.dataDir, 'data/postmaster.pid'))?.pid ?? Number.NaN

const childrenOf = (pid: number) =>
  execFileSync('ps', ['-o', 'pid=', '--ppid', String(pid)], { encoding: 'utf8' })
    .trim()
    .split(/\s+/)
    .map(Number)

type Way = 'open' | 'silent' | 'shut' | 'cutting' | 'slow'

/** TCP in front of the database's socket: open, swallowing all, refusing, cutting in mid-answer, or seconds late. */
async function openBridge(to: { host: string; port: number }) {
  let way: Way = 'open'
  const sockets = new Set<Socket>()
  const server: Server = createServer((near) => {
    if (way === 'shut') return void near.destroy()
    const far = connect(join(to.host, `.s.PGSQL.${to.port}`))
    for (const [from, into] of [
      [near, far],
      [far, near],
    ] as const) {
      sockets.add(from)
      from.on('error', () => undefined)
      from.on('close', () => void (sockets.delete(from), into.destroy()))
      from.on('data', (chunk: Buffer) => pass(chunk, from, into))
    }
  })
  function pass(chunk: Buffer, from: Socket, into: Socket) {
    if (way === 'open') into.write(chunk)
    if (way === 'slow') setTimeout(() => into.writable && into.write(chunk), 2_000).unref()
    if (way === 'cutting') into.end(chunk.subarray(0, 5), () => from.destroy())
  }
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    port: (server.address() as AddressInfo).port,
    become(next: Way) {
      way = next
      // What was swallowed or delayed is gone for good: nothing sensible can be said on those connections any more.
      if (next === 'shut' || next === 'open') for (const socket of sockets) socket.destroy()
    },
    close: () => server.close(),
  }
}
