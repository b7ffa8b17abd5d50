import type { CallEvent } from '@clinicacrm/contract/calls.ts'
import { webhookEventNames } from '@clinicacrm/contract/webhook-events.ts'
import { webhookPayload } from '@clinicacrm/contract/webhooks.ts'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { addNote, createCase, deleteCase, saveCase } from '../cases/cases.ts'
import { type Clinic, openClinic, randomMobile, type SignedIn } from '../testing/harness.ts'
import { queued, webhookTo } from '../testing/hooked.ts'
import { inTransaction } from '../work.ts'
import { record } from './audit.ts'

const [roma, milano] = ['Centro Oculistico Roma', 'Centro Oculistico Milano']
const target = { url: 'http://127.0.0.1:9/hooks' }
const all = { events: webhookEventNames }

let clinic: Clinic
let owner: SignedIn
const clinicIds: Record<string, string> = {}
beforeAll(async () => {
  clinic = await openClinic({ clinics: [roma, milano], env: { OUTGOING_ALLOWED_HOSTS: '127.0.0.1' } })
  owner = await clinic.signsIn('owner')
  for (const { id, name } of await clinic.rows<{ id: string; name: string }>('select id, name from clinics')) {
    clinicIds[name] = id
  }
})
afterAll(() => clinic.close())
beforeEach(async () => void (await clinic.rows('delete from webhooks')))

const toldOf = async (webhookId?: string) =>
  (await queued(clinic, webhookId)).map(({ type, payload }) => ({ type, ...payload.data }))
const typesOf = async (webhookId?: string) => (await queued(clinic, webhookId)).map(({ type }) => type)
const opens = (fields: object = {}) =>
  createCase(clinic.work, { first_name: 'Ada', last_name: 'Neri', phone: randomMobile(), clinic: roma, ...fields })
let calls = 0
function call(from: string, fields: Partial<CallEvent> = {}) {
  const call_id = `hook-${++calls}`
  return (event: CallEvent['event']) =>
    clinic.ask('POST', '/api/calls/events', { json: { call_id, from, ...fields, event } })
}

test('a case from its opening to its end, by ids, names of fields and codes only', async () => {
  await webhookTo(owner, target, all)
  const kase = await opens({ last_name: 'Segretissima', email: 'ada@segreta.example' })
  const patient = { patient_id: kase.patient_id, clinic_id: clinicIds[roma] }
  const at = { case_id: kase.id, ...patient }
  const moved = { status: 'APPUNTAMENTO', follow_up_date: '2026-12-01', follow_up_reason: 'Motivo' } as const
  await saveCase(clinic.work, kase.id, moved)
  await saveCase(clinic.work, kase.id, { email: 'altra@segreta.example' })
  await saveCase(clinic.work, kase.id, { status: 'APPUNTAMENTO' })
  const note = await addNote(clinic.work, kase.id, { body: 'Testo riservato' })
  await deleteCase(clinic.work, kase.id, undefined)
  expect(await toldOf()).toEqual([
    { type: 'patient.created', ...patient },
    { type: 'case.created', ...at },
    { type: 'case.updated', ...at, changed: ['follow_up_date', 'follow_up_reason', 'status'] },
    { type: 'case.status_changed', ...at, from: 'NUOVO', to: 'APPUNTAMENTO' },
    { type: 'patient.updated', ...patient, changed: ['email'] },
    { type: 'note.added', ...at, note_id: note.id },
    { type: 'case.deleted', ...at },
  ])
  const rows = await queued(clinic)
  for (const { payload } of rows) expect(webhookPayload.parse(payload)).toMatchObject({ actor: 'system' })
  expect(new Set(rows.map(({ payload }) => payload.id)).size).toBe(rows.length)
  expect(JSON.stringify(await toldOf())).not.toMatch(/Segretissima|segreta|Motivo|riservato|347/)
})

