import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { loadDemo } from '../demo.ts'
import { type Clinic, openClinic, randomMobile } from '../testing/harness.ts'

let clinic: Clinic
beforeAll(async () => {
  clinic = await openClinic({ clinics: [] })
  await loadDemo(clinic.work)
})
afterAll(() => clinic.close())

type Found = { id: string; name: string; matched: { field: string; text: string }; latest_case: { id: string } | null }
const pathOf = (q: string, limit = 20) => `/api/search?${new URLSearchParams({ q, limit: String(limit) }).toString()}`
const search = async (q: string, limit = 20, asking = {}) => (await clinic.ask('GET', pathOf(q, limit), asking)).body
const names = async (q: string) => (await search(q)).patients.map(({ name }: Found) => name)
const register = async (json: object): Promise<string> => {
  const person = { phone: randomMobile(), clinic: 'Centro Oculistico Roma', ...json }
  return (await clinic.ask('POST', '/api/patients', { json: person })).body.id
}

describe('Antonio Dorato is found', () => {
  test.each([
    ['half his surname', 'dora', 'name', 'Antonio Dorato'],
    ['halves of both names, in any order', 'dor anto', 'name', 'Antonio Dorato'],
    ['the middle of his name', 'orat', 'name', 'Antonio Dorato'],
    ['four digits', '2222 4444', 'phone', '+39 06 2222 4444'],
    ['the end of his mobile number', '33 2224444', 'cell_phone', '+39 333 222 4444'],
    ['the beginning, as people say it', '06 2222', 'phone', '+39 06 2222 4444'],
    ['the beginning with the country', '+39 333 22', 'cell_phone', '+39 333 222 4444'],
    ['the exit code', '0039 0622', 'phone', '+39 06 2222 4444'],
    ['the whole number, written strangely', 'tel. 06/2222.4444 int. 3', 'phone', '+39 06 2222 4444'],
    ['a name and how a number begins', 'dorato +39 (0622)', 'phone', '+39 06 2222 4444'],
    ['a name and digits', 'antonio 4444', 'phone', '+39 06 2222 4444'],
    ['his whole address', 'Antonio.Dorato@Email.com', 'email', 'antonio.dorato@'],
    ['a piece of his address', 'antonio.dorato@', 'email', 'antonio.dorato@'],
  ])('by %s', async (_, q, field, text) => {
    const { patients } = await search(q)
    const [dorato] = patients.filter(({ name }: Found) => name === 'Antonio Dorato')
    expect(dorato, q).toMatchObject({ matched: { field }, latest_case: { id: '9' } })
    expect(dorato.matched.text).toContain(text)
  })

  test('by the number of his case', async () => {
    for (const q of ['#9', '9', ' # 9 ']) {
      expect((await search(q)).case).toMatchObject({
        id: '9',
        name: 'Antonio Dorato',
        clinic: 'Centro Oculistico Roma',
      })
    }
    expect((await search('#99999')).case).toBeNull()
    expect((await search('9')).patients).toEqual([])
  })
})

test('accents, apostrophes and hyphens do not matter, neither do letters Unicode keeps whole', async () => {
  await register({ first_name: 'Łukasz', last_name: "D'Ødegård-Strauß" })
  for (const q of ['lukasz', 'dodegard', 'd’odeg', 'strauss', 'odegard strauß', 'Ødegård-Strauß', 'ŁUK DØD']) {
    expect(await names(q), q).toEqual(["Łukasz D'Ødegård-Strauß"])
  }
})

test('whole words come before beginnings, beginnings before middles, and of equals the newest', async () => {
  for (const last_name of ['Ambrosquini', 'Rosquini', 'Rosq', 'Rosquetti'])
    await register({ first_name: 'Zita', last_name })
  expect(await names('rosq')).toEqual(['Zita Rosq', 'Zita Rosquetti', 'Zita Rosquini', 'Zita Ambrosquini'])
  await register({ first_name: 'Xx', last_name: 'Yy', email: 'rosquero@posta.example' })
  expect((await names('rosq')).at(-1)).toBe('Xx Yy')
})

