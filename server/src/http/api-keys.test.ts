import type { InjectOptions } from 'fastify'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Clinic, openClinic } from '../testing/harness.ts'
import { asPeer } from '../testing/wire.ts'

let clinic: Clinic
/** Another process, as far as caches go: the same database, memory of its own. */
let other: Clinic
beforeAll(async () => {
  clinic = await openClinic()
  other = await openClinic({ connection: clinic.connection, clinics: [] })
})
afterAll(async () => {
  await other.close()
  await clinic.close()
})

const lookups = { scopes: ['lookup:read' as const] }
const statusWith = async (key: string, at = clinic) => (await at.lookup('06 1234567', {}, { key })).status
const answered = 404

/** As a peer of this address would see it. */
async function from(remoteAddress: string, key: string, headers: Record<string, string> = {}) {
  const asked: InjectOptions = { url: '/api/lookup?phone=061234567', headers: { 'x-api-key': key, ...headers } }
  return (await asPeer(clinic.app, { ...asked, remoteAddress })).status
}

describe('a new key', () => {
  test('is shown once and works at once, everywhere', async () => {
    const made = await clinic.ask('POST', '/api/api-keys', { json: { name: 'Genesys', ...lookups } })
    expect(made.status).toBe(201)
    const { key, id } = made.body
    expect(key).toMatch(/^ccrm_live_[0-9A-Za-z]{8}_[0-9A-Za-z]{38}$/)
    expect([await statusWith(key), await statusWith(key, other)]).toEqual([answered, answered])
    const { body, text } = await clinic.ask('GET', '/api/api-keys')
    expect(body.api_keys.map((each: { id: string }) => each.id)).toContain(id)
    expect(text).not.toContain(key)
  })

  test('may send 1000 requests a minute unless told otherwise', async () => {
    const { body } = await clinic.ask('POST', '/api/api-keys', { json: { name: 'Usual', ...lookups } })
    const { headers } = await clinic.lookup('06 1234567', {}, { key: body.key })
    expect(headers.get('ratelimit-limit')).toBe('1000')
    expect(headers.get('ratelimit-policy')).toBe('"key";q=1000;w=60')
    expect(headers.get('ratelimit')).toBe('"key";r=999;t=60')
  })

  test('is kept nowhere in the database, nor is any part of it that could be used', async () => {
    const { key } = await clinic.keyWith({ name: 'Secret', ...lookups })
    await clinic.ask('POST', '/api/api-keys', { json: { name: 'Other', ...lookups }, key })
    const rotated = await clinic.ask('POST', '/api/api-keys', { json: { name: 'Rotated', ...lookups } })
    const again = await clinic.ask('POST', `/api/api-keys/${rotated.body.id}/rotate`, { json: {} })
    const everything = await wholeDatabase()
    expect(everything).toContain('Secret')
    for (const secret of [key, rotated.body.key, again.body.key, clinic.key]) {
      expect(everything).not.toContain(secret.slice(19, 45))
      expect(everything).not.toContain(secret.slice(-10))
    }
  })

  test('with one wrong letter anywhere is no key', async () => {
    const { key } = await clinic.keyWith(lookups)
    for (const at of [0, 5, 10, 12, 19, 30, 44, key.length - 1]) {
      const typo = key.slice(0, at) + (key[at] === 'a' ? 'b' : 'a') + key.slice(at + 1)
      expect([at, await statusWith(typo)]).toEqual([at, 401])
    }
    for (const text of [key.slice(0, -1), `${key}a`, key.toUpperCase(), key.replace('live', 'test')])
      expect(await statusWith(text)).toBe(401)
  })

  async function wholeDatabase() {
    const tables = await clinic.rows<{ name: string }>(
      `select quote_ident(schemaname) || '.' || quote_ident(tablename) as name from pg_tables
        where schemaname not in ('pg_catalog', 'information_schema')`,
    )
    const texts = tables.map(({ name }) => clinic.rows<{ text: string }>(`select t::text as text from ${name} t`))
    return (await Promise.all(texts))
      .flat()
      .map(({ text }) => text)
      .join('\n')
  }
})

describe('a key that ends', () => {
  test('revoked is dead at once here and within 5 s in every other process, for good', async () => {
    const { key, id } = await clinic.keyWith(lookups)
    expect([await statusWith(key), await statusWith(key, other)]).toEqual([answered, answered])
    expect((await clinic.ask('DELETE', `/api/api-keys/${id}`)).status).toBe(204)
    expect(await statusWith(key)).toBe(401)
    await expect.poll(() => statusWith(key, other), { timeout: 5_000 }).toBe(401)
    expect((await clinic.ask('POST', `/api/api-keys/${id}/rotate`, { json: {} })).status).toBe(400)
    await clinic.ask('PATCH', `/api/api-keys/${id}`, { json: { active: true, expires_at: null } })
    expect(await statusWith(key)).toBe(401)
  })

  test('expired is dead to the moment, though it was trusted just before', async () => {
    const { key, id } = await clinic.keyWith(lookups)
    const expires = Date.now() + 1_500
    await clinic.ask('PATCH', `/api/api-keys/${id}`, { json: { expires_at: new Date(expires).toISOString() } })
    expect(await statusWith(key)).toBe(answered)
    await expect.poll(() => statusWith(key), { timeout: 4_000, interval: 50 }).toBe(401)
    expect(Date.now()).toBeGreaterThanOrEqual(expires)
  })

  test('paused is refused, and works again when it is not', async () => {
    const { key, id } = await clinic.keyWith(lookups)
    expect(await statusWith(key)).toBe(answered)
    await clinic.ask('PATCH', `/api/api-keys/${id}`, { json: { active: false } })
    expect(await statusWith(key)).toBe(401)
    await clinic.ask('PATCH', `/api/api-keys/${id}`, { json: { active: true } })
    expect(await statusWith(key)).toBe(answered)
  })

  test.each(['revoked', 'paused', 'expired', 'unknown', 'malformed'])('%s gets the very same answer', async (how) => {
    const { key, id } = await clinic.keyWith(lookups)
    const past = { expires_at: '2001-01-01T00:00:00Z' }
    if (how === 'revoked') await clinic.ask('DELETE', `/api/api-keys/${id}`)
    if (how === 'paused') await clinic.ask('PATCH', `/api/api-keys/${id}`, { json: { active: false } })
    if (how === 'expired') await clinic.ask('PATCH', `/api/api-keys/${id}`, { json: past })
    if (how === 'unknown') await clinic.rows('update api_keys set hash = $1 where id = $2', ['0'.repeat(64), id])
    const { status, text, headers } = await clinic.lookup('1', {}, { key: how === 'malformed' ? 'x' : key })
    expect([status, text, headers.get('www-authenticate')]).toEqual([401, '{"error":"Unauthorized"}', 'Bearer'])
  })
})

