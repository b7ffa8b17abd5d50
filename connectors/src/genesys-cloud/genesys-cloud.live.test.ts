import { beforeAll, describe, expect, inject, test } from 'vitest'
import { type Administrator, openAdministrator } from '../../testing/administrator.ts'
import { type DataAction, type Outcome, runDataAction } from '../../testing/data-action.ts'
import { openServer } from '../../testing/slow-crm.ts'

const { url, key } = inject('crm')
const agent = 'giulia.ferri@clinicacrm.example'
const flowMs = 2_000

let owner: Administrator
let lookup: DataAction
let tell: DataAction

beforeAll(async () => {
  owner = await openAdministrator()
  lookup = await actionIn('clinicacrm-lookup.custom.json')
  tell = await actionIn('clinicacrm-call-event.custom.json')
})

const actionIn = async (file: string) => JSON.parse(String(await owner.download('genesys-cloud', file))) as DataAction

let calls = 0
const anotherCall = () => `genesys-${++calls}`
const ask = (phone: string, more: object = {}, apiKey = key) =>
  runDataAction(
    lookup,
    { phone, conversation_id: anotherCall(), ...more },
    { timeoutMs: flowMs, credentials: { apiKey } },
  )
const event = (input: object, apiKey = key) =>
  runDataAction(tell, { event_name: 'user.start', ...input }, { credentials: { apiKey } })
const outputOf = (outcome: Outcome) => {
  if (outcome.kind !== 'success') throw new Error(JSON.stringify(outcome))
  return outcome.output
}

/** The same action, imported for another installation. */
const at = (base: string, action: DataAction): DataAction => JSON.parse(JSON.stringify(action).replaceAll(url, base))

describe('the look-up in a flow', () => {
  const nobody = { found: 'false', case_id: '', patient_name: '', screen_pop_url: '' }

  test('a known caller, as Genesys writes the number', async () => {
    const output = outputOf(await ask('tel:+393332224444', { called: 'tel:+390655501000' }))
    expect(output).toMatchObject({ found: 'true', case_id: '9', patient_name: 'Antonio Dorato', reason: '' })
    expect(output['screen_pop_url']).toBe(`${url}/it/cases/9`)
  })

  test.each([
    ['unknown', 'tel:+391234567890', 'not_found'],
    ['withheld', 'sip:anonymous@anonymous.invalid', 'withheld'],
    ['withheld in words', 'anonymous', 'withheld'],
    ['internal', 'sip:reception@localhost', 'internal'],
  ])('a caller who is %s is no failure', async (_kind, phone, reason) => {
    expect(outputOf(await ask(phone))).toMatchObject({ ...nobody, reason, match_count: '0' })
  })

  test('several people with one number are told apart from one', async () => {
    const output = outputOf(await ask('tel:+390622224444'))
    expect(output['found']).toBe('true')
    expect(Number(output['match_count'])).toBeGreaterThan(1)
  })

  test('quotes, dollars and signs of Velocity in a name arrive as they are', async () => {
    const made = await owner.ask<{ id: string }>('POST', '/api/cases', {
      first_name: `Tonino "il $mago" #1`,
      last_name: String.raw`D’Amico \ D'Amico`,
      cell_phone: '+39 348 555 7001',
      clinic: 'Centro Oculistico Roma',
    })
    const output = outputOf(await ask('tel:+393485557001'))
    expect(output).toMatchObject({ case_id: made.id, first_name: `Tonino "il $mago" #1` })
    expect(output['patient_name']).toBe(String.raw`Tonino "il $mago" #1 D’Amico \ D'Amico`)
  })

  test('what callers send cannot leave its place in the address', async () => {
    const asked: string[] = []
    const elsewhere = await openServer((request, response) => {
      asked.push(request.url!)
      response.setHeader('content-type', 'application/json').end('{"found":"false","match_count":"0"}')
    })
    const hostile = 'x&on_missing=404#"}$input.phone ${credentials.apiKey} ö'
    await runDataAction(at(elsewhere.url, lookup), { phone: hostile }, { credentials: { apiKey: key } })
    await elsewhere.close()
    const { searchParams, hash } = new URL(asked[0]!, elsewhere.url)
    expect(searchParams.get('phone')).toBe(hostile)
    expect(searchParams.getAll('on_missing')).toEqual(['200'])
    expect(searchParams.get('conversation_id')).toBe('')
    expect(hash).toBe('')
  })

  test('CRM down, slow, over limit and key revoked: each ends at a known output within the flow’s time', async () => {
    const run = (base: string) => runDataAction(at(base, lookup), { phone: 'tel:+390622224444' }, { timeoutMs: flowMs })
    const closed = await openServer(() => undefined)
    await closed.close()
    expect(await run(closed.url)).toMatchObject({ kind: 'failure' })
    const slow = await openServer((_request, response) => void setTimeout(() => response.end('{}'), 5_000))
    const before = performance.now()
    expect(await run(slow.url)).toEqual({ kind: 'timeout' })
    await slow.close()
    expect(performance.now() - before).toBeLessThan(flowMs + 500)

    const made = await owner.ask<{ id: string; key: string }>('POST', '/api/api-keys', {
      name: 'Genesys Cloud',
      scopes: ['lookup:read', 'calls:write'],
      profile: 'greeting',
      limit_per_minute: 2,
    })
    expect(outputOf(await ask('tel:+393332224444', {}, made.key))).toMatchObject({ found: 'true', case_id: '9' })
    expect(outputOf(await event({ conversation_id: anotherCall(), user_email: agent }, made.key))).toMatchObject({
      accepted: '1',
    })
    expect(await ask('tel:+393332224444', {}, made.key)).toMatchObject({
      kind: 'failure',
      why: expect.stringMatching(/^429/),
    })
    await owner.ask('DELETE', `/api/api-keys/${made.id}`)
    expect(await ask('tel:+393332224444', {}, made.key)).toMatchObject({
      kind: 'failure',
      why: expect.stringMatching(/^401/),
    })
  })
})

