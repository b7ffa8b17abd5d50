import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Clinic, openClinic, type SignedIn } from '../testing/harness.ts'

const roma = 'Centro Oculistico Roma'
const milano = 'Centro Oculistico Milano'
let crm: Clinic
let lead: SignedIn
beforeAll(async () => {
  crm = await openClinic({ clinics: [roma, milano] })
  lead = await crm.signsIn('team_lead', { email: 'lead@clinic.example' })
})
afterAll(() => crm.close())

const bulk = (json: object, person = lead) => person.ask('POST', '/api/cases/bulk', { json })
const preview = (json: object, person = lead) => person.ask('POST', '/api/cases/bulk/preview', { json })
const undo = (id: string, person = lead) => person.ask('POST', `/api/cases/bulk/${id}/undo`)
const caseOf = async (id: string) => (await crm.ask('GET', `/api/cases/${id}`)).body
/** So many cases with one tag of their own. */
async function several(count: number, tag: string, fields: object = {}) {
  const ids: string[] = []
  for (let i = 0; i < count; i++) ids.push((await crm.opens({ dialer_campaign_tag: tag, ...fields })).id)
  return ids
}

test('a preview says what would happen, and changes nothing', async () => {
  const ids = await several(3, 'anteprima')
  await crm.ask('PATCH', `/api/cases/${ids[0]}`, { json: { assigned_to: 'giulia@clinic.example' } })
  const { body } = await preview({ ids, change: { assigned_to: 'giulia@clinic.example' } })
  expect(body).toMatchObject({ total: 3, changes: 2, unchanged: 1, refused: [] })
  expect(body.sample).toContainEqual({ id: ids[1], name: 'Ada Neri', from: { assigned_to: null } })
  expect((await caseOf(ids[1]!)).assigned_to).toBeNull()
})

test('what a filter finds is changed, each case with its trace and its next version, and nothing else', async () => {
  const ids = await several(4, 'da-assegnare')
  const [other] = await several(1, 'altri')
  const change = { assigned_to: 'giulia@clinic.example' }
  const { body } = await bulk({ filter: { dialer_campaign_tag: ['da-assegnare'] }, change })
  expect(body).toMatchObject({ changed: 4, unchanged: 0, refused: [] })
  for (const id of ids) expect(await caseOf(id)).toMatchObject({ ...change, version: 2 })
  expect((await caseOf(other!)).assigned_to).toBeNull()
  const traces = await crm.rows(
    `select subject_id from audit_events where action = 'case.changed' and actor = $1 and subject_id = any($2)`,
    [`user:${lead.id}`, ids],
  )
  expect(traces).toHaveLength(4)
})

test('a move that a case cannot make is listed by name, and the rest proceeds', async () => {
  const agent = await crm.signsIn('team_lead')
  const [open, lost] = [...(await several(1, 'misti')), ...(await several(1, 'misti', { status: 'PERSO' }))]
  const withoutDate = { ids: [open, lost], change: { status: 'DA_RICHIAMARE' } }
  expect((await bulk(withoutDate, agent)).body.refused).toEqual([
    { id: open, name: 'Ada Neri', code: 'follow_up_date_required' },
    { id: lost, name: 'Ada Neri', code: 'move_not_offered' },
  ])
  const { body } = await bulk({ ids: [open, lost], change: { status: 'DA_RICHIAMARE', follow_up_date: '2027-01-11' } })
  expect(body).toMatchObject({ changed: 1, refused: [{ id: lost, code: 'move_not_offered' }] })
  expect(await caseOf(open!)).toMatchObject({
    status: 'DA_RICHIAMARE',
    follow_up_date: '2027-01-10T23:00:00.000000+00:00',
  })
  expect(await crm.rows('select from_status, to_status from status_changes where case_id = $1', [open])).toEqual([
    { from_status: 'NUOVO', to_status: 'DA_RICHIAMARE' },
  ])
})

test('an undo puts back what was, but for cases that somebody changed since', async () => {
  const ids = await several(3, 'ripensamento', { assigned_to: 'prima@clinic.example' })
  const { id } = (await bulk({ ids, change: { assigned_to: 'dopo@clinic.example', channel: 'WEB' } })).body
  await crm.ask('PATCH', `/api/cases/${ids[0]}`, { json: { origin: 'Google Ads' } })
  const { body } = await undo(id)
  expect(body).toEqual({ restored: 2, skipped: [{ id: ids[0], name: 'Ada Neri', code: 'case_changed' }] })
  expect((await caseOf(ids[0]!)).assigned_to).toBe('dopo@clinic.example')
  expect(await caseOf(ids[1]!)).toMatchObject({ assigned_to: 'prima@clinic.example', channel: null, version: 3 })
  expect((await undo(id)).status).toBe(409)
})

test('two at once on the same cases: both are whole, and neither waits for ever', async () => {
  const ids = await several(20, 'insieme')
  const answers = await Promise.all([
    bulk({ ids, change: { assigned_to: 'una@clinic.example' } }),
    bulk({ ids: ids.toReversed(), change: { assigned_to: 'altra@clinic.example' } }),
  ])
  expect(answers.map(({ body }) => body.changed)).toEqual([20, 20])
  const owners = new Set(await Promise.all(ids.map(async (id) => (await caseOf(id)).assigned_to)))
  expect(owners.size).toBe(1)
})

test('asked twice with one Idempotency-Key, it happens once', async () => {
  const ids = await several(1, 'una-volta')
  const asking = { json: { ids, change: { channel: 'WEB' } }, headers: { 'idempotency-key': 'once-and-only' } }
  const first = await lead.ask('POST', '/api/cases/bulk', asking)
  const second = await lead.ask('POST', '/api/cases/bulk', asking)
  expect(second.body).toEqual(first.body)
  expect((await caseOf(ids[0]!)).version).toBe(2)
})

describe('what may not be', () => {
  test('cases of a foreign clinic are neither changed nor counted nor named', async () => {
    const limited = await crm.signsIn('team_lead', { clinics: [roma] })
    const [own] = await several(1, 'confini')
    const foreign = (await crm.opens({ clinic: milano, dialer_campaign_tag: 'confini', last_name: 'Straniero' })).id
    const { body, text } = await bulk({ ids: [own, foreign], change: { channel: 'WEB' } }, limited)
    expect(body).toMatchObject({ changed: 1, unchanged: 0, refused: [] })
    expect(text).not.toContain('Straniero')
    expect((await caseOf(foreign)).channel).toBeNull()
    const mine = (await bulk({ ids: [own, foreign], change: { channel: 'EMAIL' } })).body.id
    expect((await undo(mine, limited)).body).toMatchObject({ restored: 1 })
    expect((await caseOf(foreign)).channel).toBe('EMAIL')
  })

  test('ids and a filter together, neither of them, and no change at all are refused by name', async () => {
    const change = { channel: 'WEB' }
    for (const json of [{ change }, { ids: ['1'], filter: {}, change }, { ids: ['1'], change: {} }])
      expect((await bulk(json)).status).toBe(400)
  })

  test('more than five thousand are refused before anything is read', async () => {
    const ids = Array.from({ length: 5_001 }, (_, i) => String(i + 1))
    expect((await bulk({ ids, change: { channel: 'WEB' } })).status).toBe(400)
  })
})
