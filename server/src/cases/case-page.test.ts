import { casePage } from '@clinicacrm/contract/case-page.ts'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { callAt } from '../testing/call-scenes.ts'
import { type Clinic, openClinic, randomMobile, type SignedIn } from '../testing/harness.ts'

let clinic: Clinic
let agent: SignedIn
let milano: SignedIn
beforeAll(async () => {
  clinic = await openClinic({ clinics: ['Roma', 'Milano'] })
  agent = await clinic.signsIn('agent', { clinics: ['Roma'], name: 'Giulia Ferri' })
  milano = await clinic.signsIn('agent', { clinics: ['Milano'], name: 'Elena Marchetti' })
})
afterAll(() => clinic.close())

const pageOf = (id: string, who: SignedIn = agent) => who.ask('GET', `/api/cases/${id}/page`)
const kindsOf = ({ body }: { body: { alerts: { kind: string }[] } }) => body.alerts.map(({ kind }) => kind)
type Entry = { kind: string; actor: string }
type Other = { id: string }

describe('the page of a case', () => {
  test('holds all that it shows in one answer, in the shape that was agreed', async () => {
    const phone = randomMobile()
    const opened = await clinic.opens({
      clinic: 'Roma',
      first_name: 'Antonio',
      last_name: 'Dorato',
      phone,
      treatment: 'SMILE',
      status: 'APPUNTAMENTO',
      follow_up_date: '2099-07-12T16:30:00+02:00',
      origin: 'Google Ads',
    })
    await clinic.ask('PATCH', `/api/patients/${opened.patient_id}`, {
      json: { birth_date: '1984-03-12', alert_text: 'Sente poco' },
    })
    await agent.ask('POST', `/api/cases/${opened.id}/notes`, { json: { body: 'Atleta professionista' } })
    const { id: older } = await clinic.opens({
      patient_id: opened.patient_id,
      clinic: 'Roma',
      first_name: undefined,
      last_name: undefined,
      phone: undefined,
    })
    const { status, body } = await pageOf(opened.id)
    expect(status).toBe(200)
    expect(casePage.parse(body)).toEqual(body)
    expect(body).toMatchObject({
      case: { id: opened.id, status: 'APPUNTAMENTO' },
      patient: { id: opened.patient_id, birth_date: '1984-03-12', alert_text: 'Sente poco' },
      clinic_zone: 'Europe/Rome',
      numbers: [{ field: 'phone', typed: phone, kind: 'mobile', wrong_at: null }],
      reason: {
        kind: 'appointment',
        at: '2099-07-12T14:30:00.000000+00:00',
        clinic: 'Roma',
        treatment: 'SMILE Surgery',
        origin: 'Google Ads',
      },
      identity_confirmed_at: null,
      timeline_cursor: null,
      relations: [],
      consents: [],
      viewers: [],
    })
    expect(body.age).toBeGreaterThan(40)
    expect(body.other_cases.map((other: Other) => other.id)).toEqual([older])
    expect(body.timeline.map(({ kind, actor }: Entry) => [kind, actor])).toEqual([
      ['note', 'Giulia Ferri'],
      ['patient_changed', 'Test'],
      ['case_created', 'system'],
    ])
    expect(kindsOf({ body })).toEqual(['patient_alert', 'identity_unconfirmed'])
    expect(body.offered_statuses).toContainEqual({ code: 'DA_RICHIAMARE', move: 'offered' })
    expect(body.offered_statuses).toContainEqual({ code: 'NUOVO', move: 'needs_override' })
  })

  test('says that the patient called today in vain, until somebody has spoken with them', async () => {
    const phone = randomMobile()
    const { id, patient_id } = await clinic.opens({ clinic: 'Roma', phone, status: 'PREVENTIVO' })
    const reason = async () => (await pageOf(id)).body.reason.kind
    await callAt(clinic, { patient_id, started_at: new Date(Date.now() - 50 * 3_600_000).toISOString() })
    expect(await reason()).toBe('quote_sent')
    const { started_at } = await callAt(clinic, { patient_id, result: 'voicemail' })
    expect((await pageOf(id)).body.reason).toMatchObject({ kind: 'missed_call', at: started_at })
    // That they did not answer us does not mean that somebody spoke with them.
    await callAt(clinic, { patient_id, direction: 'outbound' })
    expect(await reason()).toBe('missed_call')
    await callAt(clinic, { patient_id, direction: 'outbound', result: 'answered' })
    expect(await reason()).toBe('quote_sent')
  })

  test('is not there for a clinic that is not the case’s, nor for whoever may not read cases', async () => {
    const { id } = await clinic.opens({ clinic: 'Roma' })
    expect((await pageOf(id, milano)).status).toBe(404)
    expect((await pageOf('999999')).status).toBe(404)
    expect((await pageOf(id, await clinic.signsIn('integrator'))).status).toBe(403)
    expect((await pageOf(id, await clinic.signsIn('auditor'))).status).toBe(200)
    for (const path of ['timeline', 'notes']) {
      expect((await milano.ask('GET', `/api/cases/${id}/${path}`)).status, path).toBe(404)
    }
    expect((await milano.ask('POST', `/api/cases/${id}/watch`, { json: {} })).status).toBe(404)
    const facts = { facts: ['birth_date', 'email'] }
    expect((await milano.ask('POST', `/api/cases/${id}/identity`, { json: facts })).status).toBe(404)
  })

  test('shows of the patient’s other cases only those of the agent’s clinics', async () => {
    const { id, patient_id } = await clinic.opens({ clinic: 'Roma' })
    await clinic.ask('POST', '/api/cases', { json: { patient_id, clinic: 'Milano' } })
    expect((await pageOf(id)).body.other_cases).toEqual([])
    const all = await clinic.ask('GET', `/api/cases/${id}/page`)
    expect(all.body.other_cases).toHaveLength(1)
  })

  test('leaves a trace of who was shown whom, the other cases too', async () => {
    const { id, patient_id } = await clinic.opens({ clinic: 'Roma' })
    const { body: other } = await clinic.ask('POST', '/api/cases', { json: { patient_id, clinic: 'Roma' } })
    const reader = await clinic.signsIn('agent', { clinics: ['Roma'] })
    await pageOf(id, reader)
    const traces = () =>
      clinic.rows('select action, case_id, patient_id from access_events where actor = $1 order by id', [
        `user:${reader.id}`,
      ])
    await expect.poll(traces).toEqual([
      { action: 'case.read', case_id: id, patient_id },
      { action: 'case.listed', case_id: other.id, patient_id },
    ])
  })

  test('begins with the last twenty things that happened, and says where the rest is', async () => {
    const { id } = await clinic.opens({ clinic: 'Roma' })
    for (let i = 0; i < 25; i++) await clinic.ask('POST', `/api/cases/${id}/notes`, { json: { body: `nota ${i}` } })
    const { body } = await pageOf(id)
    expect(body.timeline).toHaveLength(20)
    const { body: rest } = await agent.ask('GET', `/api/cases/${id}/timeline?cursor=${body.timeline_cursor}`)
    expect([rest.timeline.length, rest.next_cursor]).toEqual([6, null])
    expect(rest.timeline.at(-1).kind).toBe('case_created')
  })
})

