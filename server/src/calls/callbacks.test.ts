import type { CallbackView } from '@clinicacrm/contract/callbacks.ts'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { callAt, type CallRow } from '../testing/call-scenes.ts'
import { type Clinic, openClinic, type SignedIn } from '../testing/harness.ts'
import { inTransaction } from '../work.ts'
import { callbackForMissed, callbackReached } from './callbacks.ts'

let crm: Clinic
let giulia: SignedIn
let milano: SignedIn
let clinicId: string
beforeAll(async () => {
  crm = await openClinic({ clinics: ['Roma', 'Milano'] })
  giulia = await crm.signsIn('agent', { clinics: ['Roma'], email: 'giulia@clinic.example' })
  milano = await crm.signsIn('agent', { clinics: ['Milano'] })
  clinicId = (await crm.rows<{ id: string }>(`select id from clinics where name = 'Roma'`))[0]!.id
})
beforeEach(() => crm.rows('delete from callbacks'))
afterAll(() => crm.close())

const alwaysOpen = {
  opening: Array.from({ length: 7 }, () => [{ from: '00:00', to: '24:00' }]),
  quiet_before: '00:00',
  quiet_after: '24:00',
  holidays: [],
}
const neverOpen = { ...alwaysOpen, opening: Array.from({ length: 7 }, () => []) }
const setHours = (hours: object) =>
  crm.rows(
    `insert into clinic_hours (clinic_id, opening, quiet_before, quiet_after, holidays)
     select id, $1::jsonb -> 'opening', $1::jsonb ->> 'quiet_before', $1::jsonb ->> 'quiet_after', $1::jsonb -> 'holidays' from clinics
     on conflict (clinic_id) do update set opening = excluded.opening`,
    [JSON.stringify(hours)],
  )
beforeAll(() => setHours(alwaysOpen))

const misses = (call: CallRow) => inTransaction(crm.work, (inside) => callbackForMissed(inside, call))
const missed = async (fields: Partial<CallRow> = {}) => {
  const call = await callAt(crm, { clinic_id: clinicId, ...fields })
  await misses(call)
  return call
}
const unknown = { phone_key: '390612345678', phone: '+390612345678' }
const waiting = async (query = '', who = giulia): Promise<CallbackView[]> =>
  (await who.ask('GET', `/api/callbacks?${query}`)).body.callbacks
const patientOf = async (fields: object = {}) => {
  const opened = await crm.opens({ clinic: 'Roma', ...fields })
  const [row] = await crm.rows<{ key: string }>('select key from phone_keys where patient_id = $1 order by key', [
    opened.patient_id,
  ])
  const { id: case_id, patient_id } = opened
  return { case_id, patient_id, match: 'one', phone_key: row!.key, phone: `+${row!.key}` }
}
const tries = (id: string, result: string) => giulia.ask('POST', `/api/callbacks/${id}/result`, { json: { result } })
const minutesUntil = (at: string) => Math.round((Date.parse(at) - Date.now()) / 60_000)

describe('whoever called in vain', () => {
  test('waits once, however often they call, and whatever is told twice', async () => {
    const call = await missed(unknown)
    await misses(call)
    await missed({ ...unknown, result: 'voicemail' })
    const found = await waiting()
    expect(found).toMatchObject([
      {
        phone: '+390612345678',
        missed_count: 2,
        attempts: 0,
        patient_id: null,
        clinic: 'Roma',
        origin_call_id: call.id,
      },
    ])
    expect(minutesUntil(found[0]!.due_at)).toBeLessThanOrEqual(15)
  })

  test('waits once when two calls end at the same moment', async () => {
    const person = await patientOf()
    const calls = await Promise.all([1, 2, 3, 4].map(() => callAt(crm, { clinic_id: clinicId, ...person })))
    await Promise.all(calls.map(misses))
    expect(await waiting()).toMatchObject([{ patient_id: person.patient_id, name: 'Ada Neri', missed_count: 4 }])
  })

  test('is not waited for when the number is withheld', async () => {
    await missed({ match: 'withheld' })
    await missed({ match: 'internal', phone_key: 'x118' })
    expect(await waiting()).toEqual([])
  })

  test('waits no longer once somebody spoke with them, by whatever number', async () => {
    const person = await patientOf()
    await missed(person)
    const call = await callAt(crm, { ...person, phone_key: '39333', result: 'answered' })
    await inTransaction(crm.work, (inside) => callbackReached(inside, call))
    expect(await waiting()).toEqual([])
    expect(await waiting('state=done')).toMatchObject([{ result: 'reached', state: 'done' }])
  })

  test('is shown to nobody of another clinic', async () => {
    await missed(await patientOf())
    expect(await waiting('', milano)).toEqual([])
    const [{ id } = { id: '' }] = await waiting()
    expect((await milano.ask('POST', `/api/callbacks/${id}/result`, { json: { result: 'reached' } })).status).toBe(404)
  })
})

