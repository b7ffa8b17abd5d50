import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { type Clinic, openClinic, type SignedIn } from '../testing/harness.ts'

let clinic: Clinic
let giulia: SignedIn
let marco: SignedIn
let elsewhere: SignedIn
let caseId: string
beforeAll(async () => {
  clinic = await openClinic({ clinics: ['Roma', 'Milano'] })
  giulia = await clinic.signsIn('agent', { clinics: ['Roma'], name: 'Giulia Ferri' })
  marco = await clinic.signsIn('agent', { clinics: ['Roma'], name: 'Marco Sala' })
  elsewhere = await clinic.signsIn('agent', { clinics: ['Milano'], name: 'Elena Marchetti' })
})
beforeEach(async () => {
  caseId = (await clinic.opens({ clinic: 'Roma' })).id
})
afterAll(() => clinic.close())

const writes = (who: SignedIn, json: object) => who.ask('POST', `/api/cases/${caseId}/notes`, { json })
const edits = (who: SignedIn, note: { id: string }, json: object) =>
  who.ask('PATCH', `/api/cases/${caseId}/notes/${note.id}`, { json })
const versions = (who: SignedIn, note: { id: string }) =>
  who.ask('GET', `/api/cases/${caseId}/notes/${note.id}/versions`)
const caseNow = async () => (await clinic.ask('GET', `/api/cases/${caseId}`)).body
const traces = () =>
  clinic.rows(
    `select action, actor, changes from audit_events where subject = 'case' and subject_id = $1 and action like 'note.%' order by id`,
    [caseId],
  )

describe('writing a note', () => {
  test('people write as themselves, whatever they say', async () => {
    const { status, body } = await writes(giulia, { body: 'Preferisce la sera' })
    expect(status).toBe(201)
    expect(body).toMatchObject({
      case_id: caseId,
      author: 'Giulia Ferri',
      author_id: giulia.id,
      body: 'Preferisce la sera',
      mentions: [],
      edited_at: null,
      version: 1,
    })
    const forged = await writes(giulia, { body: 'x', author: 'Marco Sala' })
    expect([forged.status, forged.body.fields[0].field]).toEqual([400, 'author'])
    const byKey = await clinic.ask('POST', `/api/cases/${caseId}/notes`, { json: { body: 'x', author: 'Centralino' } })
    expect(byKey.body).toMatchObject({ author: 'Centralino', author_id: null })
  })

  test('says when the patient was last spoken to, and leaves the version to those who are editing', async () => {
    expect(await caseNow()).toMatchObject({ last_contact_at: null, version: 1 })
    const { body } = await writes(giulia, { body: 'Sentita' })
    expect(await caseNow()).toMatchObject({ last_contact_at: body.created_at, version: 1 })
    const { status } = await marco.ask('PATCH', `/api/cases/${caseId}`, { json: { outcome: 'IDONEO', version: 1 } })
    expect(status).toBe(200)
  })

  test('leaves a trace without its text', async () => {
    const { body } = await writes(giulia, { body: 'segreto' })
    expect(await traces()).toEqual([
      { action: 'note.added', actor: `user:${giulia.id}`, changes: { note: { from: null, to: body.id } } },
    ])
  })

  test('names colleagues who may see the case, each once; nobody else', async () => {
    const { body } = await writes(giulia, { body: '@Marco', mentions: [marco.id, marco.id, giulia.id] })
    expect(body.mentions).toEqual([marco.id, giulia.id])
    const gone = await clinic.signsIn('agent', { clinics: ['Roma'] })
    await clinic.rows('update users set active = false where id = $1', [gone.id])
    const integrator = await clinic.signsIn('integrator')
    for (const id of [elsewhere.id, integrator.id, gone.id, '999999']) {
      const refused = await writes(giulia, { body: 'x', mentions: [marco.id, id] })
      expect([refused.status, refused.body.fields]).toEqual([
        400,
        [{ field: 'mentions', message: `there is nobody who may see this case under ${id}` }],
      ])
    }
    expect(await clinic.rows('select count(*)::int from notes where case_id = $1', [caseId])).toEqual([{ count: 1 }])
  })

  test('twice with one Idempotency-Key writes it once', async () => {
    const asked = { json: { body: 'una volta' }, headers: { 'idempotency-key': 'note-1' } }
    const first = await giulia.ask('POST', `/api/cases/${caseId}/notes`, asked)
    const again = await giulia.ask('POST', `/api/cases/${caseId}/notes`, asked)
    expect([again.status, again.body]).toEqual([201, first.body])
    expect(await traces()).toHaveLength(1)
  })

  test('is for those who may write on this case', async () => {
    expect((await writes(elsewhere, { body: 'x' })).status).toBe(404)
    expect((await writes(await clinic.signsIn('auditor'), { body: 'x' })).status).toBe(403)
    for (const body of ['', '  ', 'x'.repeat(20_001), 'a\0b']) {
      expect((await writes(giulia, { body })).status).toBe(400)
    }
    expect(await traces()).toEqual([])
  })
})