test('more than fits is said, and the list is never longer than asked', async () => {
  for (let i = 0; i < 4; i++) await register({ first_name: 'Quirino', last_name: `Abcd${i}` })
  const few = await search('quirino', 3)
  expect([few.patients.length, few.too_broad]).toEqual([3, true])
  const all = await search('quirino', 4)
  expect([all.patients.length, all.too_broad]).toEqual([4, false])
})

test('what is old is found behind many who are newer', async () => {
  const id = await register({ first_name: 'Piero', last_name: 'Vecchini', phone: '06 7777 1234' })
  await clinic.rows(
    `insert into patients (first_name, last_name, phone, clinic_id, search_text, folded_name, key_version, created_at)
     select 'Nuovo', 'Vecchinissimi', null, clinic_id, ' nuovo vecchinissimi ', ' nuovo vecchinissimi ', key_version,
            now() + interval '1 day'
       from patients, generate_series(1, 6000) where id = $1`,
    [id],
  )
  await clinic.rows('analyze patients')
  const found = await search('vecchini', 3)
  expect([found.patients.length, found.patients[0].id, found.too_broad]).toEqual([3, id, true])
  expect((await search('77771234')).patients[0].id).toBe(id)
  expect((await search('piero vecc')).patients[0].id).toBe(id)
  await clinic.rows(`delete from patients where last_name = 'Vecchinissimi'`)
})

test('nothing that is typed breaks it', async () => {
  const odd = [
    '%',
    '_',
    '%%%',
    '\\',
    "' or 1=1 --",
    '.',
    '@',
    'a@b',
    '\u202Eabc',
    '🙂',
    '\uD800',
    'x'.repeat(200),
    '00',
    '#',
    '# #',
  ]
  for (const q of [...odd, '<script>alert(1)</script>', Array(100).fill('qx').join(' ').slice(0, 200)]) {
    const { status, body } = await clinic.ask('GET', pathOf(q))
    expect([status, body.patients.length], q).toEqual([200, 0])
  }
  for (const q of ['', ' ', '\0', 'x'.repeat(201)]) expect((await clinic.ask('GET', pathOf(q))).status, q).toBe(400)
})

test('nobody of another clinic is found, not even by the case’s number', async () => {
  const milan = 'Centro Oculistico Milano'
  const { key } = await clinic.keyWith({ scopes: ['cases:read', 'patients:read'], clinics: [milan] })
  const agent = await clinic.signsIn('agent', { clinics: [milan] })
  for (const q of ['dorato', '2224444', 'antonio.dorato@', '+39 06 2222 4444', '#9']) {
    for (const { status, body } of [await clinic.ask('GET', pathOf(q), { key }), await agent.ask('GET', pathOf(q))]) {
      const found = body.patients.map(({ name }: Found) => name)
      expect([status, found.includes('Antonio Dorato'), body.case], q).toEqual([200, false, null])
    }
  }
  const integrator = await clinic.signsIn('integrator')
  expect((await integrator.ask('GET', pathOf('dorato'))).status).toBe(403)
})

test('a key that may read cases but no patients finds only those who have a case', async () => {
  const id = await register({ first_name: 'Solitaria', last_name: 'Senzacaso' })
  const { key } = await clinic.keyWith({ scopes: ['cases:read'] })
  expect((await search('senzacaso', 8, { key })).patients).toEqual([])
  await clinic.ask('POST', '/api/cases', { json: { patient_id: id, clinic: 'Centro Oculistico Roma' } })
  expect((await search('senzacaso', 8, { key })).patients).toMatchObject([{ id }])
})

test('whoever is found leaves a disclosure', async () => {
  const auditor = await clinic.signsIn('auditor')
  await auditor.ask('GET', pathOf('#9'))
  await auditor.ask('GET', pathOf('dorato antonio'))
  await expect
    .poll(() =>
      clinic.rows('select action, case_id, patient_id from access_events where actor = $1 order by id', [
        `user:${auditor.id}`,
      ]),
    )
    .toEqual([
      { action: 'case.listed', case_id: '9', patient_id: '4' },
      { action: 'patient.listed', case_id: null, patient_id: '4' },
    ])
})
