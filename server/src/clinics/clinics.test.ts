import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Clinic, openClinic } from '../testing/harness.ts'

let clinic: Clinic
beforeAll(async () => {
  clinic = await openClinic({ clinics: ['Centro Oculistico Roma'] })
})
afterAll(() => clinic.close())

test('a clinic is added, shown by its new name within 5 s, and never twice', async () => {
  const { status, body } = await clinic.ask('POST', '/api/clinics', {
    json: { name: 'Centro Oculistico Bari', city: 'Bari' },
  })
  expect([status, body.code, body.zone, body.active]).toEqual([201, 'CENTRO-OCULISTICO-BARI', 'Europe/Rome', true])
  const opened = await clinic.opens({ clinic: 'Centro Oculistico Bari', phone: '080 555 0101' })
  expect((await clinic.lookup('0805550101')).body).toMatchObject({
    case_id: opened.id,
    case: { clinic: 'Centro Oculistico Bari' },
  })
  await clinic.ask('PATCH', `/api/clinics/${body.id}`, { json: { name: 'Occhi Bari' } })
  const shown = async () => (await clinic.lookup('0805550101')).body.case.clinic
  await expect.poll(shown, { timeout: 6_000 }).toBe('Occhi Bari')
  const again = await clinic.ask('POST', '/api/clinics', { json: { name: 'Occhi Bari' } })
  expect([again.status, again.body.code]).toEqual([409, 'already_exists'])
})

test('a zone that is none is refused by name', async () => {
  const { status, body } = await clinic.ask('POST', '/api/clinics', { json: { name: 'X', zone: 'Rome' } })
  expect([status, body.fields[0].field]).toEqual([400, 'zone'])
})

test('a limited key sees its clinics and cannot add one', async () => {
  const { key } = await clinic.keyWith({ scopes: ['settings:write'], clinics: ['Centro Oculistico Roma'] })
  const { clinics } = (await clinic.ask('GET', '/api/clinics', { key })).body
  expect(clinics.map(({ name }: { name: string }) => name)).toEqual(['Centro Oculistico Roma'])
  expect((await clinic.ask('POST', '/api/clinics', { key, json: { name: 'Y' } })).status).toBe(403)
})