test('numbers, consents and relations of a patient are a change of the patient', async () => {
  const [one, other] = [await opens(), await opens()]
  await webhookTo(owner, target, { events: ['patient.updated'] })
  const path = `/api/patients/${one.patient_id}`
  await owner.ask('POST', `${path}/consents`, { json: { purpose: 'contact', state: 'given' } })
  await owner.ask('POST', `${path}/relations`, { json: { other_id: other.patient_id, kind: 'friend' } })
  const told = (await toldOf()) as { patient_id?: string; changed?: string[] }[]
  expect(told.map(({ patient_id, changed }) => [patient_id, ...(changed ?? [])])).toEqual([
    [one.patient_id, 'consents'],
    [one.patient_id, 'relations'],
    [other.patient_id, 'relations'],
  ])
})

test('a call, and whoever waits because of it', async () => {
  const kase = await opens({ phone: '+39 347 123 9876' })
  await webhookTo(owner, target, all)
  const about = { patient_id: kase.patient_id, case_id: kase.id }
  const missed = call('+39 347 123 9876')
  await missed('ringing')
  await missed('ringing')
  await missed('ended')
  await missed('ended')
  expect(await typesOf()).toEqual(['call.ringing', 'call.ended', 'call.missed', 'callback.created'])
  const [ringing, , ended, waiting] = await toldOf()
  expect(ringing).toMatchObject({ ...about, provider: 'api', direction: 'inbound', call_id: expect.any(String) })
  expect(ended).toMatchObject({ ...about, result: 'missed' })
  expect(waiting).toMatchObject({ ...about, callback_id: expect.any(String) })
  await clinic.rows('delete from webhook_deliveries')
  await call('+39 347 123 9876')('missed')
  const answered = call('+39 347 123 9876', { agent: owner.email })
  await answered('ringing')
  await answered('answered')
  await answered('ended')
  const { body } = await owner.ask('GET', '/api/calls?limit=1')
  const wrapUp = { disposition: 'INFO_FORNITE', note: 'Detto tutto' }
  expect((await owner.ask('POST', `/api/calls/${body.calls[0].id}/wrap-up`, { json: wrapUp })).status).toBe(200)
  expect(await typesOf()).toEqual([
    'call.ended',
    'call.missed',
    'callback.updated',
    'call.ringing',
    'call.answered',
    'callback.closed',
    'call.ended',
    'case.updated',
    'note.added',
    'call.wrapped_up',
  ])
  expect(JSON.stringify(await toldOf())).not.toMatch(/347|9876|Detto/)
})

test('extensions among themselves are nobody’s business', async () => {
  await webhookTo(owner, target, all)
  const internal = call('101', { to: '102', direction: 'internal' })
  await internal('ringing')
  await internal('ended')
  expect(await queued(clinic)).toEqual([])
})

test('a callback that is promised, moved and done', async () => {
  const kase = await opens()
  await webhookTo(owner, target, all)
  const due_at = '2026-12-01T10:00:00+01:00'
  const { body } = await owner.ask('POST', '/api/callbacks', { json: { case_id: kase.id, due_at } })
  await owner.ask('PATCH', `/api/callbacks/${body.id}`, { json: { reason: 'Preventivo segreto' } })
  await owner.ask('POST', `/api/callbacks/${body.id}/result`, { json: { result: 'no_answer' } })
  await owner.ask('POST', `/api/callbacks/${body.id}/result`, { json: { result: 'reached' } })
  const at = { callback_id: body.id, case_id: kase.id, patient_id: kase.patient_id, clinic_id: clinicIds[roma] }
  expect(await toldOf()).toEqual([
    { type: 'callback.created', ...at },
    { type: 'callback.updated', ...at, changed: ['reason'] },
    { type: 'callback.updated', ...at, changed: ['attempts', 'due_at'] },
    { type: 'callback.closed', ...at, result: 'reached' },
  ])
})

test('many cases at once are told one by one', async () => {
  const ids: string[] = []
  for (let i = 0; i < 12; i++) ids.push((await opens()).id)
  await webhookTo(owner, target, { events: ['case.status_changed'] })
  await owner.ask('POST', '/api/cases/bulk', { json: { ids, change: { status: 'CHIUSO' } } })
  const told = (await toldOf()) as { case_id?: string }[]
  expect(told.length).toBe(ids.length)
  expect(new Set(told.map(({ case_id }) => case_id))).toEqual(new Set(ids))
})

