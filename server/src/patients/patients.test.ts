import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Clinic, openClinic, randomMobile } from '../testing/harness.ts'

let clinic: Clinic
beforeAll(async () => {
  clinic = await openClinic({ clinics: ['Roma', 'Milano'] })
})
afterAll(() => clinic.close())

const register = (json: object) => clinic.ask('POST', '/api/patients', { json })

test('a patient is registered, read, changed and listed with their cases', async () => {
  const { status, body } = await register({
    first_name: 'Ugo',
    last_name: 'Foscolo',
    phone: randomMobile(),
    clinic: 'Roma',
  })
  expect([status, body.clinic, body.case_ids, body.version]).toEqual([201, 'Roma', [], 1])
  const { body: opened } = await clinic.ask('POST', '/api/cases', { json: { patient_id: body.id, clinic: 'Milano' } })
  const { body: saved } = await clinic.ask('PATCH', `/api/patients/${body.id}`, {
    json: { email: 'ugo@posta.example', version: 1 },
  })
  expect(saved).toMatchObject({ email: 'ugo@posta.example', version: 2, case_ids: [opened.id] })
  const { body: list } = await clinic.ask('GET', '/api/patients?search=foscolo')
  expect(list.patients.map(({ id }: { id: string }) => id)).toEqual([body.id])
})

test('a save in between answers 409 with the patient as it is now', async () => {
  const { body } = await register({ first_name: 'Ugo', phone: randomMobile() })
  await clinic.ask('PATCH', `/api/patients/${body.id}`, { json: { last_name: 'Primo' } })
  const late = await clinic.ask('PATCH', `/api/patients/${body.id}`, { json: { last_name: 'Secondo', version: 1 } })
  expect([late.status, late.body.code, late.body.current.last_name]).toEqual([409, 'patient_changed', 'Primo'])
})

test('a key limited to a clinic knows the patients registered or treated there, and no others', async () => {
  const { key } = await clinic.keyWith({ scopes: ['patients:read'], clinics: ['Milano'] })
  const { body: there } = await register({ first_name: 'Qui', phone: randomMobile(), clinic: 'Milano' })
  const { body: treated } = await register({ first_name: 'Quo', phone: randomMobile(), clinic: 'Roma' })
  await clinic.ask('POST', '/api/cases', { json: { patient_id: treated.id, clinic: 'Milano' } })
  const { body: elsewhere } = await register({ first_name: 'Qua', phone: randomMobile(), clinic: 'Roma' })
  const status = async (id: string) => (await clinic.ask('GET', `/api/patients/${id}`, { key })).status
  expect([await status(there.id), await status(treated.id), await status(elsewhere.id)]).toEqual([200, 200, 404])
})

test('a wrong version, id or field never reaches the table', async () => {
  const { body } = await register({ first_name: 'Ugo', phone: randomMobile() })
  for (const id of ['0', 'x', '9'.repeat(30), '%00']) {
    expect((await clinic.ask('GET', `/api/patients/${id}`)).status).toBe(404)
  }
  for (const json of [{ id: '1' }, { search_text: 'x' }, { version: 'one' }, { first_name: 5 }]) {
    expect((await clinic.ask('PATCH', `/api/patients/${body.id}`, { json })).status).toBe(400)
  }
  expect((await clinic.ask('GET', `/api/patients/${body.id}`)).body.version).toBe(1)
})
