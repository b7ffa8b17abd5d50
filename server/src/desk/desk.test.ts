import { getDesk } from '@clinicacrm/contract/desk.ts'
import type { StatusCode } from '@clinicacrm/contract/lifecycle.ts'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { type Clinic, openClinic, type SignedIn } from '../testing/harness.ts'

let clinic: Clinic
let giulia: SignedIn
beforeAll(async () => {
  clinic = await openClinic({ clinics: ['Roma', 'Milano'] })
  await clinic.ask('POST', '/api/clinics', { json: { name: 'Canarie', zone: 'Atlantic/Canary' } })
})
beforeEach(async () => {
  giulia = await clinic.signsIn('agent', { clinics: ['Roma'], name: 'Giulia Ferri' })
})
afterAll(() => clinic.close())

const deskOf = async (who: SignedIn = giulia) => {
  const { status, body } = await who.ask('GET', '/api/desk')
  expect(status).toBe(200)
  return body
}
const idsOf = ({ cases }: { cases: { id: string }[] }) => cases.map(({ id }) => id)

/** An hour and a minute of a day, counted from today, where a clinic is. */
async function at(days: number, time: string, zone = 'Europe/Rome') {
  const [row] = await clinic.rows<{ at: string }>(
    `select to_json((current_date_there + $1 * interval '1 day' + $2::interval) at time zone $3)#>>'{}' as at
       from (select date_trunc('day', now() at time zone $3) as current_date_there) there`,
    [days, time, zone],
  )
  return row!.at
}

const assigned = (to: SignedIn, follow_up_date: string, more: object = {}) =>
  clinic.opens({ clinic: 'Roma', status: 'DA_RICHIAMARE', assigned_to: to.email, follow_up_date, ...more })

describe('follow-ups of mine', () => {
  test('are overdue, due today or tomorrow by the clinic’s own days, the most urgent first', async () => {
    const late = await assigned(giulia, await at(-1, '23:59'))
    const latest = await assigned(giulia, await at(-30, '12:00'))
    const noon = await assigned(giulia, await at(0, '12:00'))
    const midnight = await assigned(giulia, await at(0, '00:00'))
    const tomorrow = await assigned(giulia, await at(1, '23:59'), { status: 'APPUNTAMENTO' })
    await assigned(giulia, await at(2, '00:00'))
    await assigned(giulia, await at(0, '12:00'), { status: 'CHIUSO' })
    const colleague = await clinic.signsIn('agent')
    await assigned(colleague, await at(0, '12:00'))
    const desk = await deskOf()
    expect(getDesk.reply.parse(desk)).toEqual(desk)
    expect([idsOf(desk.overdue), idsOf(desk.today), idsOf(desk.tomorrow)]).toEqual([
      [latest.id, late.id],
      [midnight.id, noon.id],
      [tomorrow.id],
    ])
    expect([desk.overdue.count, desk.today.count, desk.tomorrow.count]).toEqual([2, 2, 1])
  })

  test('follow the days of each clinic', async () => {
    const everywhere = await clinic.signsIn('agent')
    // Half an hour past midnight in Rome is the day before on the Canaries, and the other way round.
    const rome = await assigned(everywhere, await at(0, '00:30'))
    const canary = { clinic: 'Canarie' }
    const there = await assigned(everywhere, await at(0, '00:30', 'Atlantic/Canary'), canary)
    const before = await assigned(everywhere, await at(0, '-00:30', 'Atlantic/Canary'), canary)
    const desk = await deskOf(everywhere)
    expect(new Set(idsOf(desk.today))).toEqual(new Set([rome.id, there.id]))
    expect(idsOf(desk.overdue)).toEqual([before.id])
  })

  test('are those of my clinics, even when another’s is assigned to me', async () => {
    await assigned(giulia, await at(0, '12:00'), { clinic: 'Milano' })
    expect(await deskOf()).toMatchObject({ today: { count: 0, cases: [] } })
  })

  test('are counted beyond those that are listed', async () => {
    const due = await at(-1, '12:00')
    for (let i = 0; i < 12; i++) await assigned(giulia, due)
    const { overdue } = await deskOf()
    expect([overdue.count, overdue.cases.length]).toEqual([12, 10])
  })
})