test('a change that is rolled back was never told', async () => {
  await webhookTo(owner, target, all)
  const undone = inTransaction(clinic.work, async (inside) => {
    await createCase(inside, { first_name: 'Ada', phone: randomMobile(), clinic: roma })
    expect((await inside.db.execute('select from webhook_deliveries')).rows.length).toBe(2)
    throw new Error('undone')
  })
  await expect(undone).rejects.toThrow('undone')
  expect(await queued(clinic)).toEqual([])
})

test('only what was asked for, only while it is active', async () => {
  const some = await webhookTo(owner, target, { events: ['case.deleted'] })
  const stopped = await webhookTo(owner, target, { ...all, active: false })
  const kase = await opens()
  await deleteCase(clinic.work, kase.id, undefined)
  expect(await typesOf(some.id)).toEqual(['case.deleted'])
  expect(await typesOf(stopped.id)).toEqual([])
})

test('a webhook of some clinics hears of theirs, and of one that leaves them, but not where it went', async () => {
  const ofRoma = await webhookTo(owner, target, { ...all, clinics: [roma] })
  const ofBoth = await webhookTo(owner, target, { ...all, clinics: [roma, milano] })
  await opens({ clinic: milano })
  expect(await typesOf(ofRoma.id)).toEqual([])
  const kase = await opens()
  await clinic.rows('delete from webhook_deliveries')
  await saveCase(clinic.work, kase.id, { clinic: milano })
  const moved = { type: 'case.updated', case_id: kase.id, patient_id: kase.patient_id, changed: ['clinic'] }
  expect(await toldOf(ofRoma.id)).toEqual([{ ...moved, clinic_id: null }])
  expect(await toldOf(ofBoth.id)).toEqual([{ ...moved, clinic_id: clinicIds[milano] }])
  await deleteCase(clinic.work, kase.id, undefined)
  expect(await typesOf(ofRoma.id)).toEqual(['case.updated'])
})

test('a call of everybody’s names no patient and no case of somebody else’s', async () => {
  const [here, there] = [
    await webhookTo(owner, target, { ...all, clinics: [roma] }),
    await webhookTo(owner, target, { ...all, clinics: [milano] }),
  ]
  const kase = await opens({ phone: '+39 347 765 0001' })
  await clinic.rows('delete from webhook_deliveries')
  await call('+39 347 765 0001')('ringing')
  expect(await toldOf(here.id)).toMatchObject([{ type: 'call.ringing', case_id: kase.id, patient_id: kase.patient_id }])
  // The case decided whose the call is.
  expect(await toldOf(there.id)).toEqual([])
  await call('+39 348 000 0009')('ringing')
  expect(await toldOf(there.id)).toMatchObject([
    { type: 'call.ringing', case_id: null, patient_id: null, clinic_id: null },
  ])
  await clinic.rows('delete from webhook_deliveries')
  await clinic.rows(`insert into dialled_numbers (key, number, clinic_id) values ('390255501', '+39 02 55501', $1)`, [
    clinicIds[milano],
  ])
  const { body } = await call('+39 347 765 0001', { to: '+39 02 55501' })('ringing')
  expect(await toldOf(there.id)).toMatchObject([
    { call_id: body.id, case_id: null, patient_id: null, clinic_id: clinicIds[milano] },
  ])
})

test('where nobody listens, nothing is asked of the database but what was asked before', async () => {
  const statements: string[] = []
  const [kase, { db }] = [await opens(), clinic.work]
  const spied = Object.assign(Object.create(db as object) as typeof db, {
    execute: (query: Parameters<typeof db.execute>[0]) => {
      statements.push('execute')
      return db.execute(query)
    },
  })
  await record({ db: spied, by: clinic.work.by }, { action: 'case.deleted', subject: 'case', id: kase.id })
  expect(statements).toEqual([])
  await webhookTo(owner, target, all)
  await record({ db: spied, by: clinic.work.by }, { action: 'case.deleted', subject: 'case', id: kase.id })
  expect(statements).toEqual(['execute'])
})
