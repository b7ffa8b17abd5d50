import { afterAll, beforeAll, expect, test } from 'vitest'
import { callAt } from '../testing/call-scenes.ts'
import { type Clinic, openClinic, type SignedIn } from '../testing/harness.ts'

let crm: Clinic
let giulia: SignedIn
let lead: SignedIn
let roma: string
let milano: string
beforeAll(async () => {
  crm = await openClinic({ clinics: ['Roma', 'Milano'] })
  giulia = await crm.signsIn('agent', { clinics: ['Roma'], name: 'Giulia Ferri' })
  lead = await crm.signsIn('team_lead', { clinics: ['Roma'] })
  const ids = await crm.rows<{ id: string }>('select id from clinics order by id')
  ;[roma, milano] = ids.map(({ id }) => id) as [string, string]
})
afterAll(() => crm.close())

test('an empty day has no figures, and every agent is idle', async () => {
  const { status, body } = await lead.ask('GET', '/api/wallboard')
  expect(status).toBe(200)
  expect(body).toMatchObject({
    zone: 'Europe/Rome',
    calls_now: { ringing: 0, answered: 0, held: 0 },
    today: { inbound: 0, median_answer_seconds: null },
    callbacks: { open: 0, oldest_due_at: null },
    pops: { offered: 0, median_ms: null },
    wrap_ups_owed: 0,
    agents: [{ name: 'Giulia Ferri', state: 'idle', handled: 0, owed: 0, since: null }],
    hours: [],
  })
})

test('the day at a glance counts what the actor may see', async () => {
  const now = Date.now()
  const at = (ms: number) => new Date(now + ms).toISOString()
  const mine = { clinic_id: roma, agent_id: giulia.id }
  const answered = { ...mine, result: 'answered', answered_at: at(4_000), ringing_at: at(0) }
  const call = await callAt(crm, { ...answered, owed_by: giulia.id, phone_key: '391', match: 'one' })
  await callAt(crm, { ...answered, answered_at: at(8_000), phone_key: '392' })
  await callAt(crm, { clinic_id: roma, result: 'voicemail' })
  await callAt(crm, { clinic_id: roma })
  await callAt(crm, { clinic_id: roma, direction: 'outbound' })
  await callAt(crm, { ...mine, state: 'answered', answered_at: at(0) })
  await callAt(crm, { clinic_id: milano, state: 'ringing' })
  await callAt(crm, { clinic_id: roma, started_at: at(-3 * 86_400_000) })
  await crm.rows(
    `insert into pops (call, user_id, delivered_at, shown_at, shown_after_ms) values ($1, $2, now(), now(), 90)`,
    [call.id, giulia.id],
  )
  await crm.rows(
    `insert into callbacks (phone_key, clinic_id, due_at) values ('1', $1, now() - interval '1 hour'), ('2', $1, now() - interval '3 hours'),
      ('3', $1, now() + interval '1 hour'), ('4', $2, now())`,
    [roma, milano],
  )
  const { body } = await lead.ask('GET', '/api/wallboard')
  expect(body.calls_now).toEqual({ ringing: 0, answered: 1, held: 0 })
  expect(body.today).toEqual({
    inbound: 5,
    outbound: 1,
    answered: 2,
    missed: 1,
    voicemail: 1,
    median_answer_seconds: expect.closeTo(6, 0),
    p90_answer_seconds: expect.closeTo(7.6, 0),
  })
  expect(body.callbacks).toMatchObject({ open: 3, overdue: 2, escalated: 1 })
  expect(body.pops).toEqual({ offered: 1, shown: 1, matched: 1, with_number: 2, median_ms: 90, p95_ms: 90 })
  expect(body.wrap_ups_owed).toBe(1)
  expect(body.agents).toMatchObject([{ user_id: giulia.id, state: 'on_call', handled: 3, owed: 1 }])
  expect(body.hours).toMatchObject([{ answered: 2, missed: 2 }])
  expect((await giulia.ask('GET', '/api/wallboard')).status).toBe(403)
  const none = await lead.ask('GET', '/api/wallboard?clinic=Milano')
  expect(none.body.today.inbound).toBe(0)
})