describe('a deleted case', () => {
  test('says when, by whom, and where to go on, to whoever could see it', async () => {
    const lead = await clinic.signsIn('team_lead', { clinics: ['Roma'], name: 'Paola Conti' })
    const { id, patient_id } = await clinic.opens({ clinic: 'Roma' })
    const { body: other } = await clinic.ask('POST', '/api/cases', { json: { patient_id, clinic: 'Roma' } })
    await clinic.ask('POST', '/api/cases', { json: { patient_id, clinic: 'Milano' } })
    await lead.ask('DELETE', `/api/cases/${id}`)
    const { status, body } = await pageOf(id)
    expect([status, body.code]).toEqual([410, 'case_deleted'])
    expect(body).toMatchObject({
      deleted_by: 'Paola Conti',
      patient_id,
      other_cases: [{ id: other.id, status: 'NUOVO', clinic: 'Roma' }],
    })
    expect(body.deleted_at).toMatch(/^20\d\d-\d\d-\d\dT[\d:.]+\+00:00$/)
    expect((await pageOf(id, milano)).status).toBe(404)
  })

  test('names no patient whom the agent may no longer see', async () => {
    const { body: patient } = await clinic.ask('POST', '/api/patients', {
      json: { first_name: 'Ugo', phone: randomMobile(), clinic: 'Milano' },
    })
    const { body: kase } = await clinic.ask('POST', '/api/cases', { json: { patient_id: patient.id, clinic: 'Roma' } })
    await clinic.ask('DELETE', `/api/cases/${kase.id}`)
    expect((await pageOf(kase.id)).body).toMatchObject({ patient_id: null, other_cases: [], deleted_by: 'Test' })
  })
})