describe('events from a workflow', () => {
  const call = async (id: string) => {
    const { calls: found } = await owner.ask<{ calls: Record<string, unknown>[] }>(
      'GET',
      '/api/calls?provider=genesys-cloud&limit=200',
    )
    return found.find((one) => one['call_id'] === id)
  }
  const inbound = { ani: 'tel:+393332224444', dnis: 'tel:+390655501000', direction: 'INBOUND', media_type: 'VOICE' }

  test('rings, is taken and ends: one answered call of this caller, in whichever order the workflows run', async () => {
    const conversation_id = anotherCall()
    const start = Date.now() - 120_000
    const said = [
      { event_name: 'customer.end', event_time: String(start + 100_000), disconnect_type: 'CLIENT' },
      {
        event_name: 'v2.detail.events.conversation.{id}.user.end',
        event_time: String(start + 101_000),
        user_email: agent,
        queue_id: 'q',
        interacting_ms: '90000',
        held_ms: '1000',
      },
      {
        event_name: 'user.start',
        event_time: String(start),
        user_email: agent,
        queue_id: 'q',
        queue_name: 'Prenotazioni',
      },
    ]
    for (const one of said) expect(outputOf(await event({ ...inbound, conversation_id, ...one }))['accepted']).toBe('1')
    expect(await call(conversation_id)).toMatchObject({
      provider: 'genesys-cloud',
      state: 'ended',
      result: 'answered',
      match: 'one',
      case_id: '9',
      queue: 'Prenotazioni',
      wait_seconds: 10,
      talk_seconds: 90,
    })
  })

  test('nobody took it: missed', async () => {
    const conversation_id = anotherCall()
    await event({ ...inbound, conversation_id, user_email: agent, queue_id: 'q' })
    await event({ ...inbound, conversation_id, event_name: 'user.end', queue_id: 'q', interacting_ms: '0' })
    await event({ ...inbound, conversation_id, event_name: 'customer.end' })
    expect(await call(conversation_id)).toMatchObject({ state: 'ended', result: 'missed' })
  })

  test('what is no call or not understood is said, and fails no workflow', async () => {
    const conversation_id = anotherCall()
    expect(outputOf(await event({ conversation_id, event_name: 'nonsense "$x"' }))).toMatchObject({
      accepted: '0',
      problem: expect.stringContaining('nonsense "$x"'),
    })
    expect(outputOf(await event({ conversation_id, media_type: 'MESSAGE' }))).toMatchObject({ accepted: '0' })
    expect(outputOf(await event({ conversation_id: '' }))).toMatchObject({
      problem: expect.stringContaining('conversation_id'),
    })
    const { health } = await owner.ask<{ health: { last_error: string } }>('GET', '/api/connectors/genesys-cloud')
    expect(health.last_error).toContain('conversation_id')
  })

  test('without a key nothing is taken', async () => {
    expect(await event({ conversation_id: anotherCall() }, 'wrong')).toMatchObject({
      kind: 'failure',
      why: expect.stringMatching(/^401/),
    })
  })

  test('a call can be tried from the settings', async () => {
    const reply = await owner.ask<{ match: string; sent: string }>('POST', '/api/connectors/genesys-cloud/test-call', {
      from: '+39 333 222 4444',
    })
    expect(reply).toMatchObject({ match: 'one' })
    expect(JSON.parse(reply.sent)).toMatchObject({ event_name: 'v2.detail.events.conversation.{id}.user.start' })
  })
})
