import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { createServer } from 'node:net'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { type Clinic, openClinic } from '../testing/harness.ts'

// One count for several processes, kept by a real Redis; and what happens when that is gone or frozen.

const hasRedis = spawnSync('redis-server', ['--version']).status === 0
if (!hasRedis)
  process.stderr.write('SKIPPED, as there is no redis-server on PATH: the shared rate limit is untested.\n')

describe.skipIf(!hasRedis)('with REDIS_URL', () => {
  let port: number
  let redis: ChildProcess
  let one: Clinic
  let two: Clinic
  beforeAll(async () => {
    port = await freePort()
    redis = await startRedis(port)
    const env = { REDIS_URL: `redis://127.0.0.1:${port}` }
    one = await openClinic({ env })
    two = await openClinic({ env, connection: one.connection, clinics: [] })
    for (const clinic of [one, two]) await vi.waitUntil(() => isSharing(clinic), 10_000)
  })
  afterAll(async () => {
    await two?.close()
    await one?.close()
    redis?.kill('SIGKILL')
  })

  test('two processes share one count, exactly', async () => {
    // A machine that does much else may be slower than the limiter's patience; then this process limits alone, and says so.
    const round = async () => {
      const before = await fallbacks(one, two)
      const key = await keyOf(40)
      const statuses = await Promise.all(
        Array.from({ length: 10 }, async (_, i) => {
          const own = []
          for (let n = 0; n < 12; n++) own.push(await wasCounted(key, i % 2 ? one : two))
          return own
        }),
      )
      const allowed = statuses.flat().filter(Boolean).length
      return (await fallbacks(one, two)) === before ? allowed : 'not shared'
    }
    let allowed = await round()
    for (let tries = 1; allowed === 'not shared' && tries < 8; tries++) allowed = await round()
    expect(allowed).toBe(40)
  })

  test('a count goes on in a process that starts later', async () => {
    const key = await keyOf(3)
    for (let i = 0; i < 3; i++) expect(await statusWith(key, one)).toBe(answered)
    expect(await statusWith(key, two)).toBe(429)
  })

  test('a frozen Redis delays no lookup by much, and the limit still holds', async () => {
    const key = await keyOf(10)
    redis.kill('SIGSTOP')
    const before = await fallbacks(one)
    const statuses = []
    let slowest = 0
    for (let i = 0; i < 15; i++) {
      const startedAt = performance.now()
      statuses.push(await statusWith(key, one))
      slowest = Math.max(slowest, performance.now() - startedAt)
    }
    redis.kill('SIGCONT')
    expect(statuses).toEqual([...Array(10).fill(answered), ...Array(5).fill(429)])
    expect(await fallbacks(one)).toBe(before + 15)
    expect(slowest).toBeLessThan(1_000)
    await expect.poll(() => isSharing(one), { timeout: 10_000 }).toBe(true)
  })

  test('a Redis that is gone is missed in the metrics only, and taken up again when it is back', async () => {
    const key = await keyOf(5)
    redis.kill('SIGKILL')
    await once(redis, 'exit')
    const before = await fallbacks(one)
    const statuses = []
    for (let i = 0; i < 8; i++) statuses.push(await statusWith(key, one))
    expect(statuses).toEqual([...Array(5).fill(answered), ...Array(3).fill(429)])
    expect(await fallbacks(one)).toBe(before + 8)
    redis = await startRedis(port)
    await expect.poll(() => isSharing(one), { timeout: 10_000 }).toBe(true)
  })

  const answered = 404
  const keyOf = async (limit_per_minute: number) =>
    (await one.keyWith({ scopes: ['lookup:read'], limit_per_minute })).key
  const statusWith = async (key: string, at: Clinic) => (await at.lookup('06 1234567', {}, { key })).status

  /** Whether a request came past the limit; what was shed before it counts as little as what it refused. */
  async function wasCounted(key: string, at: Clinic) {
    const { status, headers } = await at.lookup('06 1234567', {}, { key })
    return status !== 429 && headers.has('ratelimit')
  }

  async function isSharing(clinic: Clinic) {
    const before = await fallbacks(clinic)
    await clinic.lookup('06 1234567')
    return (await fallbacks(clinic)) === before
  }
})

test('a Redis that never was there stops nothing', async () => {
  const clinic = await openClinic({ env: { REDIS_URL: `redis://127.0.0.1:${await freePort()}` } })
  const { key } = await clinic.keyWith({ scopes: ['lookup:read'], limit_per_minute: 2 })
  const statuses = []
  for (let i = 0; i < 3; i++) statuses.push((await clinic.lookup('06 1234567', {}, { key })).status)
  expect(statuses).toEqual([404, 404, 429])
  expect(await fallbacks(clinic)).toBe(3)
  await clinic.close()
})

async function fallbacks(...clinics: Clinic[]) {
  const texts = await Promise.all(clinics.map(async (clinic) => (await fetch(`${clinic.url}/api/metrics`)).text()))
  return texts.reduce((sum, text) => sum + Number(/^clinicacrm_limiter_fallback_total (\d+)$/m.exec(text)?.[1]), 0)
}

async function freePort() {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  server.close()
  return port
}

async function startRedis(port: number) {
  const settings = ['--port', String(port), '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no']
  const child = spawn('redis-server', settings, { stdio: ['ignore', 'pipe', 'inherit'] })
  for await (const chunk of child.stdout) if (String(chunk).includes('Ready to accept connections')) break
  return child
}
