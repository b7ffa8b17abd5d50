import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Clinic, openClinic, randomMobile } from '../testing/harness.ts'

let clinic: Clinic
beforeAll(async () => {
  clinic = await openClinic()
})
afterAll(() => clinic.close())

const open = (key: string, phone: string, options = {}) =>
  clinic.ask('POST', '/api/cases', {
    json: { first_name: 'Ada', phone },
    headers: { 'idempotency-key': key },
    ...options,
  })
const count = async () => Number((await clinic.rows<{ count: string }>('select count(*) from cases'))[0]!.count)

test('fifty twins of one request open one case and get one answer', async () => {
  const phone = randomMobile()
  const before = await count()
  const replies = await Promise.all(Array.from({ length: 50 }, () => open('twins', phone)))
  expect(new Set(replies.map(({ status, text }) => `${status} ${text}`)).size).toBe(1)
  expect(replies[0]!.status).toBe(201)
  expect(await count()).toBe(before + 1)
})

test('another request under the same key is refused and writes nothing', async () => {
  await open('reused', randomMobile())
  const before = await count()
  const { status, body } = await open('reused', randomMobile())
  expect([status, body.code]).toEqual([422, 'idempotency_key_reused'])
  expect(await count()).toBe(before)
})

test('a refused request does not use its key up', async () => {
  expect((await open('second-try', '')).status).toBe(400)
  expect((await open('second-try', randomMobile())).status).toBe(201)
})

test('two API keys may use the same word', async () => {
  const { key } = await clinic.keyWith({ scopes: ['cases:write'] })
  const phone = randomMobile()
  const [mine, theirs] = [await open('same-word', phone), await open('same-word', phone, { key })]
  expect(mine.body.id).not.toBe(theirs.body.id)
})

test('a key that cannot be one is refused by name', async () => {
  const { status, body } = await open('x'.repeat(256), randomMobile())
  expect([status, body.message]).toEqual([400, expect.stringContaining('Idempotency-Key')])
})
