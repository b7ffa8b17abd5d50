import { roleNames } from '@clinicacrm/contract/permissions.ts'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { foldCall, type StoredEvent } from './calls/fold.ts'
import { loadDemo } from './demo.ts'
import { demoCalls } from './demo-call-data.ts'
import { demoCases } from './demo-cases.ts'
import { demoPatients } from './demo-data.ts'
import { calendarOf, demoConsents, demoDetails, demoRelations } from './demo-details.ts'
import { type Clinic, openClinic } from './testing/harness.ts'

let clinic: Clinic
beforeAll(async () => {
  clinic = await openClinic({ clinics: [] })
  await loadDemo(clinic.work)
})
afterAll(() => clinic.close())

test('the demo is in the database as it was written, treatments by name', async () => {
  const rows = await clinic.rows(`select c.id::int, t.name as treatment, cl.name as clinic, p.last_name
    from cases c join clinics cl on cl.id = c.clinic_id join patients p on p.id = c.patient_id
    left join treatments t on t.id = c.treatment_id order by c.id`)
  const written = demoCases.map(({ treatment, clinic: name, patient }, i) => {
    return { id: i + 1, treatment, clinic: name, last_name: demoPatients[patient - 1]!.last_name }
  })
  expect(rows).toEqual(written)
})

test('the demo plays today, and the guide’s patient keeps the dates that the guide prints', async () => {
  const [{ latest, moved } = { latest: 0, moved: 0 }] = await clinic.rows<{ latest: number; moved: number }>(
    `select extract(day from now() - max(created_at))::int as latest,
       count(*) filter (where follow_up_date > now() - interval '90 days')::int as moved from cases`,
  )
  expect(latest).toBeLessThan(9)
  expect(moved).toBeGreaterThan(15)
  expect(await clinic.rows('select created_at::text, follow_up_date::text from cases where id = 9')).toEqual([
    { created_at: '2025-07-08 16:57:06.836704+00', follow_up_date: '2025-07-12 16:57:06.836704+00' },
  ])
})

test('a calendar moves by whole weeks and never backwards', () => {
  const instant = '2025-11-17T09:14:27.123456+00:00'
  expect(calendarOf(new Date('2026-11-25T10:00:00Z'))(1)(instant)).toBe('2026-11-23T09:14:27.123456+00:00')
  expect(calendarOf(new Date('2024-01-01T00:00:00Z'))(1)(instant)).toBe(instant)
  expect(calendarOf(new Date('2026-11-25T10:00:00Z'))(4)(instant)).toBe(instant)
})

test('families and consents are there, and nobody is related to nobody', async () => {
  expect(await clinic.rows('select count(*)::int as n from relations')).toEqual([{ n: demoRelations.length }])
  expect(await clinic.rows('select count(*)::int as n from consents')).toEqual([{ n: demoConsents.length }])
  expect(demoDetails).toHaveLength(demoPatients.length)
})

test('every treatment an installation begins with is shown at work', async () => {
  expect(
    await clinic.rows(
      'select name from treatments where id not in (select treatment_id from cases where treatment_id is not null)',
    ),
  ).toEqual([])
})

test('loading again, twice at once, changes nothing', async () => {
  const counts = () =>
    clinic.rows(
      `select (select count(*) from cases) as cases, (select count(*) from notes) as notes, (select count(*) from clinics) as clinics,
         (select count(*) from calls) as calls, (select count(*) from callbacks) as callbacks`,
    )
  const before = await counts()
  await Promise.all([loadDemo(clinic.work), loadDemo(clinic.work)])
  expect(await counts()).toEqual(before)
})

test('the telephone rang in the last days: a wrap-up is owed, people wait to be called back', async () => {
  expect(await clinic.rows('select count(*)::int as n from calls')).toEqual([{ n: demoCalls.length }])
  expect(
    await clinic.rows(
      `select u.name, p.last_name from calls c join users u on u.id = c.owed_by join patients p on p.id = c.patient_id`,
    ),
  ).toEqual([{ name: 'Giulia Ferri', last_name: 'Mastrangelo' }])
  const waiting = await clinic.rows<{ last_name: string | null; due: string; assigned_to: string | null }>(
    `select p.last_name, due_at as due, assigned_to from callbacks left join patients p on p.id = patient_id
      where state = 'open' order by due_at`,
  )
  expect(new Set(waiting.map(({ last_name }) => last_name))).toEqual(new Set(['El Amrani', 'Munteanu', null]))
  expect(Date.parse(waiting[0]!.due)).toBeLessThan(Date.now())
  const states = await clinic.rows<{ match: string }>('select distinct match from calls order by match')
  expect(states.map(({ match }) => match)).toEqual(['linked', 'none', 'one', 'withheld'])
})

test('a call of the demo is what its events make of it', async () => {
  const rows = await clinic.rows<Record<string, string | null> & { events: StoredEvent[] }>(
    `select c.*, (select json_agg(json_build_object('name', name, 'kind', kind, 'at', at, 'said', said)) from call_events where call = c.id) as events
       from calls c`,
  )
  for (const { events, ...row } of rows) {
    const folded = foldCall(events)
    expect([row.direction, row.state, row.result, row.from_text]).toEqual([
      folded.direction,
      folded.state,
      folded.result,
      folded.from,
    ])
  }
})

test('a database that holds anything else is left alone', async () => {
  const real = await openClinic()
  await real.opens()
  await expect(loadDemo(real.work)).rejects.toThrow('holds data of its own')
  expect(await real.rows('select count(*)::int as n from cases')).toEqual([{ n: 1 }])
  await real.close()
})

test('somebody of each role is there, with a door of their own, and everybody to whom a case is assigned', async () => {
  const demo = await openClinic({ demo: true, connection: clinic.connection, clinics: [] })
  const { body } = await demo.ask('GET', '/api/front-door', { key: null })
  expect(body).toMatchObject({ set_up: true, organisation: { name: 'Centro Oculistico' } })
  expect(body.demo_people.map(({ role }: { role: string }) => role)).toEqual(roleNames)
  for (const role of roleNames) {
    const entered = await demo.ask('POST', '/api/session/demo', { key: null, json: { role } })
    expect([entered.status, entered.body.session.user.role, entered.body.session.demo]).toEqual([200, role, true])
    expect(entered.headers.getSetCookie()).toHaveLength(1)
  }
  const strangers = 'select distinct assigned_to from cases where assigned_to not in (select email from users)'
  expect(await clinic.rows(strangers)).toEqual([])
  await demo.close()
})

test('a demo of an earlier version gets its people and calls, and keeps who was changed', async () => {
  await clinic.rows("update users set name = 'Giulia Bianchi', role = 'team_lead' where email like 'giulia.ferri@%'")
  await clinic.rows('delete from callbacks')
  await clinic.rows('delete from calls')
  await clinic.rows('delete from agent_telephony_identity')
  await clinic.rows("delete from users where email like 'marco.bellini@%'")
  await clinic.rows('delete from organisation')
  await loadDemo(clinic.work)
  expect(
    await clinic.rows("select name from users where email ~ '^(giulia|marco)' union all select name from organisation"),
  ).toEqual([{ name: 'Giulia Bianchi' }, { name: 'Marco Bellini' }, { name: 'Centro Oculistico' }])
  expect(await clinic.rows('select count(*)::int as n from calls')).toEqual([{ n: demoCalls.length }])
})
