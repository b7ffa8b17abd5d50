import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Clinic, openClinic, type SignedIn } from '../testing/harness.ts'

const roma = 'Centro Oculistico Roma'
const milano = 'Centro Oculistico Milano'

let crm: Clinic
let giulia: SignedIn
let marco: SignedIn
let caseId: string
let elsewhere: string

beforeAll(async () => {
  crm = await openClinic({ clinics: [roma, milano] })
  giulia = await crm.signsIn('agent', { name: 'Giulia', email: 'giulia@clinic.example', clinics: [roma] })
  marco = await crm.signsIn('agent', { name: 'Marco', email: 'marco@clinic.example', clinics: [roma] })
  caseId = (await crm.opens({ clinic: roma, first_name: 'Ada', last_name: 'Neri', phone: '+39 347 555 0101' })).id
  elsewhere = (await crm.opens({ clinic: milano, first_name: 'Ugo', last_name: 'Sala', phone: '+39 347 555 0102' })).id
})
afterAll(() => crm.close())

let calls = 0
const newCall = () => `own-${++calls}`
const tell = (who: SignedIn, body: object) =>
  who.ask('POST', '/api/calls/mine', { json: { provider: 'amazon-connect', ...body } })
const popsOf = async (who: SignedIn, call_id: string) => {
  const { pops } = (await who.ask('GET', '/api/pops')).body
  return pops.filter(({ call }: { call: { call_id: string } }) => call.call_id === call_id)
}

