import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Clinic, openClinic } from '../testing/harness.ts'

let clinic: Clinic
beforeAll(async () => {
  clinic = await openClinic({ clinics: ['Roma', 'Milano'] })
})
afterAll(() => clinic.close())

type Number = { field: string; key: string | null; label: string | null; shared_with: { name: string }[] }

const register = async (json: object) => (await clinic.ask('POST', '/api/patients', { json })).body
const pageOf = async (id: string, asking = {}) => (await clinic.ask('GET', `/api/patients/${id}/page`, asking)).body
const say = (id: string, key: string, json: object, asking = {}) =>
  clinic.ask('PUT', `/api/patients/${id}/numbers/${key}`, { json, ...asking })

test('every number in every field is shown as people read it, with the kind of line', async () => {
  const { id } = await register({
    first_name: 'Ada',
    phone: 'casa 0039 06 2222 4444 / 333 2224444',
    home_phone: 'solo dopo le 18',
    cell_phone: '3332224444 int 12',
    clinic: 'Roma',
  })
  const { numbers } = await pageOf(id)
  expect(
    numbers.map(({ field, key, shown, kind }: Number & { shown: string; kind: string }) => [field, key, shown, kind]),
  ).toEqual([
    ['phone', '390622224444', '+39 06 2222 4444', 'fixed'],
    ['phone', '393332224444', '+39 333 222 4444', 'mobile'],
    ['home_phone', null, 'solo dopo le 18', 'other'],
    ['cell_phone', '393332224444', '+39 333 222 4444 #12', 'mobile'],
  ])
})

test('digits of no plan are shown as they are', async () => {
  const { id } = await register({ first_name: 'Ada', phone: '1500', clinic: 'Roma' })
  expect((await pageOf(id)).numbers).toMatchObject([{ key: 'x1500', shown: '1500', kind: 'other' }])
})

test('a number shows who else has it, and only those whom the asker may see', async () => {
  const { id } = await register({ first_name: 'Ada', last_name: 'Neri', phone: '06 5555 0101', clinic: 'Roma' })
  await register({ first_name: 'Ugo', last_name: 'Neri', home_phone: '+39 0655550101', clinic: 'Roma' })
  await register({ first_name: 'Ida', last_name: 'Neri', phone: '0039 0655550101', clinic: 'Milano' })
  const named = (numbers: Number[]) => numbers.map(({ shared_with }) => shared_with.map(({ name }) => name))
  expect(named((await pageOf(id)).numbers)).toEqual([['Ugo Neri', 'Ida Neri']])
  const agent = await clinic.signsIn('agent', { clinics: ['Roma'] })
  const { body } = await agent.ask('GET', `/api/patients/${id}/page`)
  expect(named(body.numbers)).toEqual([['Ugo Neri']])
})

test('what was found out about a number stays with it, however it is written next', async () => {
  const { id } = await register({ first_name: 'Ada', phone: '06 5555 0102', clinic: 'Roma' })
  const { status, body } = await say(id, '390655550102', { label: ' madre ', verified: true })
  expect([status, body.numbers[0].label]).toEqual([200, 'madre'])
  expect(body.numbers[0].verified_at).toMatch(/^\d{4}-\d\d-\d\dT[\d:.]{15}\+00:00$/)
  await clinic.ask('PATCH', `/api/patients/${id}`, { json: { phone: '+39 0655550102' } })
  const { numbers } = await pageOf(id)
  expect(numbers).toMatchObject([{ typed: '+39 0655550102', label: 'madre', wrong_at: null }])
  expect(numbers[0].verified_at).toBe(body.numbers[0].verified_at)
})

test('a wrong number is no longer verified, and a lookup still finds it', async () => {
  const { id } = await register({ first_name: 'Ada', phone: '06 5555 0103', clinic: 'Roma' })
  await clinic.ask('POST', '/api/cases', { json: { patient_id: id, clinic: 'Roma' } })
  await say(id, '390655550103', { verified: true })
  const { body } = await say(id, '390655550103', { wrong: true })
  expect(body.numbers[0]).toMatchObject({ verified_at: null, wrong_at: expect.any(String) })
  expect((await clinic.lookup('0655550103')).body.found).toBe(true)
  expect((await say(id, '390655550103', { wrong: false })).body.numbers[0].wrong_at).toBeNull()
  expect((await say(id, '390655550103', { wrong: true, verified: true })).status).toBe(400)
})

test('each finding leaves a trace, and saying it again leaves none', async () => {
  const { id } = await register({ first_name: 'Ada', phone: '06 5555 0104', clinic: 'Roma' })
  await say(id, '390655550104', { wrong: true })
  await say(id, '390655550104', { wrong: true })
  const traces = await clinic.rows(
    `select changes from audit_events where subject_id = $1 and action = 'patient.number_changed'`,
    [id],
  )
  expect(traces).toEqual([{ changes: { wrong: { from: false, to: true }, key: { from: null, to: '390655550104' } } }])
})

test('only a number of the patient can be spoken of, and only by who may write the patient', async () => {
  const { id } = await register({ first_name: 'Ada', phone: '06 5555 0105', clinic: 'Roma' })
  const { id: other } = await register({ first_name: 'Ugo', phone: '06 5555 0106', clinic: 'Milano' })
  for (const key of ['390655550106', 'x', '%00', '39%20', 'ä'.repeat(20)]) {
    expect((await say(id, key, { wrong: true })).status, key).toBe(404)
  }
  const agent = await clinic.signsIn('agent', { clinics: ['Roma'] })
  const foreign = await agent.ask('PUT', `/api/patients/${other}/numbers/390655550106`, { json: { wrong: true } })
  expect(foreign.status).toBe(404)
  for (const role of ['auditor', 'integrator'] as const) {
    const person = await clinic.signsIn(role)
    const answer = await person.ask('PUT', `/api/patients/${id}/numbers/390655550105`, { json: { wrong: true } })
    expect(answer.status, role).toBe(403)
  }
  expect(await clinic.rows('select * from phone_facts where patient_id in ($1, $2)', [id, other])).toEqual([])
})
