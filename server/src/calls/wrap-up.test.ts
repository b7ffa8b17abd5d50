import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { callAt, type CallRow } from '../testing/call-scenes.ts'
import { type Clinic, openClinic, type SignedIn } from '../testing/harness.ts'
import { inTransaction } from '../work.ts'
import { callbackForMissed, callbackReached } from './callbacks.ts'

let crm: Clinic
let giulia: SignedIn
let clinicId: string
beforeAll(async () => {
  crm = await openClinic({ clinics: ['Roma', 'Milano'] })
  giulia = await crm.signsIn('agent', { clinics: ['Roma'], name: 'Giulia Ferri' })
  clinicId = (await crm.rows<{ id: string }>(`select id from clinics where name = 'Roma'`))[0]!.id
})
beforeEach(() => crm.rows('delete from callbacks'))
afterAll(() => crm.close())

const wraps = (id: string, json: object, who = giulia) => who.ask('POST', `/api/calls/${id}/wrap-up`, { json })
const answered = { result: 'answered', answered_at: new Date(Date.now() - 60_000).toISOString() }

/** A call of somebody we know, which Giulia answered and owes. */
async function known(fields: Partial<CallRow> = {}) {
  const opened = await crm.opens({ clinic: 'Roma' })
  const { id: case_id, patient_id } = opened
  const [row] = await crm.rows<{ key: string }>('select key from phone_keys where patient_id = $1', [patient_id])
  const person = { case_id, patient_id, match: 'one', phone_key: row!.key, phone: `+${row!.key}`, clinic_id: clinicId }
  const call = await callAt(crm, { ...person, ...answered, agent_id: giulia.id, owed_by: giulia.id, ...fields })
  return { person, call, case_id, patient_id }
}
const caseOf = async (id: string) => (await giulia.ask('GET', `/api/cases/${id}`)).body
const callbacks = () =>
  crm.rows<{ state: string; result: string; attempts: number }>('select state, result, attempts from callbacks')
const missed = async (person: Partial<CallRow>) => {
  const call = await callAt(crm, person)
  await inTransaction(crm.work, (inside) => callbackForMissed(inside, call))
}

test('case, note, callback and call are saved together', async () => {
  const { person, call, case_id } = await known()
  await missed(person)
  await giulia.ask('PUT', `/api/calls/${call.id}/draft`, { json: { note: 'Vuole' } })
  const { status, body } = await wraps(call.id, {
    disposition: 'RICHIAMARE',
    note: 'Vuole pensarci.',
    status: 'DA_RICHIAMARE',
    follow_up_date: '2027-01-11T09:00:00+01:00',
  })
  expect([status, body.disposition, body.wrap_up_owed]).toEqual([200, 'RICHIAMARE', false])
  const kase = await caseOf(case_id)
  expect(kase).toMatchObject({ status: 'DA_RICHIAMARE', disposition: 'RICHIAMARE' })
  expect(kase.last_contact_at).not.toBeNull()
  const { notes } = (await giulia.ask('GET', `/api/cases/${case_id}/notes`)).body
  expect(notes).toMatchObject([{ body: 'Vuole pensarci.', author: 'Giulia Ferri' }])
  expect(await callbacks()).toEqual([{ state: 'done', result: 'reached', attempts: 0 }])
  expect((await giulia.ask('GET', `/api/calls/${call.id}/draft`)).body).toEqual({ draft: null, saved_at: null })
})

test('a refused move saves nothing of it', async () => {
  const { person, call, case_id } = await known()
  await missed(person)
  const lost = await wraps(call.id, { disposition: 'PREZZO', note: 'Troppo caro', status: 'PERSO' })
  expect([lost.status, lost.body.fields[0].field]).toEqual([400, 'lost_reason'])
  await wraps(call.id, { disposition: 'PREZZO', status: 'PERSO', lost_reason: 'PREZZO' })
  const back = await wraps(call.id, { disposition: 'INFO_FORNITE', note: 'Ci ripensa', status: 'IN_CORSO' })
  expect(back.body).toMatchObject({ code: 'move_not_offered', move: 'needs_reason' })
  expect((await giulia.ask('GET', `/api/cases/${case_id}/notes`)).body.notes).toEqual([])
  expect(await caseOf(case_id)).toMatchObject({ status: 'PERSO', disposition: 'PREZZO' })
})

