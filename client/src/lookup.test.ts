import { type CallEvent as ContractEvent, callEvent, callEventReply } from '@clinicacrm/contract/calls.ts'
import { lookupFound, type LookupFound } from '@clinicacrm/contract/lookup.ts'
import { describe, expect, expectTypeOf, inject, test } from 'vitest'
import type { z } from 'zod'
import { openAdministrator } from '../../connectors/testing/administrator.ts'
import { ClinicaCrmError, createClient, orThrow } from './client.ts'
import type { CallEvent, CallEventAnswer, LookupAnswer, LookupOptions } from './results.ts'
import { openDoor } from './testing/door.ts'

const known = '+39 06 2222 4444'
const unknown = '+391234567890'

describe('a number', () => {
  test('that has a case is found, with all the CRM says', async () => {
    const crm = createClient(inject('crm'))
    const found = await crm.lookup(known)
    expect(found).toMatchObject({ kind: 'found', case_id: '9', shared: true, match_count: 2 })
    expect(lookupFound.safeParse({ found: true, ...found }).success).toBe(true)
  })

  test.each([
    [unknown, { kind: 'not_found', reason: 'unknown', patient_known: false, new_case_url: expect.any(String) }],
    ['sip:reception@pbx.example', { kind: 'not_found', reason: 'internal', patient_known: false }],
    ['no number at all', expect.objectContaining({ kind: 'not_found' })],
    ['?!', { kind: 'not_found', reason: 'invalid', patient_known: false }],
    ['1'.repeat(5000), { kind: 'not_found', reason: 'invalid', patient_known: false }],
    ['anonymous', { kind: 'withheld' }],
    ['+266696687', { kind: 'withheld' }],
    [' ', { kind: 'withheld' }],
    [null, { kind: 'withheld' }],
    [undefined, { kind: 'withheld' }],
    [390622224444, expect.objectContaining({ kind: 'found', case_id: '9' })],
  ])('%s is no error', async (phone, result) => {
    expect(await createClient(inject('crm')).lookup(phone)).toEqual(result)
  })

  test('that a family shares says so, and one that is told no names cannot deny it', async () => {
    const administrator = await openAdministrator()
    const household = '+39 06 5550 4321'
    for (const first_name of ['Marta', 'Paolo'])
      await administrator.ask('POST', '/api/cases', {
        first_name,
        last_name: 'Galli',
        home_phone: household,
        clinic: 'Centro Oculistico Roma',
        treatment: 'SMILE',
      })
    const { url, key } = inject('crm')
    expect(await createClient({ url, key }).lookup(household)).toMatchObject({ shared: true, match_count: 2 })
    const { key: secret } = await keyOf(administrator, { profile: 'minimal' })
    const told = await createClient({ url, key: secret }).lookup(known)
    expect(told).toMatchObject({
      kind: 'found',
      case_id: '9',
      shared: true,
      matches: [{ case_id: '9' }, { case_id: '4' }],
    })
    expect(told).not.toHaveProperty('patient')
  })

  test('is asked for a call, so that a page which knows only the call finds the answer', async () => {
    const { url, key } = inject('crm')
    const call: LookupOptions = {
      provider: 'own',
      conversationId: 'client-1',
      called: '+39 06 5550 1000',
      agent: '201',
    }
    expect(await createClient({ url, key }).lookup(known, { ...call, locale: 'en' })).toMatchObject({
      screen_pop_url: expect.stringContaining('/en/cases/9'),
    })
    await expect
      .poll(async () => (await fetch(`${url}/api/lookup/own/client-1`, { headers: { 'x-api-key': key } })).status)
      .toBe(200)
  })
})