describe('a call that an agent’s own page tells of', () => {
  test('rings at them and at nobody else, whoever else it names', async () => {
    const call_id = newCall()
    const { status, body } = await tell(giulia, {
      call_id,
      event: 'ringing',
      from: '+39 347 555 0101',
      agent: 'marco@clinic.example',
      agents: ['marco@clinic.example'],
    })
    expect(status).toBe(200)
    expect(body).toMatchObject({
      match: 'one',
      case_id: caseId,
      agents: [{ agent: 'giulia@clinic.example', known: true }],
    })
    expect(await popsOf(giulia, call_id)).toHaveLength(1)
    expect(await popsOf(marco, call_id)).toEqual([])
  })

  test('told twice, by a page that was loaded again, is one call', async () => {
    const call = { call_id: newCall(), event: 'ringing', from: '+39 347 555 0101', at: '2026-11-25T10:00:00Z' }
    expect((await tell(giulia, call)).body.repeated).toBe(false)
    expect((await tell(giulia, call)).body.repeated).toBe(true)
    expect(await popsOf(giulia, call.call_id)).toHaveLength(1)
  })

  test('shows whether the number may be called back', async () => {
    const phone = '+39 347 555 0199'
    const { patient_id } = await crm.opens({ clinic: roma, phone, first_name: 'Bruna', last_name: 'Riva' })
    const call_id = newCall()
    await tell(giulia, { call_id, event: 'ringing', from: phone })
    const popOf = async () => (await popsOf(giulia, call_id))[0]
    expect(await popOf()).toMatchObject({ blocked: null, blocked_reason: null })
    const about = await giulia.ask('GET', `/api/patients/${patient_id}/page`)
    const wrong = { json: { wrong: true } }
    await giulia.ask('PUT', `/api/patients/${patient_id}/numbers/${about.body.numbers[0].key}`, wrong)
    expect(await popOf()).toMatchObject({ blocked: 'wrong_number', blocked_reason: null })
    const barred = { json: { do_not_contact: true, do_not_contact_reason: 'Lo chiede' } }
    await giulia.ask('PATCH', `/api/patients/${patient_id}`, barred)
    expect(await popOf()).toMatchObject({ blocked: 'do_not_contact', blocked_reason: 'Lo chiede' })
  })

  test('without a number has the one that the flow looked up', async () => {
    const conversation = newCall()
    const { status } = await crm.lookup('+39 347 555 0101', {
      provider: 'genesys-cloud',
      conversation_id: conversation,
      called: '+39 06 5550 1000',
    })
    expect(status).toBe(200)
    const ring = () => tell(giulia, { provider: 'genesys-cloud', call_id: conversation, event: 'ringing' })
    // The lookup's result is written a moment later.
    await expect.poll(async () => (await ring()).body.match).toBe('one')
    const [pop] = await popsOf(giulia, conversation)
    expect(pop.call).toMatchObject({ from: '+39 347 555 0101', to: '+39 06 5550 1000', case_id: caseId })
  })

  test('leads to the case that the flow named, if they may see it', async () => {
    const call_id = newCall()
    const named = await tell(giulia, { call_id, event: 'ringing', from: 'anonymous', case_id: caseId })
    expect(named.body).toMatchObject({ match: 'explicit', case_id: caseId })
    const foreign = await tell(giulia, { call_id: newCall(), event: 'ringing', from: 'anonymous', case_id: elsewhere })
    expect(foreign.body).toMatchObject({ match: 'withheld', case_id: null })
  })

  test('can be ended by whom it rang at, and by nobody else', async () => {
    const call_id = newCall()
    await tell(giulia, { call_id, event: 'ringing', from: '+39 347 555 0101' })
    const stranger = await tell(marco, { call_id, event: 'ended' })
    expect([stranger.status, stranger.body.code]).toEqual([404, 'not_found'])
    await tell(giulia, { call_id, event: 'answered' })
    expect((await tell(giulia, { call_id, event: 'ended' })).body).toMatchObject({ state: 'ended', result: 'answered' })
    const [pop] = await popsOf(giulia, call_id)
    expect(pop.call.wrap_up_owed).toBe(true)
  })

  test('is not ended by whoever it rang at as well, nor by whoever gave it on', async () => {
    const call_id = newCall()
    await tell(giulia, { call_id, event: 'ringing', from: '+39 347 555 0101' })
    await tell(marco, { call_id, event: 'ringing', from: '+39 347 555 0101' })
    await tell(giulia, { call_id, event: 'answered' })
    for (const event of ['missed', 'ended', 'held', 'transferred'])
      expect(await tell(marco, { call_id, event })).toMatchObject({ status: 200, body: { state: 'answered' } })
    await tell(marco, { call_id, event: 'answered' })
    expect((await tell(giulia, { call_id, event: 'ended' })).body).toMatchObject({ state: 'answered', case_id: caseId })
    expect((await tell(marco, { call_id, event: 'ended' })).body).toMatchObject({ state: 'ended', result: 'answered' })
  })

  test('is of a platform with a page here: calls that a switch tells of itself, nobody joins', async () => {
    const call = { call_id: '1764064804.12', event: 'ringing' }
    const told = { ...call, provider: 'asterisk', from: '+39 347 555 0102' }
    expect((await crm.ask('POST', '/api/calls/events', { json: told })).status).toBe(200)
    for (const provider of ['asterisk', 'aircall', 'api', 'nobody'])
      expect((await tell(giulia, { ...call, provider })).status).toBe(404)
    expect(await popsOf(giulia, call.call_id)).toEqual([])
  })

  test('leads nobody to a case of a clinic that is not theirs', async () => {
    const { body } = await tell(giulia, { call_id: newCall(), event: 'ringing', from: '+39 347 555 0102' })
    expect(body).toMatchObject({ match: 'one', case_id: null, screen_pop_url: null })
    const { key } = await crm.keyWith({ scopes: ['calls:write'], clinics: [roma] })
    const event = { provider: 'api', call_id: newCall(), event: 'ringing', from: '+39 347 555 0102' }
    const told = await crm.ask('POST', '/api/calls/events', { json: event, key })
    expect(told.body).toMatchObject({ match: 'one', case_id: null, screen_pop_url: null })
  })

  test('needs a person who takes calls', async () => {
    const call = { call_id: newCall(), event: 'ringing', from: '+39 347 555 0101' }
    expect((await crm.ask('POST', '/api/calls/mine', { json: call })).status).toBe(403)
    expect((await tell(await crm.signsIn('integrator'), call)).status).toBe(403)
    expect((await tell(giulia, { ...call, call_id: '' })).body.code).toBe('invalid_request')
  })
})