describe('the ladder', () => {
  test('15 minutes, 2 hours, tomorrow, 3 days; then it concerns the team lead', async () => {
    await missed(unknown)
    const [{ id } = { id: '' }] = await waiting()
    const first = (await tries(id, 'no_answer')).body as CallbackView
    expect([first.attempts, minutesUntil(first.due_at), first.is_escalated]).toEqual([1, 120, false])
    for (const result of ['busy', 'voicemail']) await tries(id, result)
    const last = (await tries(id, 'no_answer')).body as CallbackView
    expect(last).toMatchObject({ attempts: 4, is_escalated: true, next_try_at: null, state: 'open' })
    expect(await waiting('due=escalated')).toHaveLength(1)
    const json = { result: 'not_needed', reason: ' Ha già prenotato ' }
    expect((await giulia.ask('POST', `/api/callbacks/${id}/result`, { json })).body).toMatchObject({
      state: 'cancelled',
      result: 'not_needed',
      reason: 'Ha già prenotato',
    })
    expect((await tries(id, 'reached')).body).toMatchObject({ code: 'changed' })
  })

  test('a wrong number leads to the patient’s next, and in the end to none', async () => {
    const person = await patientOf({ home_phone: '+39 06 5550 1234' })
    await missed(person)
    const [{ id } = { id: '' }] = await waiting()
    const next = (await tries(id, 'wrong_number')).body
    expect(next).toMatchObject({ state: 'open' })
    expect(next.phone).not.toBe(person.phone)
    expect(await crm.rows('select key from phone_facts where wrong_at is not null')).toEqual([
      { key: person.phone_key },
    ])
    expect((await tries(id, 'wrong_number')).body).toMatchObject({ state: 'done', result: 'wrong_number' })
  })

  test('overdue for more than two hours, it is escalated; whom nobody may call is never overdue', async () => {
    const person = await patientOf()
    await missed(person)
    await missed(unknown)
    await crm.rows(`update callbacks set due_at = now() - interval '3 hours'`)
    await crm.rows(`update patients set do_not_contact = true, do_not_contact_reason = 'Lo chiede' where id = $1`, [
      person.patient_id,
    ])
    expect(await waiting()).toMatchObject([
      { patient_id: null, is_overdue: true, is_escalated: true, blocked: null },
      { is_overdue: false, is_escalated: false, blocked: 'do_not_contact', blocked_reason: 'Lo chiede' },
    ])
    expect([(await waiting('due=overdue')).length, (await waiting('due=escalated')).length]).toEqual([1, 1])
    const { body } = await giulia.ask('GET', '/api/callbacks?limit=1')
    expect([body.count, body.callbacks.length]).toEqual([2, 1])
    expect((await waiting(`limit=1&cursor=${body.next_cursor}`))[0]).toMatchObject({ blocked: 'do_not_contact' })
  })
})

describe('a promise', () => {
  test('is made for a patient, moves what waits already, and is taken by whoever wants it', async () => {
    const person = await patientOf()
    const due_at = new Date(Date.now() + 3_600_000).toISOString()
    const json = { patient_id: person.patient_id, due_at, reason: 'Vuole il preventivo' }
    const made = await giulia.ask('POST', '/api/callbacks', { json })
    expect([made.status, made.body.phone, made.body.moved_from]).toEqual([201, person.phone, null])
    const later = new Date(Date.now() + 7_200_000).toISOString()
    const again = await giulia.ask('POST', '/api/callbacks', { json: { case_id: person.case_id, due_at: later } })
    expect([again.body.id, minutesUntil(again.body.due_at)]).toEqual([made.body.id, 120])
    const { body } = await giulia.ask('PATCH', `/api/callbacks/${made.body.id}`, {
      json: { assigned_to: giulia.email, version: again.body.version },
    })
    expect(body).toMatchObject({ assigned_to: giulia.email, reason: 'Vuole il preventivo' })
    expect([(await waiting('assigned_to=me')).length, (await waiting('assigned_to=nobody')).length]).toEqual([1, 0])
    const stale = await giulia.ask('PATCH', `/api/callbacks/${made.body.id}`, { json: { reason: 'x', version: 1 } })
    expect([stale.status, stale.body.current.id]).toEqual([409, made.body.id])
  })

  test('names somebody whom one may see', async () => {
    const due_at = new Date().toISOString()
    const foreign = await crm.opens({ clinic: 'Milano' })
    const ask = (json: object) => giulia.ask('POST', '/api/callbacks', { json: { due_at, ...json } })
    expect((await ask({ patient_id: foreign.patient_id })).status).toBe(404)
    expect((await ask({ case_id: foreign.id })).status).toBe(404)
    expect((await ask({})).status).toBe(400)
    expect((await ask({ phone: '06 8888 7777' })).body).toMatchObject({ phone: '+390688887777', patient_id: null })
  })
})

test('hours are set by whoever may, and say when the next call may be', async () => {
  const admin = await crm.signsIn('clinic_admin', { clinics: ['Roma'] })
  const { body } = await admin.ask('PUT', `/api/clinics/${clinicId}/hours`, { json: neverOpen })
  expect(body).toEqual(neverOpen)
  const hours = {
    ...alwaysOpen,
    quiet_before: '09:00',
    quiet_after: '20:00',
    holidays: [{ day: '2026-12-08', label: '' }],
  }
  await admin.ask('PUT', `/api/clinics/${clinicId}/hours`, { json: hours })
  expect((await giulia.ask('GET', `/api/clinics/${clinicId}/hours`)).body).toEqual(hours)
  const slot = await giulia.ask('GET', `/api/clinics/${clinicId}/next-slot?at=2026-12-07T21:00:00%2B01:00`)
  expect(slot.body).toEqual({ at: '2026-12-09T08:00:00.000Z', moved: true, why: 'quiet_hours' })
  expect((await milano.ask('GET', `/api/clinics/${clinicId}/next-slot?at=2026-12-07T21:00:00Z`)).status).toBe(404)
})
