import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { Recently } from './recently.ts'

beforeEach(() => void vi.useFakeTimers({ toFake: ['performance'] }))
afterEach(() => void vi.useRealTimers())

test('is new once within the time, however often it happens meanwhile', () => {
  const recently = new Recently({ forMs: 1000, max: 10 })
  expect([recently.isNew('a'), recently.isNew('b'), recently.isNew('a')]).toEqual([true, true, false])
  vi.advanceTimersByTime(999)
  expect(recently.isNew('a')).toBe(false)
  vi.advanceTimersByTime(1)
  expect([recently.isNew('a'), recently.isNew('a')]).toEqual([true, false])
})

test('keeps no more than it may: the oldest is forgotten, and new again', () => {
  const recently = new Recently({ forMs: 1000, max: 2 })
  for (const name of ['a', 'b', 'c']) expect(recently.isNew(name)).toBe(true)
  expect([recently.isNew('c'), recently.isNew('b'), recently.isNew('a')]).toEqual([false, false, true])
})
