import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Clinic, openClinic } from '../testing/harness.ts'
import { asPeer } from '../testing/wire.ts'

let clinic: Clinic
beforeAll(async () => {
  clinic = await openClinic()
})
afterAll(() => clinic.close())

const lookups = { scopes: ['lookup:read' as const] }
const answered = 404
const statusWith = async (key: string) => (await clinic.lookup('06 1234567', {}, { key })).status

/** As a peer of this address would see it. */
async function from(remoteAddress: string, key: string) {
  const asked = { url: '/api/lookup?phone=061234567', headers: { 'x-api-key': key }, remoteAddress }
  return (await asPeer(clinic.app, asked)).status
}

describe('how often a key may be used', () => {
  test('is exact: 1000 requests at once over 20 keys with a limit of 30', async () => {
    const made = Array.from({ length: 20 }, () => clinic.keyWith({ ...lookups, limit_per_minute: 30 }))
    const keys = (await Promise.all(made)).map(({ key }) => key)
    const asked = Array.from({ length: 1_000 }, (_, i) => keys[i % 20]!).map(async (key) => [
      key,
      await statusWith(key),
    ])
    const statuses = await Promise.all(asked)
    for (const key of keys) {
      const mine = statuses.filter(([whose]) => whose === key).map(([, status]) => status)
      expect(mine.filter((status) => status === 429)).toHaveLength(20)
      expect(mine.filter((status) => status === answered)).toHaveLength(30)
    }
  })

  test('is told with each answer, and when to come back with each refusal', async () => {
    const { key } = await clinic.keyWith({ ...lookups, limit_per_minute: 2 })
    const replies = []
    for (let i = 0; i < 4; i++) replies.push(await clinic.lookup('06 1234567', {}, { key }))
    expect(replies.map(({ status }) => status)).toEqual([answered, answered, 429, 429])
    expect(replies.map(({ headers }) => headers.get('ratelimit-remaining'))).toEqual(['1', '0', '0', '0'])
    const { headers, body } = replies[3]!
    const seconds = Number(headers.get('retry-after'))
    expect(seconds).toBeGreaterThan(50)
    expect(seconds).toBeLessThanOrEqual(60)
    expect(headers.get('ratelimit-reset')).toBe(String(seconds))
    expect(headers.get('ratelimit')).toBe(`"key";r=0;t=${seconds}`)
    expect(body).toMatchObject({ error: 'Too many requests', message: expect.stringContaining('2 requests a minute') })
  })

  test('counts refusals too, whatever they are for', async () => {
    const { key } = await clinic.keyWith({ ...lookups, limit_per_minute: 3 })
    for (const path of ['/api/cases', '/api/lookup?phone=nobody', '/api/lookup']) await clinic.ask('GET', path, { key })
    expect(await statusWith(key)).toBe(429)
  })
})

describe('failed authentications', () => {
  const guess = (i: number) => `wrong-${i}`

  test('are limited per address, which shuts out no other address', async () => {
    for (let i = 0; i < 300; i++) expect(await from('127.0.1.1', guess(i))).toBe(401)
    expect(await from('127.0.1.1', guess(300))).toBe(429)
    expect(await from('127.0.1.2', guess(300))).toBe(401)
  })

  test('do not stop a key that has been good, even after some key was changed', async () => {
    const { key } = await clinic.keyWith(lookups)
    const { id } = await clinic.keyWith(lookups)
    expect(await from('127.0.2.1', key)).toBe(answered)
    for (let i = 0; i <= 300; i++) await from('127.0.2.1', guess(i))
    expect(await from('127.0.2.1', guess(0))).toBe(429)
    expect(await from('127.0.2.1', key)).toBe(answered)
    await clinic.ask('PATCH', `/api/api-keys/${id}`, { json: { active: false } })
    expect(await from('127.0.2.1', key)).toBe(answered)
  })

  test('say when to come back', async () => {
    for (let i = 0; i <= 300; i++) await from('127.0.3.1', guess(i))
    const url = '/api/lookup?phone=1'
    const reply = await asPeer(clinic.app, { url, headers: { 'x-api-key': 'x' }, remoteAddress: '127.0.3.1' })
    expect([reply.status, reply.headers['retry-after']]).toEqual([429, '60'])
  })
})

test('every request of a key is counted, by minute, and moves its last use', async () => {
  const { key, id } = await clinic.keyWith({ ...lookups, limit_per_minute: 5 })
  for (let i = 0; i < 7; i++) await statusWith(key)
  const used = async () => {
    const { body } = await clinic.ask('GET', '/api/api-keys')
    const { requests, last_used_at } = body.api_keys.find((each: { id: string }) => each.id === id)
    return [requests, last_used_at !== null]
  }
  await expect.poll(used, { timeout: 5_000 }).toEqual([7, true])
  expect(
    await clinic.rows('select sum(refused)::int as refused from api_key_usage where api_key_id = $1', [id]),
  ).toEqual([{ refused: 2 }])
})
