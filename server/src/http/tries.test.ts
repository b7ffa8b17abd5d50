import { beforeEach, describe, expect, test } from 'vitest'
import { AppError } from '../app-error.ts'
import { createEvents } from '../events.ts'
import { createCounters } from './counters.ts'
import { createTries, type Tries } from './tries.ts'

let tries: Tries
beforeEach(() => {
  const counters = createCounters(null, createEvents('silent'))
  tries = createTries(counters, 'password', { network: 100, pair: 10, account: 50, minutes: 15 })
})

/** Seconds to wait, or 0 for a try that was made, and failed. */
const wait = (address: string, account?: string) =>
  tries.guard({ address, ...(account !== undefined && { account }) }, fail).then(
    () => -1,
    (error: AppError) => (error.code === 'wrong_credentials' ? 0 : Number(error.headers['retry-after'])),
  )
const fail = () => Promise.reject(new AppError('wrong_credentials', ''))
const comeIn = (address: string, account: string) => tries.guard({ address, account }, async () => 'in')
const times = async (count: number, attempt: (i: number) => Promise<number>) => {
  const waits: number[] = []
  for (let i = 0; i < count; i++) waits.push(await attempt(i))
  return waits.filter((seconds) => seconds === 0).length
}
const elsewhere = (i: number) => `198.${51 + (i >> 8)}.${i & 255}.7`

test('ten failures at one account stop one network for the rest of the quarter of an hour', async () => {
  expect(await times(15, () => wait('192.0.2.1', 'ada'))).toBe(10)
  expect(await wait('192.0.2.1', 'ada')).toBeGreaterThan(880)
  expect(await wait('198.51.100.1', 'ada')).toBe(0)
  expect(await wait('192.0.2.1', 'eva')).toBe(0)
})

test.each([
  ['192.0.2.1', '192.0.2.250', '192.0.3.1'],
  ['::ffff:192.0.2.1', '192.0.2.7', '192.0.3.1'],
  ['2001:db8:7:1::1', '2001:db8:7:1:ffff:ffff:ffff:ffff', '2001:db8:7:2::1'],
  ['2001:db8:7:1::1', '2001:0DB8:0007:0001::9', '2001:db8:8:1::1'],
])('%s and %s are one network, %s is another', async (one, same, another) => {
  expect(await times(10, (i) => wait(i % 2 ? one : same, 'ada'))).toBe(10)
  expect([(await wait(one, 'ada')) > 0, (await wait(same, 'ada')) > 0]).toEqual([true, true])
  expect(await wait(another, 'ada')).toBe(0)
})

test('many at the same moment are as many as one after the other', async () => {
  const waits = await Promise.all(Array.from({ length: 60 }, () => wait('192.0.2.1', 'ada')))
  expect(waits.filter((seconds) => seconds === 0)).toHaveLength(10)
})

test('a hundred failures at as many accounts stop a network, and nobody at another', async () => {
  expect(await times(130, (i) => wait('192.0.2.1', `person ${i}`))).toBe(100)
  expect(await wait('192.0.2.1', 'ada')).toBeGreaterThan(880)
  expect(await wait('198.51.100.1', 'ada')).toBe(0)
})

test('somebody’s stuck browser stops itself, and nobody beside it', async () => {
  await times(500, () => wait('192.0.2.1', 'stuck'))
  expect(await times(80, (i) => wait('192.0.2.1', `colleague ${i}`))).toBe(80)
})

describe('ten thousand tries at one account from as many networks', () => {
  test('are a hundred at most within the hour', async () => {
    expect(await times(10_000, (i) => wait(elsewhere(i), 'ada'))).toBeLessThanOrEqual(52)
    expect(await wait('203.0.113.9', 'ada')).toBeLessThanOrEqual(30)
  })

  test('keep nobody out where they lately came in', async () => {
    await comeIn('203.0.113.1', 'ada')
    await times(1_000, (i) => wait(elsewhere(i), 'ada'))
    expect(await wait('203.0.113.2', 'ada')).toBe(0)
  })
})

describe('what was right', () => {
  test('takes back what was wrong before it', async () => {
    for (let round = 0; round < 5; round++) {
      expect(await times(9, () => wait('192.0.2.1', 'ada'))).toBe(9)
      expect(await comeIn('192.0.2.1', 'ada')).toBe('in')
    }
  })

  test('counts for nobody else', async () => {
    for (let i = 0; i < 300; i++) await comeIn('192.0.2.1', `person ${i}`)
    expect(await wait('192.0.2.1', 'ada')).toBe(0)
  })
})

test('what could not be judged is as if it had not been', async () => {
  const busy = () => Promise.reject(new AppError('unavailable', ''))
  for (let i = 0; i < 150; i++)
    await expect(tries.guard({ address: '192.0.2.1', account: 'ada' }, busy)).rejects.toMatchObject({
      code: 'unavailable',
    })
  expect(await times(15, () => wait('192.0.2.1', 'ada'))).toBe(10)
})

test('what belongs to no account is counted by network alone', async () => {
  expect(await times(130, () => wait('192.0.2.1'))).toBe(100)
  await tries.guard({ address: '198.51.100.1' }, async () => 'right')
  expect(await times(130, () => wait('198.51.100.1'))).toBe(100)
})

test('what is not to be done often counts, right or wrong', async () => {
  for (let i = 0; i < 100; i++) await tries.count('192.0.2.1')
  await expect(tries.count('192.0.2.9')).rejects.toMatchObject({ code: 'too_many_requests' })
})
