import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { callAt } from '../testing/call-scenes.ts'
import { type Clinic, openClinic, type SignedIn } from '../testing/harness.ts'
import { importBatch } from './import.ts'

let clinic: Clinic
let giulia: SignedIn
beforeAll(async () => {
  clinic = await openClinic({ clinics: ['Roma', 'Milano'] })
  giulia = await clinic.signsIn('agent', { clinics: ['Roma'], name: 'Giulia Ferri' })
})
afterAll(() => clinic.close())

type Entry = { id: string; at: string; actor: string; kind: string; changes: object[]; reason: string | null }
const timelineOf = async (id: string, query = '', who: SignedIn = giulia) => {
  const { body } = await who.ask('GET', `/api/cases/${id}/timeline?${query}`)
  return body as { timeline: (Entry & { note: { body: string } | null })[]; next_cursor: string | null }
}
const saves = (id: string, json: object, who: SignedIn = giulia) => who.ask('PATCH', `/api/cases/${id}`, { json })

describe('the timeline of a case', () => {
  test('tells what people did to the case, its patient and its notes, newest first, by name', async () => {
    const { id, patient_id } = await clinic.opens({ clinic: 'Roma' })
    await saves(id, { origin: 'Google Ads', last_name: 'Bianchi' })
    await giulia.ask('POST', `/api/cases/${id}/notes`, { json: { body: 'Sentita' } })
    await clinic.ask('PATCH', `/api/patients/${patient_id}`, { json: { alert_text: 'Sente poco' } })
    const { timeline, next_cursor } = await timelineOf(id)
    expect(next_cursor).toBeNull()
    expect(timeline).toMatchObject([
      { kind: 'patient_changed', actor: 'Test', changes: [{ field: 'alert_text', from: null, to: 'Sente poco' }] },
      { kind: 'note', actor: 'Giulia Ferri', changes: [], note: { body: 'Sentita', author_id: giulia.id, version: 1 } },
      { kind: 'case_changed', actor: 'Giulia Ferri', changes: [{ field: 'origin', from: null, to: 'Google Ads' }] },
      { kind: 'patient_changed', changes: [{ field: 'last_name', from: 'Neri', to: 'Bianchi' }] },
      { kind: 'case_created', actor: 'system' },
    ])
    const moments = timeline.map(({ at }) => at)
    expect(moments).toEqual(moments.toSorted().toReversed())
    expect(new Set(timeline.map((entry) => entry.id)).size).toBe(5)
  })

  test('tells of calls that are over, to whoever may read calls, among everything else', async () => {
    const { id: case_id, patient_id } = await clinic.opens({ clinic: 'Roma' })
    const at = (second: number) => new Date(Date.now() + second * 1000).toISOString()
    const spoken = {
      result: 'answered',
      answered_at: at(2),
      ended_at: at(67),
      agent_id: giulia.id,
      disposition: 'PREZZO',
    }
    await callAt(clinic, { patient_id, started_at: at(0) })
    await callAt(clinic, { patient_id, case_id, started_at: at(1), ...spoken })
    await callAt(clinic, { patient_id, case_id, state: 'ringing', started_at: at(2) })
    const call = { direction: 'inbound', result: 'answered', seconds: 65, agent: 'Giulia Ferri', disposition: 'PREZZO' }
    const { timeline, next_cursor } = await timelineOf(case_id, 'limit=2')
    expect(timeline).toMatchObject([
      { kind: 'call', actor: 'Giulia Ferri', changes: [], call },
      { kind: 'call', actor: 'system', call: { result: 'missed', seconds: null, agent: null } },
    ])
    expect((await timelineOf(case_id, `cursor=${next_cursor}`)).timeline).toMatchObject([{ kind: 'case_created' }])
    expect((await timelineOf(case_id, 'kind=changes')).timeline).toMatchObject([{ kind: 'case_created' }])
    const { key } = await clinic.keyWith({ scopes: ['cases:read'] })
    const { body } = await clinic.ask('GET', `/api/cases/${case_id}/timeline`, { key })
    expect(body.timeline.map(({ kind }: { kind: string }) => kind)).toEqual(['case_created'])
  })

  test('knows whoever another system names by their e-mail address', async () => {
    const { id } = await clinic.opens({ clinic: 'Roma' })
    for (const author of [giulia.email.toUpperCase(), 'nessuno@altrove.example']) {
      await clinic.ask('POST', `/api/cases/${id}/notes`, { json: { body: 'Sentita', author } })
    }
    const { timeline } = await timelineOf(id, 'kind=notes')
    expect(timeline.map(({ actor }) => actor)).toEqual(['nessuno@altrove.example', 'Giulia Ferri'])
  })

  test('tells a move with its reason', async () => {
    const { id } = await clinic.opens({ clinic: 'Roma', status: 'CHIUSO' })
    const lead = await clinic.signsIn('team_lead', { name: 'Paola Conti' })
    await saves(id, { status: 'IN_CORSO', status_reason: 'Ha richiamato lei' }, lead)
    await saves(id, { status: 'CHIUSO' }, lead)
    const { timeline } = await timelineOf(id)
    const move = (from: string, to: string, reason: string | null) => ({
      kind: 'status',
      actor: 'Paola Conti',
      reason,
      changes: [{ field: 'status', from, to }],
    })
    expect(timeline.slice(0, 2)).toMatchObject([
      move('IN_CORSO', 'CHIUSO', null),
      move('CHIUSO', 'IN_CORSO', 'Ha richiamato lei'),
    ])
  })

  test('tells what was found out about the patient: consent, numbers, family', async () => {
    const { id, patient_id } = await clinic.opens({ clinic: 'Roma' })
    const { patient_id: other_id } = await clinic.opens({ clinic: 'Milano', first_name: 'Segreta' })
    const [number] = await clinic.rows<{ key: string }>('select key from phone_keys where patient_id = $1', [
      patient_id,
    ])
    const of = `/api/patients/${patient_id}`
    await giulia.ask('POST', `${of}/consents`, { json: { purpose: 'marketing', channel: 'sms', state: 'given' } })
    await giulia.ask('PUT', `${of}/numbers/${number!.key}`, { json: { wrong: true } })
    await clinic.ask('POST', `${of}/relations`, { json: { other_id, kind: 'spouse', may_discuss: true } })
    const { timeline } = await timelineOf(id)
    expect(timeline.slice(0, 3)).toMatchObject([
      {
        kind: 'other',
        actor: 'Test',
        changes: [
          { field: 'kind', to: 'spouse' },
          { field: 'may_discuss', to: true },
        ],
      },
      { kind: 'other', actor: 'Giulia Ferri', changes: [{ field: 'wrong_at', from: false, to: true }] },
      {
        kind: 'consent',
        changes: [
          { field: 'purpose', to: 'marketing' },
          { field: 'channel', to: 'sms' },
          { field: 'state', to: 'given' },
        ],
      },
    ])
  })

  test('shows no ids of what lies behind, and nothing of other people', async () => {
    const { id, patient_id } = await clinic.opens({ clinic: 'Roma', treatment: 'SMILE' })
    await clinic.rows(
      `insert into audit_events (actor, action, subject, subject_id, changes) values
        ('user:999999', 'relation.added', 'patient', $1, '{"other_id": {"from": null, "to": "7"}, "kind": {"from": null, "to": "spouse"}}'),
        ('api_key:999999', 'patient.indexed', 'patient', $1, '{"search_text": {"from": "a", "to": "b"}}')`,
      [patient_id],
    )
    const { timeline } = await timelineOf(id)
    const fields = timeline.flatMap(({ changes }) => changes.map((change) => (change as { field: string }).field))
    expect(fields.filter((field) => /_id$|search|key/.test(field))).toEqual([])
    expect(timeline.slice(0, 2).map(({ kind, actor }) => [kind, actor])).toEqual([
      ['other', 'api_key:999999'],
      ['other', 'user:999999'],
    ])
  })

  test('of an imported case begins where the case began', async () => {
    const [clinic_id] = (await clinic.rows<{ id: string }>(`select id from clinics where name = 'Roma'`)).map(
      (row) => row.id,
    )
    const person = { first_name: 'Ada', last_name: 'Neri', phone: '06 5555 0101', home_phone: null, cell_phone: null }
    const { caseIds } = await importBatch(clinic.work, {
      patients: [{ ...person, email: null, clinic_id: clinic_id! }],
      cases: [
        {
          patient: 0,
          clinic_id: clinic_id!,
          created_at: '2023-05-05T05:05:05.000005Z',
          notes: [{ author: 'elena@clinic.example', body: 'Dal vecchio sistema', created_at: '2023-06-01T08:00:00Z' }],
        },
      ],
    })
    await saves(caseIds[0]!, { origin: 'Sito web' })
    expect((await timelineOf(caseIds[0]!)).timeline).toMatchObject([
      { kind: 'case_changed', actor: 'Giulia Ferri' },
      { kind: 'note', actor: 'elena@clinic.example', at: '2023-06-01T08:00:00.000000+00:00' },
      { kind: 'case_created', actor: 'system', at: '2023-05-05T05:05:05.000005+00:00', changes: [] },
    ])
  })

  test('shows notes alone, or changes alone', async () => {
    const { id } = await clinic.opens({ clinic: 'Roma' })
    await giulia.ask('POST', `/api/cases/${id}/notes`, { json: { body: 'Sentita' } })
    await saves(id, { origin: 'Sito web' })
    const kinds = async (kind: string) => (await timelineOf(id, `kind=${kind}`)).timeline.map((entry) => entry.kind)
    expect(await kinds('notes')).toEqual(['note'])
    expect(await kinds('changes')).toEqual(['case_changed', 'case_created'])
    expect(await kinds('all')).toEqual(['case_changed', 'note', 'case_created'])
    expect((await giulia.ask('GET', `/api/cases/${id}/timeline?kind=secrets`)).status).toBe(400)
  })

  test('has every entry once across its pages, however small, and while new ones arrive', async () => {
    const { id } = await clinic.opens({ clinic: 'Roma' })
    for (let i = 0; i < 7; i++) {
      await giulia.ask('POST', `/api/cases/${id}/notes`, { json: { body: `${i}` } })
      await saves(id, { origin: `${i}`, last_name: `Neri ${i}` })
    }
    // Of one moment: only their source and id tell them apart.
    await clinic.rows(`update notes set created_at = '2020-01-01' where case_id = $1 and body in ('1', '2', '3')`, [id])
    const all = (await timelineOf(id, 'limit=200')).timeline.map((entry) => entry.id)
    expect(all).toHaveLength(22)
    const seen: string[] = []
    let cursor: string | null = ''
    while (cursor !== null) {
      const page = await timelineOf(id, `limit=3${cursor && `&cursor=${cursor}`}`)
      seen.push(...page.timeline.map((entry) => entry.id))
      cursor = page.next_cursor
      if (seen.length === 3) await giulia.ask('POST', `/api/cases/${id}/notes`, { json: { body: 'nuova' } })
    }
    expect(seen).toEqual(all)
  })

  test.each(['x', 'MjAyNi0wMS0wMSBub3RlIDE', Buffer.from("2026-01-01 00:00:00+00 note 1'").toString('base64url')])(
    'refuses the cursor %s',
    async (cursor) => {
      const { id } = await clinic.opens({ clinic: 'Roma' })
      const { status, body } = await giulia.ask('GET', `/api/cases/${id}/timeline?cursor=${cursor}`)
      expect([status, body.fields[0].field]).toEqual([400, 'cursor'])
    },
  )

  test('shows a key that may not read patients the case alone', async () => {
    const { key } = await clinic.keyWith({ scopes: ['cases:read'] })
    const { id, patient_id } = await clinic.opens({ clinic: 'Roma' })
    await clinic.ask('PATCH', `/api/patients/${patient_id}`, { json: { alert_text: 'Sente poco' } })
    const { body } = await clinic.ask('GET', `/api/cases/${id}/timeline`, { key })
    expect(body.timeline.map(({ kind }: Entry) => kind)).toEqual(['case_created'])
  })

  test('is a disclosure', async () => {
    const { id, patient_id } = await clinic.opens({ clinic: 'Roma' })
    const reader = await clinic.signsIn('auditor')
    await timelineOf(id, '', reader)
    const traces = () =>
      clinic.rows('select action, case_id, patient_id from access_events where actor = $1', [`user:${reader.id}`])
    await expect.poll(traces).toEqual([{ action: 'notes.read', case_id: id, patient_id }])
  })
})
