import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Clinic, openClinic, randomMobile } from '../testing/harness.ts'
import { possibleDuplicateOf } from './patients.ts'

let clinic: Clinic
beforeAll(async () => {
  clinic = await openClinic({ clinics: ['Roma', 'Milano'] })
})
afterAll(() => clinic.close())

const register = async (json: object): Promise<string> => {
  const { body } = await clinic.ask('POST', '/api/patients', {
    json: { phone: randomMobile(), clinic: 'Roma', ...json },
  })
  return body.id
}
type Candidate = { id: string; reasons: string[] }
const find = async (json: object, asking = {}): Promise<Candidate[]> =>
  (await clinic.ask('POST', '/api/patients/duplicates', { json, ...asking })).body.candidates
const found = async (json: object) => (await find(json)).map(({ id, reasons }) => [id, reasons])

test('a number in whatever writing, an address in whatever case', async () => {
  const id = await register({ first_name: 'Ada', phone: '06 5555 0201', email: 'Ada.Neri@Posta.example' })
  expect(await found({ phones: ['0039 0655550201 casa'] })).toEqual([[id, ['number']]])
  expect(await found({ email: 'ada.neri@posta.EXAMPLE ' })).toEqual([[id, ['email']]])
  expect(await found({ phones: ['0655550299', 'boh'], email: 'ada.neri@posta' })).toEqual([])
})

test('a name in either order, without accents, with a slip of the finger', async () => {
  const id = await register({ first_name: 'Nicolò', last_name: 'D’Alessandro' })
  for (const [first_name, last_name] of [
    ['nicolo', "d'alessandro"],
    ['D’Alessandro', 'Nicolò'],
    ['Nicolo', 'Dalessandro'],
    ['Nicolò', 'Dalesandro'],
    ['Nicoló', 'D’Allessandro'],
  ]) {
    expect(await found({ first_name, last_name }), `${first_name} ${last_name}`).toEqual([[id, ['name']]])
  }
  expect(await found({ first_name: 'Nicolò', last_name: 'Dalmasso' })).toEqual([])
  expect(await found({ first_name: 'Vittoria', last_name: 'D’Alessandro' })).toEqual([])
})

test('a rare surname alone is worth a look, one that half the town has is not', async () => {
  const id = await register({ first_name: 'Ginevra', last_name: 'Mastrangelo' })
  expect(await found({ last_name: 'mastrangelo' })).toEqual([[id, ['name']]])
  for (let i = 0; i < 9; i++) await register({ first_name: `Anna${i}`, last_name: 'Esposito' })
  expect(await found({ last_name: 'Esposito' })).toEqual([])
  expect(await found({ last_name: 'E' })).toEqual([])
  expect(await found({})).toEqual([])
})

test('who shares more comes first, and a birth date alone speaks for nobody', async () => {
  const twin = await register({
    first_name: 'Carla',
    last_name: 'Bruni',
    birth_date: '1970-02-03',
    phone: '0655550203',
  })
  const namesake = await register({ first_name: 'Carla', last_name: 'Bruni', birth_date: '1950-01-01' })
  const husband = await register({ first_name: 'Ugo', last_name: 'Conti', phone: '06 55550203' })
  await register({ first_name: 'Rita', last_name: 'Sala', birth_date: '1970-02-03' })
  const typed = { first_name: 'Carla', last_name: 'Bruni', phones: ['+39 0655550203'], birth_date: '1970-02-03' }
  expect(await found(typed)).toEqual([
    [twin, ['number', 'name', 'birth_date']],
    [husband, ['number']],
    [namesake, ['name']],
  ])
  expect(await found({ birth_date: '1970-02-03' })).toEqual([])
})

test('a candidate says enough to be told apart', async () => {
  const id = await register({
    first_name: 'Bice',
    last_name: 'Portinari',
    birth_date: '1990-06-01',
    email: 'b@p.example',
  })
  const { body: kase } = await clinic.ask('POST', '/api/cases', { json: { patient_id: id, clinic: 'Milano' } })
  const { body: page } = await clinic.ask('GET', `/api/patients/${id}/page`)
  expect(await find({ email: 'b@p.example' })).toEqual([
    {
      id,
      name: 'Bice Portinari',
      age: page.age,
      phone: page.patient.phone,
      email: 'b@p.example',
      clinic: 'Roma',
      latest_case: { id: kase.id, status: 'NUOVO', treatment: null, created_at: kase.created_at },
      reasons: ['email'],
    },
  ])
})

test('whoever is edited, and whoever was said to be somebody else, is not a candidate', async () => {
  const one = await register({ first_name: 'Lino', last_name: 'Banfi', phone: '0655550204' })
  const other = await register({ first_name: 'Lino', last_name: 'Banfi', phone: '0655550204' })
  const typed = { first_name: 'Lino', last_name: 'Banfi', phones: ['0655550204'], except_id: one }
  expect((await find(typed)).map(({ id }) => id)).toEqual([other])
  const json = { other_id: one, kind: 'not_same_person' }
  await clinic.ask('POST', `/api/patients/${other}/relations`, { json })
  expect(await find(typed)).toEqual([])
})

test('nobody of another clinic is given away, and every candidate leaves a disclosure', async () => {
  const id = await register({ first_name: 'Sofia', last_name: 'Segreti', phone: '0655550205', clinic: 'Milano' })
  const typed = { first_name: 'Sofia', last_name: 'Segreti', phones: ['0655550205'] }
  const { key } = await clinic.keyWith({ scopes: ['patients:read'], clinics: ['Roma'] })
  expect(await find(typed, { key })).toEqual([])
  const agent = await clinic.signsIn('agent', { clinics: ['Roma'] })
  expect((await agent.ask('POST', '/api/patients/duplicates', { json: typed })).body.candidates).toEqual([])
  const auditor = await clinic.signsIn('auditor')
  expect((await auditor.ask('POST', '/api/patients/duplicates', { json: typed })).body.candidates).toHaveLength(1)
  const integrator = await clinic.signsIn('integrator')
  expect((await integrator.ask('POST', '/api/patients/duplicates', { json: typed })).status).toBe(403)
  await expect
    .poll(() => clinic.rows('select action, patient_id from access_events where actor = $1', [`user:${auditor.id}`]))
    .toEqual([{ action: 'patient.listed', patient_id: id }])
})

test('a possible duplicate shares a way to reach them and a name; a brother does not, nor a relative', async () => {
  const find = (id: string) => possibleDuplicateOf(clinic.pools.db, id, clinic.work.by)
  const id = await register({ first_name: 'Antonio', last_name: 'Serra', phone: '06 5555 0206' })
  await register({ first_name: 'Antonia', last_name: 'Serra', phone: '06 5555 0206' })
  await register({ first_name: 'Ugo', last_name: 'Serra', phone: '06 5555 0206' })
  await register({ first_name: 'Antonio', last_name: 'Serra' })
  expect(await find(id)).toBeNull()
  const again = await register({ first_name: 'Antonio', last_name: 'Sera', cell_phone: '+39 0655550206' })
  expect([await find(id), await find(again)]).toEqual([again, id])
  await clinic.ask('POST', `/api/patients/${id}/relations`, { json: { other_id: again, kind: 'not_same_person' } })
  expect([await find(id), await find(again)]).toEqual([null, null])
})
