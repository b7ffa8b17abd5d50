import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Clinic, openClinic, randomMobile } from '../testing/harness.ts'

let clinic: Clinic
let id: string
beforeAll(async () => {
  clinic = await openClinic({ clinics: ['Roma', 'Milano'] })
  const json = { first_name: 'Ada', phone: randomMobile(), clinic: 'Roma' }
  id = (await clinic.ask('POST', '/api/patients', { json })).body.id
})
afterAll(() => clinic.close())

const path = () => `/api/patients/${id}/consents`

test('what is given and withdrawn stands one below the other, newest first, with who wrote it', async () => {
  const agent = await clinic.signsIn('agent', { name: 'Giulia Ferri' })
  const given = {
    purpose: 'marketing',
    channel: 'email',
    state: 'given',
    text_version: '2026-01',
    evidence: 'modulo web',
  }
  expect((await agent.ask('POST', path(), { json: given })).status).toBe(201)
  const { body } = await clinic.ask('POST', path(), { json: { ...given, state: 'withdrawn', evidence: 'al telefono' } })
  expect(body.consents).toMatchObject([
    { state: 'withdrawn', evidence: 'al telefono', actor: 'Test' },
    { ...given, actor: 'Giulia Ferri' },
  ])
  const { body: page } = await clinic.ask('GET', `/api/patients/${id}/page`)
  expect(page.consents).toEqual(body.consents)
  const traces = await clinic.rows(
    `select action from audit_events where subject_id = $1 and action like 'patient.consent%' order by id`,
    [id],
  )
  expect(traces).toEqual([{ action: 'patient.consent_given' }, { action: 'patient.consent_withdrawn' }])
})

test('a consent names a known purpose, channel and state', async () => {
  for (const json of [
    { purpose: 'spam', state: 'given' },
    { purpose: 'care', state: 'maybe' },
    { purpose: 'care', channel: 'fax', state: 'given' },
    { purpose: 'care', state: 'given', evidence: ' ' },
    { purpose: 'care', state: 'given', at: '2020-01-01' },
    { state: 'given' },
  ]) {
    expect((await clinic.ask('POST', path(), { json })).status, JSON.stringify(json)).toBe(400)
  }
})

test('only who may write the patient writes down a consent', async () => {
  const json = { purpose: 'care', state: 'given' }
  const before = await clinic.rows('select * from consents')
  const foreign = await clinic.signsIn('agent', { clinics: ['Milano'] })
  expect((await foreign.ask('POST', path(), { json })).status).toBe(404)
  const { key } = await clinic.keyWith({ scopes: ['patients:write'], clinics: ['Milano'] })
  expect((await clinic.ask('POST', path(), { key, json })).status).toBe(404)
  for (const role of ['auditor', 'integrator'] as const) {
    const person = await clinic.signsIn(role)
    expect((await person.ask('POST', path(), { json })).status, role).toBe(403)
  }
  expect(await clinic.rows('select * from consents')).toEqual(before)
})