describe('a key', () => {
  test('gets the page without what belongs to people: who they are sure of, who is watching', async () => {
    const { id } = await clinic.opens({ clinic: 'Roma' })
    await agent.ask('POST', `/api/cases/${id}/watch`, { json: {} })
    await agent.ask('POST', `/api/cases/${id}/identity`, { json: { facts: ['birth_date', 'email'] } })
    const { status, body } = await clinic.ask('GET', `/api/cases/${id}/page`)
    expect([status, body.viewers, body.identity_confirmed_at]).toEqual([200, [], null])
    expect(kindsOf({ body })).toEqual(['no_next_action'])
  })

  test('that may not read patients learns no more of them than the case itself says', async () => {
    const { key } = await clinic.keyWith({ scopes: ['cases:read'] })
    const phone = randomMobile()
    const { id, patient_id } = await clinic.opens({ clinic: 'Roma', phone })
    await clinic.opens({ clinic: 'Roma', phone })
    await clinic.ask('PATCH', `/api/patients/${patient_id}`, {
      json: { birth_date: '1984-03-12', alert_text: 'segreto', do_not_contact: true, do_not_contact_reason: 'segreto' },
    })
    const { body, text } = await clinic.ask('GET', `/api/cases/${id}/page`, { key })
    expect(body).toMatchObject({ age: null, relations: [], consents: [], patient: { do_not_contact: true } })
    expect(body.numbers).toMatchObject([{ typed: phone, shared_with: [] }])
    expect(kindsOf({ body })).toContain('do_not_contact')
    expect(text).not.toMatch(/segreto|1984/)
  })
})