test('a machine that answered is no conversation: whoever waited waits on, one step up', async () => {
  const { person, call, case_id } = await known()
  await missed(person)
  await inTransaction(crm.work, (inside) => callbackReached(inside, call))
  await wraps(call.id, { disposition: 'SEGRETERIA' })
  expect(await callbacks()).toEqual([{ state: 'open', result: null, attempts: 1 }])
  expect((await caseOf(case_id)).last_contact_at).toBeNull()
})

test('nobody is made to wait who did not before', async () => {
  const { call } = await known()
  await wraps(call.id, { disposition: 'NON_RISPONDE' })
  expect(await callbacks()).toEqual([])
})

test('a wrong number is marked so, and nobody is left to call there', async () => {
  const { person, call, patient_id } = await known()
  await missed(person)
  await wraps(call.id, { disposition: 'NUMERO_ERRATO', wrong_number: true })
  expect(
    await crm.rows('select key from phone_facts where patient_id = $1 and wrong_at is not null', [patient_id]),
  ).toEqual([{ key: person.phone_key }])
  expect(await callbacks()).toEqual([{ state: 'done', result: 'wrong_number', attempts: 1 }])
})

test('a call that is nobody’s keeps what was said of it', async () => {
  const call = await callAt(crm, { ...answered, phone_key: '39061', owed_by: giulia.id })
  const { status, body } = await wraps(call.id, {
    disposition: 'INFO_FORNITE',
    note: 'Chiede gli orari',
    status: 'IN_CORSO',
  })
  expect([status, body.disposition, body.wrap_up_owed]).toEqual([200, 'INFO_FORNITE', false])
  expect((await giulia.ask('GET', `/api/calls/${call.id}/draft`)).body.draft).toEqual({ note: 'Chiede gli orari' })
  const [trace] = await crm.rows<{ changes: object }>(
    `select changes from audit_events where action = 'call.wrapped_up'
    and subject_id = $1`,
    [call.id],
  )
  expect(JSON.stringify(trace)).not.toContain('orari')
})

test('a retried wrap-up writes its note once', async () => {
  const { call, case_id } = await known()
  const headers = { 'idempotency-key': 'wrap-1' }
  const json = { disposition: 'INFO_FORNITE', note: 'Una volta sola.' }
  const wrap = () => giulia.ask('POST', `/api/calls/${call.id}/wrap-up`, { json, headers })
  expect([(await wrap()).status, (await wrap()).status]).toEqual([200, 200])
  expect((await giulia.ask('GET', `/api/cases/${case_id}/notes`)).body.notes).toHaveLength(1)
})

test('a draft is one’s own, and a foreign clinic’s call is nobody’s here', async () => {
  const { call } = await known()
  const saved = await giulia.ask('PUT', `/api/calls/${call.id}/draft`, { json: { note: 'A metà', disposition: '' } })
  expect(saved.status).toBe(200)
  const colleague = await crm.signsIn('agent', { clinics: ['Roma'] })
  expect((await colleague.ask('GET', `/api/calls/${call.id}/draft`)).body.draft).toBeNull()
  expect((await giulia.ask('GET', `/api/calls/${call.id}/draft`)).body.draft).toEqual({
    note: 'A metà',
    disposition: '',
  })
  const milano = await crm.signsIn('agent', { clinics: ['Milano'] })
  expect((await wraps(call.id, { disposition: 'SPAM' }, milano)).status).toBe(404)
  expect((await milano.ask('PUT', `/api/calls/${call.id}/draft`, { json: {} })).status).toBe(404)
})