describe('a rotated key', () => {
  const rotate = async (id: string, json: object) =>
    (await clinic.ask('POST', `/api/api-keys/${id}/rotate`, { json })).body

  test('works under both secrets until the overlap ends, and under the new one after', async () => {
    const { key: old, id } = await clinic.keyWith(lookups)
    const { key: fresh, id: same } = await rotate(id, { overlap_hours: 1 })
    expect(same).toBe(id)
    expect(fresh).not.toBe(old)
    expect([await statusWith(old), await statusWith(fresh)]).toEqual([answered, answered])
    await clinic.rows(`update api_keys set previous_valid_until = now() where id = $1`, [id])
    await expect.poll(() => statusWith(old), { timeout: 5_000 }).toBe(401)
    expect(await statusWith(fresh)).toBe(answered)
  })

  test('without overlap refuses the old secret at once', async () => {
    const { key: old, id } = await clinic.keyWith(lookups)
    expect(await statusWith(old)).toBe(answered)
    const { key: fresh } = await rotate(id, { overlap_hours: 0 })
    expect([await statusWith(old), await statusWith(fresh)]).toEqual([401, answered])
  })

  test('twice has no third secret', async () => {
    const { key: first, id } = await clinic.keyWith(lookups)
    const { key: second } = await rotate(id, {})
    const { key: third } = await rotate(id, {})
    expect([await statusWith(first), await statusWith(second), await statusWith(third)]).toEqual([
      401,
      answered,
      answered,
    ])
  })

  test('fails no call while calls go on', async () => {
    const { key: old, id } = await clinic.keyWith(lookups)
    const statuses: number[] = []
    let done = false
    const calling = Promise.all(
      [clinic, other, clinic, other].map(async (at) => {
        while (!done) statuses.push(await statusWith(old, at))
      }),
    )
    await expect.poll(() => statuses.length).toBeGreaterThan(20)
    await rotate(id, { overlap_hours: 1 })
    const then = statuses.length
    await expect.poll(() => statuses.length).toBeGreaterThan(then + 100)
    done = true
    await calling
    expect(new Set(statuses)).toEqual(new Set([answered]))
  })
})

describe('where a key may be used', () => {
  test.each<[string[], string, number]>([
    [['127.0.0.0/29'], '127.0.0.7', answered],
    [['127.0.0.0/29'], '127.0.0.8', 401],
    [['127.0.0.0/29'], '::ffff:127.0.0.7', answered],
    [['127.0.0.0/29'], '::ffff:127.0.0.8', 401],
    [['127.0.0.9'], '127.0.0.9', answered],
    [['127.0.0.9'], '127.0.0.90', 401],
    [['2001:db8::/32', '::1'], '::1', answered],
    [['2001:db8::/32'], '::1', 401],
    [['0.0.0.0/0'], '127.0.0.1', answered],
    [['0.0.0.0/0'], '::1', 401],
    [['::/0'], '::1', answered],
  ])('%j from %s: %i', async (ip_ranges, address, status) => {
    const made = await clinic.ask('POST', '/api/api-keys', { json: { name: 'There', ip_ranges, ...lookups } })
    expect([made.status, await from(address, made.body.key)]).toEqual([201, status])
    expect(await from(address, made.body.key, { 'x-forwarded-for': '127.0.0.7' })).toBe(status)
  })

  test('is either refused when the key is made, or can be judged when it is used', async () => {
    const odd = [
      '10.0.0.5/8',
      '::ffff:127.0.0.1',
      '::127.0.0.1',
      '1::/0',
      'fe80::1%eth0',
      '::/128',
      '010.0.0.1',
      '1.2.3',
    ]
    for (const range of [
      ...odd,
      '::ffff:127.0.0.0/104',
      '127.1',
      '2130706433',
      '0x7f.0.0.1',
      '/8',
      '::1/',
      '1.1.1.1/8/8',
    ]) {
      const { status, body } = await clinic.ask('POST', '/api/api-keys', {
        json: { name: 'Odd', ip_ranges: [range], ...lookups },
      })
      expect([201, 400]).toContain(status)
      const used = status === 201 ? await from('127.0.0.1', body.key) : 401
      expect([range, [401, answered].includes(used)]).toEqual([range, true])
    }
  })
})