describe('confirming who calls', () => {
  test('holds for eight hours, for this person, and for all cases of the patient', async () => {
    const { id, patient_id } = await clinic.opens({ clinic: 'Roma' })
    const { body: other } = await clinic.ask('POST', '/api/cases', { json: { patient_id, clinic: 'Roma' } })
    const json = { facts: ['birth_date', 'other_number'] }
    const { status, body } = await agent.ask('POST', `/api/cases/${id}/identity`, { json })
    expect(status).toBe(200)
    for (const shown of [await pageOf(id), await pageOf(other.id)]) {
      expect(shown.body.identity_confirmed_at).toBe(body.identity_confirmed_at)
      expect(kindsOf(shown)).not.toContain('identity_unconfirmed')
    }
    const colleague = await clinic.signsIn('agent')
    expect(kindsOf(await pageOf(id, colleague))).toContain('identity_unconfirmed')
    const { timeline } = (await pageOf(id)).body
    expect(timeline[0]).toMatchObject({
      kind: 'identity',
      actor: 'Giulia Ferri',
      changes: [{ field: 'facts', from: null, to: json.facts }],
    })
    await clinic.rows(
      `update audit_events set at = at - interval '9 hours' where action = 'identity.confirmed' and subject_id = $1`,
      [patient_id],
    )
    expect((await pageOf(id)).body.identity_confirmed_at).toBeNull()
    expect(kindsOf(await pageOf(id))).toContain('identity_unconfirmed')
  })

  test('needs two different facts', async () => {
    const { id } = await clinic.opens({ clinic: 'Roma' })
    for (const facts of [[], ['email'], ['email', 'email'], ['email', 'shoe_size']]) {
      const { status } = await agent.ask('POST', `/api/cases/${id}/identity`, { json: { facts } })
      expect(status, facts.join()).toBe(400)
    }
  })

  test('can be passed over, which leaves a trace each time and confirms nothing', async () => {
    const { id, patient_id } = await clinic.opens({ clinic: 'Roma' })
    const hasty = await clinic.signsIn('agent', { clinics: ['Roma'] })
    const reveal = async (who: SignedIn) => (await who.ask('POST', `/api/cases/${id}/reveal`)).status
    expect([await reveal(hasty), await reveal(hasty), await reveal(milano)]).toEqual([204, 204, 404])
    const traces = (who: SignedIn) =>
      clinic.rows('select action, case_id, patient_id from access_events where actor = $1 and case_id = $2', [
        `user:${who.id}`,
        id,
      ])
    const trace = { action: 'case.revealed', case_id: id, patient_id }
    await expect.poll(() => traces(hasty)).toEqual([trace, trace])
    expect(await traces(milano)).toEqual([])
    expect(kindsOf(await pageOf(id, hasty))).toContain('identity_unconfirmed')
  })

  test('is not asked of an auditor, who speaks to nobody', async () => {
    const { id } = await clinic.opens({ clinic: 'Roma' })
    const auditor = await clinic.signsIn('auditor')
    expect(kindsOf(await pageOf(id, auditor))).toEqual(['no_next_action'])
    const json = { facts: ['birth_date', 'email'] }
    expect((await auditor.ask('POST', `/api/cases/${id}/identity`, { json })).status).toBe(403)
  })
})

describe('who is on a case', () => {
  const watches = async (who: SignedIn, id: string, json: object = {}) =>
    (await who.ask('POST', `/api/cases/${id}/watch`, { json })).body.viewers

  test('is seen by the others, with who is writing, until they leave or fall silent', async () => {
    const { id } = await clinic.opens({ clinic: 'Roma' })
    const colleague = await clinic.signsIn('agent', { name: 'Marco Sala' })
    expect(await watches(agent, id, { editing: true })).toEqual([])
    const giulia = { user_id: agent.id, name: 'Giulia Ferri', editing: true }
    expect(await watches(colleague, id)).toEqual([giulia])
    const { viewers } = (await pageOf(id)).body
    expect(viewers).toEqual([{ user_id: colleague.id, name: 'Marco Sala', editing: false }])
    await watches(colleague, id, { leaving: true })
    expect(await watches(agent, id)).toEqual([])
    await clinic.rows(`update case_viewers set seen_at = now() - interval '1 minute' where case_id = $1`, [id])
    expect(await watches(colleague, id)).toEqual([])
  })

  test('is told to open pages only when it is news', async () => {
    const { id } = await clinic.opens({ clinic: 'Roma' })
    const told: string[] = []
    const listener = clinic.pools.newListener()
    await listener.connect()
    listener.on('notification', ({ payload }) => {
      const { kind, case_id } = JSON.parse(payload!) as { kind: string; case_id: string }
      if (case_id === id) told.push(kind)
    })
    await listener.query('listen clinicacrm_live')
    const steps = [{}, {}, { editing: true }, { editing: true }, {}, { leaving: true }, { leaving: true }]
    for (const step of steps) await watches(agent, id, step)
    await listener.query('select')
    await listener.end()
    expect(told).toEqual(['viewers', 'viewers', 'viewers', 'viewers'])
  })

  test('is nothing for keys', async () => {
    const { id } = await clinic.opens({ clinic: 'Roma' })
    expect((await clinic.ask('POST', `/api/cases/${id}/watch`, { json: {} })).status).toBe(403)
    const integrator = await clinic.signsIn('integrator')
    expect((await integrator.ask('POST', `/api/cases/${id}/watch`, { json: {} })).status).toBe(404)
  })
})
