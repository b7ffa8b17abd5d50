import pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { loadDemo } from '../demo.ts'
import { createEvents } from '../events.ts'
import { type Clinic, openClinic } from '../testing/harness.ts'
import { createDisclosures } from './disclosures.ts'

let clinic: Clinic
beforeAll(async () => {
  clinic = await openClinic({ clinics: [] })
  await loadDemo(clinic.work)
})
afterAll(() => clinic.close())

const traces = (actor: string) =>
  clinic.rows(
    'select action, case_id, profile, provider, conversation_id from access_events where actor = $1 order by id',
    [actor],
  )

test('every case a lookup shows is recorded: by which key, how much of it, for which call', async () => {
  const { id, key } = await clinic.keyWith({ scopes: ['lookup:read'], profile: 'greeting' })
  await clinic.lookup('+39 333 222 4444', { provider: 'amazon-connect', conversation_id: 'c-9' }, { key })
  await clinic.lookup('+391234567890', {}, { key })
  const call = { provider: 'amazon-connect', conversation_id: 'c-9' }
  await expect
    .poll(() => traces(`api_key:${id}`))
    .toEqual([
      { action: 'lookup', case_id: '9', profile: 'greeting', ...call },
      { action: 'lookup', case_id: '4', profile: 'match', ...call },
    ])
})

test('reading a case, its notes, a patient or a list is recorded too', async () => {
  const { id, key } = await clinic.keyWith({ scopes: ['cases:read', 'patients:read'] })
  for (const path of [
    '/api/cases/9',
    '/api/cases/9/notes',
    '/api/patients/4',
    '/api/cases?limit=2',
    '/api/cases/99999',
  ]) {
    await clinic.ask('GET', path, { key })
  }
  const actions = async () => (await traces(`api_key:${id}`)).map(({ action }) => action)
  await expect.poll(actions).toEqual(['case.read', 'notes.read', 'patient.read', 'case.listed', 'case.listed'])
})

test('nothing that waits in memory is lost when the program stops', async () => {
  const other = await openClinic({ connection: clinic.connection, clinics: [] })
  await other.lookup('+39 333 222 4444')
  await other.app.close()
  const [row] = await clinic.rows<{ count: string }>(
    `select count(*) from access_events where actor like 'api_key:%' and action = 'lookup' and case_id = 9`,
  )
  expect(Number(row!.count)).toBe(2)
  await other.pools.close()
})

test('a case listed again within ten minutes is recorded once for each actor; opened, looked up and exported each time', async () => {
  const { id, key } = await clinic.keyWith({ scopes: ['lookup:read', 'cases:read'] })
  const colleague = await clinic.keyWith({ scopes: ['cases:read'] })
  const lead = await clinic.signsIn('team_lead')
  const list = '/api/cases?search=%239'
  for (let times = 0; times < 2; times++) {
    await clinic.ask('GET', list, { key })
    await clinic.ask('GET', '/api/cases/9', { key })
    await clinic.lookup('+39 333 222 4444', {}, { key })
    await lead.ask('GET', '/api/cases/export?search=%239')
  }
  await clinic.ask('GET', list, { key: colleague.key })
  const of9 = async (actor: string) =>
    (await traces(actor)).filter(({ case_id }) => case_id === '9').map(({ action }) => action)
  await expect.poll(() => of9(`api_key:${id}`)).toEqual(['case.listed', 'case.read', 'lookup', 'case.read', 'lookup'])
  await expect.poll(() => of9(`api_key:${colleague.id}`)).toEqual(['case.listed'])
  await expect.poll(() => of9(`user:${lead.id}`)).toEqual(['case.exported', 'case.exported'])
})

test('what cannot be recorded is not shown: with ten thousand waiting for the database, the next is refused', async () => {
  const away = new pg.Pool({ host: '/nowhere', connectionTimeoutMillis: 200 })
  const disclosures = createDisclosures(away, createEvents('silent'))
  const show = () => disclosures.record({ actor: 'api_key:1', action: 'lookup', case_id: '9', patient_id: '4' })
  for (let i = 0; i < 10_000; i++) show()
  await disclosures.flush()
  expect(show).toThrow('did not answer in time')
  await away.end()
})
