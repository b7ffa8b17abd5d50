import { createHash } from 'node:crypto'
import { expect, test } from 'vitest'
import { handoverOf, newSecret, ticketIn } from './ticket.ts'

const popup = {} as MessageEventSource
const expected = { origin: 'https://crm.example', source: popup, state: 's1' }
const message = { origin: 'https://crm.example', source: popup, data: handoverOf('s1', 't1') as unknown }

test('the window that the frame opened brings its ticket', () => {
  expect(ticketIn(message, expected)).toBe('t1')
})

test.each([
  ['another site', { origin: 'https://apps.vendor.example' }],
  ['a sandbox', { origin: 'null' }],
  ['another window of ours', { source: {} as MessageEventSource }],
  ['no window', { source: null }],
  ['an earlier try', { data: handoverOf('s0', 't1') }],
  ['a text', { data: 't1' }],
  ['nothing', { data: null }],
  ['another message', { data: { kind: 'other', state: 's1', ticket: 't1' } }],
  ['a ticket that is none', { data: { ...handoverOf('s1', 't1'), ticket: 1 } }],
])('a message from %s is ignored', (_, wrong) => {
  expect(ticketIn({ ...message, ...wrong }, expected)).toBeNull()
})

test('a secret is told by its SHA-256 only, and never twice the same', async () => {
  const [one, other] = [await newSecret(), await newSecret()]
  expect(one.challenge).toBe(createHash('sha256').update(one.verifier).digest('base64url'))
  expect(one.verifier).toMatch(/^[\w-]{43}$/)
  expect(new Set([one.verifier, one.state, other.verifier, other.state]).size).toBe(4)
})
