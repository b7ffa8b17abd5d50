import { relationKinds } from '@clinicacrm/contract/patient-page.ts'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Clinic, openClinic, randomMobile } from '../testing/harness.ts'

let clinic: Clinic
beforeAll(async () => {
  clinic = await openClinic({ clinics: ['Roma', 'Milano'] })
})
afterAll(() => clinic.close())

const register = async (first_name: string, more: object = {}): Promise<string> => {
  const json = { first_name, phone: randomMobile(), clinic: 'Roma', ...more }
  return (await clinic.ask('POST', '/api/patients', { json })).body.id
}
const relate = (id: string, other_id: string, more: object = {}) =>
  clinic.ask('POST', `/api/patients/${id}/relations`, { json: { other_id, kind: 'parent', ...more } })
const relationsOf = async (id: string) => (await clinic.ask('GET', `/api/patients/${id}/page`)).body.relations
const takeBack = (id: string, relation: string) => clinic.ask('DELETE', `/api/patients/${id}/relations/${relation}`)

test('a relation is seen from both sides, each in its own words', async () => {
  const child = await register('Lia')
  const mother = await register('Ada', { birth_date: '1950-01-01' })
  const { body: kase } = await clinic.ask('POST', '/api/cases', { json: { patient_id: mother, clinic: 'Milano' } })
  const { status, body } = await relate(child, mother, { may_discuss: true })
  expect(status).toBe(201)
  expect(body.relations).toMatchObject([
    { other: { id: mother, name: 'Ada', latest_case_id: kase.id }, kind: 'parent', may_discuss: true, until: null },
  ])
  expect(body.relations[0].other.age).toBeGreaterThan(70)
  // That the mother may be told about her daughter says nothing of the other way round.
  expect(await relationsOf(mother)).toMatchObject([{ other: { id: child }, kind: 'child', may_discuss: false }])
})

test('what each page says of the other stands beside it: both may be told, one of them may not', async () => {
  const [one, other] = [await register('Uno'), await register('Due')]
  await relate(one, other, { kind: 'spouse' })
  await relate(other, one, { kind: 'spouse', may_discuss: true })
  expect(await relationsOf(one)).toMatchObject([{ kind: 'spouse', may_discuss: false }])
  expect(await relationsOf(other)).toMatchObject([{ kind: 'spouse', may_discuss: true }])
})

test('taking a relation back takes it from both pages', async () => {
  const [one, other] = [await register('Uno'), await register('Due')]
  await relate(one, other)
  await relate(other, one, { kind: 'child' })
  const [seen] = await relationsOf(other)
  const { status, body } = await takeBack(other, seen.id)
  expect([status, body.relations, await relationsOf(one)]).toEqual([200, [], []])
  expect((await takeBack(other, seen.id)).status).toBe(404)
})

test('the same two are related once, and nobody to themselves', async () => {
  const [one, other] = [await register('Uno'), await register('Due')]
  await relate(one, other)
  const again = await Promise.all(Array.from({ length: 5 }, () => relate(one, other, { kind: 'sibling' })))
  expect(again.map(({ status, body }) => [status, body.code])).toEqual(Array(5).fill([409, 'already_exists']))
  const self = await relate(one, one)
  expect([self.status, self.body.fields[0].field]).toEqual([400, 'other_id'])
  const nobody = await relate(one, '999999')
  expect([nobody.status, nobody.body.fields[0].field]).toEqual([400, 'other_id'])
})

test('two who relate the same pair at once, each from their page, do not wait for each other', async () => {
  for (let i = 0; i < 5; i++) {
    const [one, other] = [await register('Uno'), await register('Due')]
    const both = await Promise.all([relate(one, other), relate(other, one)])
    expect(both.map(({ status }) => status)).toEqual([201, 201])
  }
})

test('from the day it ends on nobody may be told any more; it is still shown', async () => {
  const [one, other] = [await register('Uno'), await register('Due')]
  const { body } = await relate(one, other, { kind: 'carer', may_discuss: true, until: '2020-05-01' })
  expect(body.relations).toMatchObject([{ kind: 'carer', may_discuss: false, until: '2020-05-01' }])
  const [later, friend] = [await register('Tre'), await register('Quattro')]
  const future = await relate(later, friend, { kind: 'friend', may_discuss: true, until: '2199-01-01' })
  expect(future.body.relations).toMatchObject([{ may_discuss: true, until: '2199-01-01' }])
})

test('every kind has another side', async () => {
  for (const kind of relationKinds) {
    const [one, other] = [await register('Uno'), await register('Due')]
    await relate(one, other, { kind })
    expect(relationKinds).toContain((await relationsOf(other))[0].kind)
  }
})

test('both patients keep the trace', async () => {
  const [one, other] = [await register('Uno'), await register('Due')]
  const { body } = await relate(one, other)
  await takeBack(one, body.relations[0].id)
  const traces = await clinic.rows<{ action: string; subject_id: string; kind: string }>(
    `select action, subject_id, coalesce(changes->'kind'->>'to', changes->'kind'->>'from') as kind from audit_events
      where action like 'patient.relation%' and subject_id = any($1) order by id`,
    [[one, other]],
  )
  expect(traces).toEqual([
    { action: 'patient.relation_added', subject_id: one, kind: 'parent' },
    { action: 'patient.relation_added', subject_id: other, kind: 'child' },
    { action: 'patient.relation_removed', subject_id: one, kind: 'parent' },
    { action: 'patient.relation_removed', subject_id: other, kind: 'child' },
  ])
})

test('somebody of another clinic is neither shown nor related', async () => {
  const here = await register('Qui')
  const there = await register('Là', { clinic: 'Milano' })
  const agent = await clinic.signsIn('agent', { clinics: ['Roma'] })
  const ask = (method: string, path: string, json?: object) => agent.ask(method, path, json ? { json } : {})
  const wanted = { other_id: there, kind: 'friend' }
  expect((await ask('POST', `/api/patients/${here}/relations`, wanted)).status).toBe(400)
  expect((await ask('POST', `/api/patients/${there}/relations`, { other_id: here, kind: 'friend' })).status).toBe(404)
  const { body } = await relate(here, there)
  expect((await ask('GET', `/api/patients/${here}/page`)).body.relations).toEqual([])
  expect((await ask('DELETE', `/api/patients/${here}/relations/${body.relations[0].id}`)).status).toBe(404)
  for (const role of ['auditor', 'integrator'] as const) {
    const person = await clinic.signsIn(role)
    const added = await person.ask('POST', `/api/patients/${here}/relations`, { json: wanted })
    const removed = await person.ask('DELETE', `/api/patients/${here}/relations/${body.relations[0].id}`)
    expect([added.status, removed.status], role).toEqual([403, 403])
  }
  expect(await relationsOf(here)).toHaveLength(1)
})