describe('a key', () => {
  test('that is wrong is an error with its name, and an exception only where one is asked for', async () => {
    const crm = createClient({ url: inject('crm').url, key: 'wrong' })
    const result = await crm.lookup(known)
    expect(result).toEqual({ kind: 'error', code: 'unauthorized', status: 401, message: expect.any(String) })
    expect(() => orThrow(result)).toThrow(ClinicaCrmError)
  })

  test('that is revoked stops finding, also what it has found before', async () => {
    const administrator = await openAdministrator()
    const { id, key: secret } = await keyOf(administrator, {})
    const crm = createClient({ url: inject('crm').url, key: secret, cacheSeconds: 0 })
    expect(orThrow(await crm.lookup(known)).kind).toBe('found')
    await administrator.ask('DELETE', `/api/api-keys/${id}`)
    expect(await crm.lookup(known)).toMatchObject({ kind: 'error', code: 'unauthorized', status: 401 })
  })

  test('without the right is forbidden', async () => {
    const { key: secret } = await keyOf(await openAdministrator(), { scopes: ['cases:read'] })
    const crm = createClient({ url: inject('crm').url, key: secret })
    expect(await crm.lookup(known)).toMatchObject({ kind: 'error', code: 'forbidden', status: 403 })
    expect(await crm.recordCallEvent({ call_id: 'x', event: 'ringing' })).toMatchObject({ code: 'forbidden' })
  })

  test('over its limit hears how long to wait, and the client does not ask again before', async () => {
    const { key: secret } = await keyOf(await openAdministrator(), { limit_per_minute: 2 })
    await using door = await openDoor()
    const crm = door.client({ key: secret, cacheSeconds: 0 })
    for (const kind of ['found', 'found']) expect((await crm.lookup(known)).kind).toBe(kind)
    const over = { kind: 'error', code: 'rate_limited', status: 429, message: expect.any(String) }
    expect(await crm.lookup(known)).toEqual({ ...over, retryAfter: expect.any(Number) })
    const { status: _, ...beforehand } = over
    expect(await crm.lookup(known)).toEqual({ ...beforehand, retryAfter: expect.any(Number) })
    expect(door.asked).toHaveLength(3)
  })

  test('is never sent without one', async () => {
    expect(await createClient({ url: inject('crm').url }).lookup(known)).toMatchObject({ code: 'unauthorized' })
  })
})

describe('an event of a call', () => {
  test('is recorded, and repeated without harm', async () => {
    const crm = createClient(inject('crm'))
    const event: CallEvent = {
      provider: 'own',
      call_id: 'client-events',
      event: 'ringing',
      from: known,
      agent: 'nobody@clinic.example',
      at: new Date().toISOString(),
    }
    const first = await crm.recordCallEvent(event)
    expect(first).toMatchObject({ kind: 'recorded', match: 'many', state: 'ringing', repeated: false })
    expect(callEventReply.safeParse(first).success).toBe(true)
    expect(await crm.recordCallEvent(event)).toMatchObject({ kind: 'recorded', repeated: true })
  })

  test('that the CRM does not take is named so', async () => {
    const crm = createClient(inject('crm'))
    const wrong = { call_id: '', event: 'rings' } as unknown as CallEvent
    expect(await crm.recordCallEvent(wrong)).toMatchObject({ kind: 'error', code: 'invalid_request', status: 400 })
    const circular = { call_id: 'x', event: 'ringing' } as CallEvent & { self?: unknown }
    circular.self = circular
    expect(await crm.recordCallEvent(circular)).toMatchObject({ kind: 'error', code: 'invalid_request' })
  })
})

test('its types are those of the CRM’s contract', () => {
  expectTypeOf<Omit<LookupFound, 'found'>>().toExtend<LookupAnswer>()
  expectTypeOf<LookupAnswer>().toExtend<Omit<LookupFound, 'found'>>()
  expectTypeOf<Exclude<keyof LookupFound, 'found'>>().toEqualTypeOf<keyof LookupAnswer>()
  expectTypeOf<keyof Part<LookupFound, 'patient'>>().toEqualTypeOf<keyof Part<LookupAnswer, 'patient'>>()
  expectTypeOf<keyof Part<LookupFound, 'case'>>().toEqualTypeOf<keyof Part<LookupAnswer, 'case'>>()
  expectTypeOf<keyof z.infer<typeof callEventReply>>().toEqualTypeOf<keyof CallEventAnswer>()
  expectTypeOf<z.infer<typeof callEventReply>>().toExtend<CallEventAnswer>()
  expectTypeOf<CallEventAnswer>().toExtend<z.infer<typeof callEventReply>>()
  expectTypeOf<CallEvent>().toExtend<z.input<typeof callEvent>>()
  expectTypeOf<keyof ContractEvent>().toEqualTypeOf<keyof CallEvent>()
  expectTypeOf<ContractEvent['event']>().toEqualTypeOf<CallEvent['event']>()
})

type Part<Whole, Name extends keyof Whole> = NonNullable<Whole[Name]>

type Administrator = Awaited<ReturnType<typeof openAdministrator>>
let keys = 0
async function keyOf(administrator: Administrator, more: object) {
  const wanted = { name: `Client ${++keys}`, scopes: ['lookup:read'], ...more }
  return administrator.ask<{ id: string; key: string }>('POST', '/api/api-keys', wanted)
}
