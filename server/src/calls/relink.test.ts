import { afterAll, beforeAll, expect, test } from 'vitest'
import { callAt } from '../testing/call-scenes.ts'
import { type Clinic, openClinic, type SignedIn } from '../testing/harness.ts'
import { inTransaction } from '../work.ts'
import { callbackForMissed } from './callbacks.ts'

let crm: Clinic
let giulia: SignedIn
let lead: SignedIn
beforeAll(async () => {
  crm = await openClinic({ clinics: ['Roma', 'Milano'] })
  giulia = await crm.signsIn('agent', { clinics: ['Roma'], name: 'Giulia Ferri' })
  lead = await crm.signsIn('team_lead', { clinics: ['Roma'] })
})
afterAll(() => crm.close())

const number = { phone_key: '390677778888', phone: '+390677778888' }

test('calls from before we knew who has the number are given to them, and taken back', async () => {
  const missed = await callAt(crm, number)
  const answered = await callAt(crm, { ...number, result: 'answered' })
  const linked = await callAt(crm, { ...number, match: 'linked', patient_id: (await crm.opens()).patient_id })
  await inTransaction(crm.work, (inside) => callbackForMissed(inside, missed))
  const { id: case_id, patient_id } = await crm.opens({ phone: '06 7777 8888', clinic: 'Roma' })
  await crm.rows(
    `insert into callbacks (patient_id, phone_key, due_at, missed_count) values ($1, '3933', now() + interval '9 days', 1)`,
    [patient_id],
  )
  const path = `/api/patients/${patient_id}/unlinked-calls`
  const ids = async () => (await giulia.ask('GET', path)).body.calls.map(({ id }: { id: string }) => id)
  expect(await ids()).toEqual([answered.id, missed.id])

  const all = [missed.id, answered.id, linked.id]
  expect((await giulia.ask('POST', path, { json: { call_ids: all } })).body).toEqual({ count: 2 })
  const given = await crm.rows('select id::text, match, case_id::text from calls where patient_id = $1 order by id', [
    patient_id,
  ])
  expect(given).toEqual([missed, answered].map(({ id }) => ({ id, match: 'linked', case_id })))
  expect(await ids()).toEqual([])
  const open = await crm.rows(
    `select patient_id::text, missed_count, due_at < now() + interval '9 days' as is_sooner from callbacks where state = 'open'`,
  )
  expect(open).toEqual([{ patient_id, missed_count: 2, is_sooner: true }])

  expect((await giulia.ask('POST', path, { json: { call_ids: all, undo: true } })).body).toEqual({ count: 2 })
  expect(await ids()).toEqual([answered.id, missed.id])
  const milano = await crm.signsIn('agent', { clinics: ['Milano'] })
  expect((await milano.ask('GET', path)).status).toBe(404)
})

test('whoever may listen is told where the recording is, which leaves a trace; nobody else is', async () => {
  const { id: case_id, patient_id } = await crm.opens({ clinic: 'Roma' })
  const recording_url = 'https://vendor.example/r/1'
  const call = await callAt(crm, { match: 'one', patient_id, case_id, recording_url })
  expect((await giulia.ask('GET', `/api/calls/${call.id}/recording`)).status).toBe(403)
  const { body } = await lead.ask('GET', `/api/calls/${call.id}/recording`)
  expect(body).toEqual({ url: recording_url })
  const heard = () =>
    crm.rows(`select actor from access_events where action = 'call.listened' and patient_id = $1`, [patient_id])
  await expect.poll(heard).toEqual([{ actor: `user:${lead.id}` }])
  const silent = await callAt(crm, {})
  expect((await lead.ask('GET', `/api/calls/${silent.id}/recording`)).status).toBe(404)
})