test('what nobody has taken is new or due, in my clinics, the newest first', async () => {
  const lead = await clinic.signsIn('team_lead', { clinics: ['Milano'] })
  const open = (json: object) => clinic.opens({ clinic: 'Milano', ...json })
  const fresh = await open({})
  const due = await open({ status: 'IN_CORSO', follow_up_date: await at(0, '23:59') })
  await open({ status: 'IN_CORSO', follow_up_date: await at(1, '00:00') })
  await open({ status: 'IN_CORSO' })
  await open({ status: 'PREVENTIVO', follow_up_date: await at(-1, '12:00') })
  await open({ assigned_to: 'qualcuno' })
  await clinic.opens({ clinic: 'Roma' })
  const { unassigned } = await deskOf(lead)
  expect([unassigned.count, idsOf(unassigned)]).toEqual([2, [due.id, fresh.id]])
})

test('notes that name me are there, with whom they are about, unless I may no longer see the case', async () => {
  const marco = await clinic.signsIn('agent', { name: 'Marco Sala' })
  const seen = await clinic.opens({ clinic: 'Roma', first_name: 'Antonio', last_name: 'Dorato' })
  const moved = await clinic.opens({ clinic: 'Roma' })
  for (const { id } of [seen, moved]) {
    const json = { body: '@Giulia guarda', mentions: [giulia.id] }
    expect((await marco.ask('POST', `/api/cases/${id}/notes`, { json })).status).toBe(201)
    await marco.ask('POST', `/api/cases/${id}/notes`, { json: { body: 'non per lei' } })
  }
  await giulia.ask('POST', `/api/cases/${seen.id}/notes`, { json: { body: 'promemoria', mentions: [giulia.id] } })
  await clinic.ask('PATCH', `/api/cases/${moved.id}`, { json: { clinic: 'Milano' } })
  const { mentions } = await deskOf()
  expect(mentions).toMatchObject([
    {
      case_id: seen.id,
      patient_id: seen.patient_id,
      name: 'Antonio Dorato',
      note: { body: '@Giulia guarda', author: 'Marco Sala', mentions: [giulia.id] },
    },
  ])
  expect((await deskOf(marco)).mentions).toEqual([])
})

test('bookings are counted by week, mine alone', async () => {
  const follow_up_date = await at(5, '10:00')
  const books = async (who: SignedIn, status: StatusCode, from: StatusCode = 'NUOVO') => {
    const { id } = await clinic.opens({ clinic: 'Roma', status: from })
    expect((await who.ask('PATCH', `/api/cases/${id}`, { json: { status, follow_up_date } })).status).toBe(200)
    return id
  }
  await books(giulia, 'APPUNTAMENTO')
  await books(giulia, 'INTERVENTO_PROGRAMMATO', 'VISITA_EFFETTUATA')
  await books(giulia, 'DA_RICHIAMARE')
  const before = await books(giulia, 'APPUNTAMENTO')
  const older = await books(giulia, 'APPUNTAMENTO')
  await books(await clinic.signsIn('agent'), 'APPUNTAMENTO')
  const moveBack = (id: string, days: number) =>
    clinic.rows(`update status_changes set at = at - $2 * interval '1 day' where case_id = $1`, [id, days])
  await moveBack(before, 7)
  await moveBack(older, 14)
  expect(await deskOf()).toMatchObject({ booked_this_week: 2, booked_last_week: 1 })
})

test('somebody without cases has an empty desk, and a key has none', async () => {
  await clinic.opens({ clinic: 'Roma' })
  const empty = { count: 0, cases: [] }
  expect(await deskOf(await clinic.signsIn('integrator'))).toEqual({
    overdue: empty,
    today: empty,
    tomorrow: empty,
    unassigned: empty,
    mentions: [],
    booked_this_week: 0,
    booked_last_week: 0,
  })
  expect((await clinic.ask('GET', '/api/desk')).status).toBe(403)
})

test('what the desk shows is disclosed', async () => {
  const { id, patient_id } = await assigned(giulia, await at(0, '12:00'))
  await deskOf()
  const traces = () =>
    clinic.rows('select action, case_id, patient_id from access_events where actor = $1 and case_id = $2', [
      `user:${giulia.id}`,
      id,
    ])
  await expect.poll(traces).toEqual([{ action: 'case.listed', case_id: id, patient_id }])
})
