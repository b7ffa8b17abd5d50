import { afterAll, beforeAll, expect, test } from 'vitest'
import { createCase } from '../cases/cases.ts'
import { type Clinic, openClinic, randomMobile } from '../testing/harness.ts'

/* Callers of one turn of the event loop share a statement; none may notice. */

let clinic: Clinic
beforeAll(async () => {
  clinic = await openClinic({ clinics: ['Roma', 'Milano'] })
})
afterAll(() => clinic.close())

test('a hundred callers at once get what each of them would get alone', async () => {
  const numbers = Array.from({ length: 30 }, randomMobile)
  for (const [i, phone] of numbers.entries()) {
    const { patient_id } = await clinic.opens({ phone, clinic: 'Roma' })
    for (let more = 0; more < i % 4; more++) await createCase(clinic.work, { patient_id, clinic: 'Milano' })
  }
  const { key } = await clinic.keyWith({ scopes: ['lookup:read'], clinics: ['Milano'] })
  const callers = Array.from({ length: 100 }, (_, i) => ({
    phone: i % 5 ? numbers[i % 30]! : `+39 348 ${String(i).padStart(7, '0')}`,
    key: i % 3 ? clinic.key : key,
  }))
  const ask = async (caller: { phone: string; key: string }) =>
    (await clinic.lookup(caller.phone, {}, { key: caller.key })).text
  const alone: string[] = []
  for (const caller of callers) alone.push(await ask(caller))
  for (let round = 0; round < 3; round++) expect(await Promise.all(callers.map(ask))).toEqual(alone)
})

test('the newest ten of many are answered, newest first, alone and in company', async () => {
  const phone = randomMobile()
  const { patient_id } = await clinic.opens({ phone, created_at: '2024-02-15T00:00:00Z' })
  const at = (day: number) => `2024-01-${String(day).padStart(2, '0')}T00:00:00Z`
  for (const day of [7, 3, 20, 11, 9, 1, 15, 2, 18, 5, 13, 4]) {
    await clinic.work.db.execute(
      `insert into cases (patient_id, clinic_id, created_at) values (${patient_id}, 1, '${at(day)}')`,
    )
  }
  const days = (body: { matches: { created_at: string }[] }) =>
    body.matches.map(({ created_at }) => Number(created_at.slice(8, 10)))
  const newest = [15, 20, 18, 15, 13, 11, 9, 7, 5, 4]
  expect(days((await clinic.lookup(phone)).body)).toEqual(newest)
  const company = await Promise.all(Array.from({ length: 20 }, () => clinic.lookup(phone)))
  for (const { body } of company) expect([body.match_count, days(body)]).toEqual([13, newest])
})

test('a patient without a case is known even among many whom the key may not see', async () => {
  const phone = randomMobile()
  for (let i = 0; i < 12; i++) await clinic.opens({ phone, clinic: 'Roma' })
  const { key } = await clinic.keyWith({ scopes: ['lookup:read'], clinics: ['Milano'] })
  expect((await clinic.lookup(phone, {}, { key })).body).toMatchObject({ found: false, patient_known: false })
  await clinic.ask('POST', '/api/patients', { json: { first_name: 'Ugo', phone, clinic: 'Milano' } })
  expect((await clinic.lookup(phone, {}, { key })).body).toMatchObject({ found: false, patient_known: true })
})
