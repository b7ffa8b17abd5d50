import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { beforeAll, expect, inject, test } from 'vitest'
import { type Administrator, openAdministrator } from '../../testing/administrator.ts'

const { url, key } = inject('crm')
const agentArn = 'arn:aws:connect:eu-central-1:123456789012:instance/i/agent/giulia'

let owner: Administrator
beforeAll(async () => {
  owner = await openAdministrator()
})

let contacts = 0
const anotherContact = () => `events-${++contacts}`

/** As EventBridge sends it, of another contact and perhaps another agent. */
async function send(name: string, contactId: string, from = '', apiKey = key) {
  const text = await readFile(path.join(import.meta.dirname, 'fixtures', `${name}.json`), 'utf8')
  const { body } = JSON.parse(text.replaceAll('{{from}}', from))
  const detail = { ...body.detail, contactId, ...(body.detail.agentInfo && { agentInfo: { agentArn } }) }
  return post({ ...body, id: `${contactId}-${body.id}`, detail }, apiKey)
}

async function post(body: unknown, apiKey = key) {
  const headers = { 'x-api-key': apiKey, 'content-type': 'application/json' }
  const to = `${url}/api/telephony/events/amazon-connect`
  return (await fetch(to, { method: 'POST', headers, body: JSON.stringify(body) })).status
}

async function lookUp(phone: string, conversation_id: string) {
  const headers = { 'x-api-key': key, 'content-type': 'application/json' }
  const body = JSON.stringify({ phone, conversation_id, provider: 'amazon-connect', on_missing: 200 })
  expect((await fetch(`${url}/api/lookup`, { method: 'POST', headers, body })).status).toBe(200)
  const kept = () => fetch(`${url}/api/lookup/amazon-connect/${conversation_id}?on_missing=200`, { headers })
  await expect.poll(async () => (await kept()).status).toBe(200)
}

const callOf = async (contactId: string) => {
  const { calls } = await owner.ask<{ calls: { call_id: string }[] }>(
    'GET',
    '/api/calls?provider=amazon-connect&limit=200',
  )
  return calls.find(({ call_id }) => call_id === contactId)
}

test('whoever hangs up in the queue is called back: by the number that the flow looked up', async () => {
  const contact = anotherContact()
  const phone = '+393475550911'
  await lookUp(phone, contact)
  expect(await send('ringing-without-number', contact)).toBe(200)
  expect(await callOf(contact)).toMatchObject({ state: 'ringing', match: 'none', phone })
  expect(await send('ended', contact)).toBe(200)
  expect(await callOf(contact)).toMatchObject({ state: 'ended', result: 'missed', reason: 'CUSTOMER_DISCONNECT' })
  const { callbacks } = await owner.ask<{ callbacks: { phone: string }[] }>('GET', '/api/callbacks?due=all&limit=200')
  expect(callbacks).toContainEqual(expect.objectContaining({ phone }))
})

test('an agent whose ARN somebody has speaks with the caller; events may come in any order, and twice', async () => {
  const agent = 'giulia.ferri@clinicacrm.example'
  const { users } = await owner.ask<{ users: { id: string; email: string }[] }>('GET', '/api/users')
  const user_id = users.find(({ email }) => email === agent)!.id
  await owner.ask('POST', '/api/telephony/identities', {
    user_id,
    provider: 'amazon-connect',
    kind: 'external_id',
    value: agentArn,
  })
  const contact = anotherContact()
  await lookUp('+393332224444', contact)
  for (const name of ['ended', 'answered', 'ringing-without-number', 'answered'])
    expect(await send(name, contact)).toBe(200)
  expect(await callOf(contact)).toMatchObject({
    state: 'ended',
    result: 'answered',
    match: 'one',
    case_id: '9',
    agent: 'Giulia Ferri',
  })
})

test.each([
  ['a known number', '+393332224444', 'one'],
  ['a family', '+390622224444', 'many'],
  ['nobody', '+391234567890', 'none'],
  ['a withheld number', 'anonymous', 'withheld'],
])('%s, should Amazon say it', async (_who, from, match) => {
  const contact = anotherContact()
  expect(await send('ringing', contact, from)).toBe(200)
  expect(await callOf(contact)).toMatchObject({ match })
})

test('what is no call makes none, and what cannot be read is no reason to send it again', async () => {
  for (const name of ['a-chat', 'a-supervisor-listens', 'after-the-call']) {
    const contact = anotherContact()
    expect(await send(name, contact)).toBe(200)
    expect(await callOf(contact)).toBeUndefined()
  }
  expect(await post({ hello: 'world' })).toBe(200)
})

test('a key that may not, or none, is refused', async () => {
  const narrow = await owner.ask<{ key: string }>('POST', '/api/api-keys', { name: 'n', scopes: ['lookup:read'] })
  expect(await send('ended', anotherContact(), '', narrow.key)).toBe(403)
  expect(await send('ended', anotherContact(), '', 'nobody')).toBe(401)
})