describe('changing a note', () => {
  test('keeps every text it had before, and tells who replaced it', async () => {
    const { body: first } = await writes(giulia, { body: 'uno', mentions: [marco.id] })
    const { status, body: second } = await edits(giulia, first, { body: 'due', version: 1 })
    expect([status, second.body, second.version, second.mentions]).toEqual([200, 'due', 2, [marco.id]])
    expect(second.edited_at > second.created_at).toBe(true)
    await edits(giulia, first, { body: 'tre', mentions: [], version: 2 })
    const { body } = await versions(marco, first)
    expect(body.versions).toEqual([
      { version: 2, body: 'due', replaced_at: expect.any(String), replaced_by: 'Giulia Ferri' },
      { version: 1, body: 'uno', replaced_at: expect.any(String), replaced_by: 'Giulia Ferri' },
    ])
    const { notes } = (await marco.ask('GET', `/api/cases/${caseId}/notes`)).body
    expect(notes).toMatchObject([{ id: first.id, body: 'tre', mentions: [], version: 3 }])
    expect((await traces()).map(({ action }) => action)).toEqual(['note.added', 'note.changed', 'note.changed'])
  })

  test('with the same words changes nothing', async () => {
    const { body: note } = await writes(giulia, { body: 'uguale' })
    expect((await edits(giulia, note, { body: 'uguale', version: 1 })).body).toEqual(note)
    expect((await versions(giulia, note)).body.versions).toEqual([])
  })

  test('is for its author alone: no colleague, no team lead, no key', async () => {
    const { body: note } = await writes(giulia, { body: 'mia' })
    const { body: ofKey } = await clinic.ask('POST', `/api/cases/${caseId}/notes`, { json: { body: 'di nessuno' } })
    const json = { body: 'altro', version: 1 }
    expect((await edits(marco, note, json)).status).toBe(403)
    expect((await edits(await clinic.signsIn('team_lead'), note, json)).status).toBe(403)
    expect((await edits(giulia, ofKey, json)).status).toBe(403)
    for (const of of [note, ofKey]) {
      expect((await clinic.ask('PATCH', `/api/cases/${caseId}/notes/${of.id}`, { json })).status).toBe(403)
    }
    expect((await edits(elsewhere, note, json)).status).toBe(404)
    expect((await versions(elsewhere, note)).status).toBe(404)
    expect((await versions(giulia, { id: '999999' })).status).toBe(404)
    const { id: other } = await clinic.opens({ clinic: 'Roma' })
    expect((await giulia.ask('PATCH', `/api/cases/${other}/notes/${note.id}`, { json })).status).toBe(404)
    expect((await giulia.ask('GET', `/api/cases/${other}/notes/${note.id}/versions`)).status).toBe(404)
  })

  test('of two who write at once one is told what the other wrote', async () => {
    const { body: note } = await writes(giulia, { body: 'uno' })
    const both = await Promise.all(['due', 'tre'].map((body) => edits(giulia, note, { body, version: 1 })))
    const [won, lost] = both.toSorted((a, b) => a.status - b.status)
    expect([won!.status, lost!.status, lost!.body.code]).toEqual([200, 409, 'note_changed'])
    expect(lost!.body.current).toEqual(won!.body)
    expect((await versions(giulia, note)).body.versions).toHaveLength(1)
  })

  test('goes on naming who could see the case once, and nobody new who cannot', async () => {
    const { body: note } = await writes(giulia, { body: 'uno', mentions: [marco.id] })
    await clinic.rows('update users set active = false where id = $1', [marco.id])
    const kept = await edits(giulia, note, { body: 'due', mentions: [marco.id], version: 1 })
    const added = await edits(giulia, note, { body: 'tre', mentions: [marco.id, elsewhere.id], version: 2 })
    await clinic.rows('update users set active = true where id = $1', [marco.id])
    expect([kept.status, added.status]).toEqual([200, 400])
  })
})
