import { expect, test } from 'vitest'
import { keyReader, keysShown } from './shortcuts.ts'

const shortcuts = [{ keys: 'n' }, { keys: 'g c' }, { keys: 'g f' }, { keys: 'c' }, { keys: 'mod+k' }, { keys: '?' }]
const key = (name: string, more = {}) => ({
  key: name,
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  repeat: false,
  ...more,
})

function reader() {
  let time = 0
  const press = keyReader(
    () => shortcuts,
    () => time,
  )
  return {
    press: (name: string, busy = false, more = {}) => press(key(name, more), busy)?.keys,
    wait: (ms: number) => (time += ms),
  }
}

test('one key, several in turn, and with Ctrl or ⌘', () => {
  const { press } = reader()
  expect(press('n')).toBe('n')
  expect(press('G')).toBeUndefined()
  expect(press('c')).toBe('g c')
  expect(press('c')).toBe('c')
  expect(press('?')).toBe('?')
  expect(press('k', false, { ctrlKey: true })).toBe('mod+k')
  expect(press('k', false, { metaKey: true })).toBe('mod+k')
})

test('what was begun is forgotten after a second, or by a key that does not go on', () => {
  const { press, wait } = reader()
  press('g')
  wait(1_500)
  expect(press('c')).toBe('c')
  wait(5_000)
  press('g')
  expect(press('n')).toBe('n')
  expect(press('f')).toBeUndefined()
})

test('while somebody types only keys with Ctrl count', () => {
  const { press } = reader()
  expect(press('n', true)).toBeUndefined()
  expect(press('k', true, { ctrlKey: true })).toBe('mod+k')
})

test('Ctrl+N is the browser’s, Alt is the system’s, and a key held down counts once', () => {
  const { press } = reader()
  expect(press('n', false, { ctrlKey: true })).toBeUndefined()
  expect(press('n', false, { altKey: true })).toBeUndefined()
  expect(press('n', false, { repeat: true })).toBeUndefined()
  expect(press('Shift')).toBeUndefined()
})

test('keys are named as on the keyboard at hand', () => {
  expect(keysShown('mod+k', true)).toEqual(['⌘', 'K'])
  expect(keysShown('mod+k', false)).toEqual(['Ctrl', 'K'])
  expect(keysShown('g c', false)).toEqual(['G', 'C'])
})
