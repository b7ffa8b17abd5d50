import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Clinic, openClinic, randomMobile } from '../testing/harness.ts'
import { liveChannel } from '../live/live.ts'
import { ageOf } from './patients.ts'

let clinic: Clinic
beforeAll(async () => {
  clinic = await openClinic({ clinics: ['Roma', 'Milano'] })
})
afterAll(() => clinic.close())

const register = (json: object) => clinic.ask('POST', '/api/patients', { json })

test('a patient is registered, read, changed and listed with their cases', async () => {
  const { status, body } = await register({
    first_name: 'Ugo',
    last_name: 'Foscolo',
    phone: randomMobile(),
    clinic: 'Roma',
  })
  expect([status, body.clinic, body.case_ids, body.version]).toEqual([201, 'Roma', [], 1])
  const { body: opened } = await clinic.ask('POST', '/api/cases', { json: { patient_id: body.id, clinic: 'Milano' } })
  const { body: saved } = await clinic.ask('PATCH', `/api/patients/${body.id}`, {
    json: { email: 'ugo@posta.example', version: 1 },
  })
  expect(saved).toMatchObject({ email: 'ugo@posta.example', version: 2, case_ids: [opened.id] })
  const { body: list } = await clinic.ask('GET', '/api/patients?search=foscolo')
  expect(list.patients.map(({ id }: { id: string }) => id)).toEqual([body.id])
})

test('a save in between answers 409 with the patient as it is now', async () => {
  const { body } = await register({ first_name: 'Ugo', phone: randomMobile() })
  await clinic.ask('PATCH', `/api/patients/${body.id}`, { json: { last_name: 'Primo' } })
  const late = await clinic.ask('PATCH', `/api/patients/${body.id}`, { json: { last_name: 'Secondo', version: 1 } })
  expect([late.status, late.body.code, late.body.current.last_name]).toEqual([409, 'patient_changed', 'Primo'])
})

test('a key limited to a clinic knows the patients registered or treated there, and no others', async () => {
  const { key } = await clinic.keyWith({ scopes: ['patients:read'], clinics: ['Milano'] })
  const { body: there } = await register({ first_name: 'Qui', phone: randomMobile(), clinic: 'Milano' })
  const { body: treated } = await register({ first_name: 'Quo', phone: randomMobile(), clinic: 'Roma' })
  await clinic.ask('POST', '/api/cases', { json: { patient_id: treated.id, clinic: 'Milano' } })
  const { body: elsewhere } = await register({ first_name: 'Qua', phone: randomMobile(), clinic: 'Roma' })
  const status = async (id: string) => (await clinic.ask('GET', `/api/patients/${id}`, { key })).status
  expect([await status(there.id), await status(treated.id), await status(elsewhere.id)]).toEqual([200, 200, 404])
})

test('a wrong version, id or field never reaches the table', async () => {
  const { body } = await register({ first_name: 'Ugo', phone: randomMobile() })
  for (const id of ['0', 'x', '9'.repeat(30), '%00']) {
    expect((await clinic.ask('GET', `/api/patients/${id}`)).status).toBe(404)
  }
  for (const json of [{ id: '1' }, { search_text: 'x' }, { version: 'one' }, { first_name: 5 }]) {
    expect((await clinic.ask('PATCH', `/api/patients/${body.id}`, { json })).status).toBe(400)
  }
  expect((await clinic.ask('GET', `/api/patients/${body.id}`)).body.version).toBe(1)
})

describe('what else is known of a patient', () => {
  const details = {
    birth_date: '1984-03-12',
    language: 'es',
    contact_times: 'Dopo le 18',
    alert_text: 'Allergica al lattice',
    do_not_contact: true,
    do_not_contact_reason: 'Ha chiesto di non essere più chiamata',
  }

  test('is registered, shown with her age, changed and traced', async () => {
    const { status, body } = await register({ first_name: 'Ada', phone: randomMobile(), clinic: 'Roma', ...details })
    expect([status, body]).toMatchObject([201, details])
    const { body: page } = await clinic.ask('GET', `/api/patients/${body.id}/page`)
    expect(page).toMatchObject({ patient: details, cases: [], relations: [], consents: [] })
    expect(page.age).toBeGreaterThan(40)
    const { body: saved } = await clinic.ask('PATCH', `/api/patients/${body.id}`, {
      json: { alert_text: '  ', birth_date: null, do_not_contact: false, version: 1 },
    })
    expect(saved).toMatchObject({
      alert_text: null,
      birth_date: null,
      do_not_contact: false,
      do_not_contact_reason: null,
      contact_times: 'Dopo le 18',
      version: 2,
    })
    const traces = await clinic.rows<{ changes: object }>(
      `select changes from audit_events where action = 'patient.changed' and subject_id = $1`,
      [body.id],
    )
    expect(Object.keys(traces[0]!.changes).toSorted()).toEqual([
      'alert_text',
      'birth_date',
      'do_not_contact',
      'do_not_contact_reason',
    ])
  })

  test('nobody is born tomorrow, before 1900 or on a day that there is not', async () => {
    const { body } = await register({ first_name: 'Ada', phone: randomMobile() })
    const soon = new Date(Date.now() + 2 * 86_400_000).toISOString().slice(0, 10)
    for (const birth_date of [soon, '1899-12-31', '2023-02-29', '12/03/1984', '9999-01-01', '']) {
      const { status, body: refusal } = await clinic.ask('PATCH', `/api/patients/${body.id}`, { json: { birth_date } })
      expect([status, refusal.fields[0].field], birth_date).toEqual([400, 'birth_date'])
    }
    const today = new Date().toISOString().slice(0, 10)
    const newborn = await clinic.ask('PATCH', `/api/patients/${body.id}`, { json: { birth_date: today } })
    expect(newborn.status).toBe(200)
  })

  test('whoever wants no contact is still found by a lookup, and may have a case', async () => {
    const phone = randomMobile()
    const { body } = await register({ first_name: 'Ada', phone, clinic: 'Roma', do_not_contact: true })
    const opened = await clinic.ask('POST', '/api/cases', { json: { patient_id: body.id, clinic: 'Roma' } })
    expect([opened.status, (await clinic.lookup(phone)).body.case_id]).toEqual([201, opened.body.id])
  })

  test('an age is of completed years', () => {
    const day = (text: string) => new Date(`${text}T12:00:00Z`)
    expect(ageOf('1984-03-12', day('2026-03-11'))).toBe(41)
    expect(ageOf('1984-03-12', day('2026-03-12'))).toBe(42)
    expect(ageOf('2000-02-29', day('2025-02-28'))).toBe(24)
    expect(ageOf('2000-02-29', day('2025-03-01'))).toBe(25)
    expect(ageOf('2026-03-12', day('2026-03-11'))).toBe(0)
    expect(ageOf(null)).toBeNull()
  })
})

test('the page shows the cases of the asker’s clinics only, and is nobody’s of another clinic', async () => {
  const { body: patient } = await register({ first_name: 'Ugo', phone: randomMobile(), clinic: 'Roma' })
  const open = async (name: string) =>
    (await clinic.ask('POST', '/api/cases', { json: { patient_id: patient.id, clinic: name } })).body.id
  const [first, second] = [await open('Roma'), await open('Roma')]
  const agent = await clinic.signsIn('agent', { clinics: ['Milano'] })
  const page = (asker: { ask: typeof clinic.ask }) => asker.ask('GET', `/api/patients/${patient.id}/page`)
  expect((await page(agent)).status).toBe(404)
  const third = await open('Milano')
  const ids = ({ body }: Awaited<ReturnType<typeof page>>) => body.cases.map(({ id }: { id: string }) => id)
  expect([ids(await page(clinic)), ids(await page(agent))]).toEqual([[third, second, first], [third]])
  expect((await page(agent)).body.patient.case_ids).toEqual([third])
})

test('an auditor reads and does not write; an integrator does neither; both leave the patient as they were', async () => {
  const { body } = await register({ first_name: 'Ugo', phone: randomMobile(), clinic: 'Roma' })
  for (const [role, read] of [
    ['auditor', 200],
    ['integrator', 403],
  ] as const) {
    const person = await clinic.signsIn(role)
    expect((await person.ask('GET', `/api/patients/${body.id}/page`)).status, role).toBe(read)
    const saved = await person.ask('PATCH', `/api/patients/${body.id}`, { json: { first_name: 'X' } })
    const made = await person.ask('POST', '/api/patients', { json: { first_name: 'X', phone: '06 5555 0301' } })
    expect([saved.status, made.status], role).toEqual([403, 403])
  }
  expect((await clinic.ask('GET', `/api/patients/${body.id}`)).body).toEqual({ ...body, warnings: undefined })
})

test('hostile text is kept and shown as the text it is', async () => {
  for (const [i, text] of hostile.entries()) {
    const phone = randomMobile()
    const person = { first_name: text, last_name: text, alert_text: text, contact_times: text, clinic: 'Roma', phone }
    const { status, body } = await register(person)
    expect([status, body.first_name, body.alert_text], `#${i}`).toEqual([201, text, text])
    const { body: other } = await register({ first_name: `Altro${i}`, phone, clinic: 'Roma' })
    const label = text.slice(0, 100)
    await clinic.ask('PUT', `/api/patients/${body.id}/numbers/${phone.replace(/\D/g, '')}`, { json: { label } })
    const json = { other_id: body.id, kind: 'other' }
    const { body: related } = await clinic.ask('POST', `/api/patients/${other.id}/relations`, { json })
    await clinic.ask('POST', `/api/patients/${body.id}/consents`, {
      json: { purpose: 'care', state: 'given', evidence: text },
    })
    const { body: page } = await clinic.ask('GET', `/api/patients/${body.id}/page`)
    expect(page.numbers[0].label, `#${i}`).toBe(label)
    expect(page.consents[0].evidence, `#${i}`).toBe(text)
    expect(related.relations[0].other.name, `#${i}`).toBe(`${text} ${text}`)
    expect(page.numbers[0].shared_with, `#${i}`).toEqual([{ id: other.id, name: `Altro${i}` }])
  }
  expect((await register({ first_name: 'a\0b', phone: randomMobile() })).status).toBe(400)
  const { status, body } = await register({ first_name: 'a\ud800b', phone: randomMobile() })
  expect([status, body.first_name]).toEqual([201, 'a\uFFFDb'])
})

const hostile = [
  'Ada 👩‍👩‍👧 🙂',
  'שלום עולם',
  '\u202Eimetni\u202C',
  "<script>alert('x')</script>",
  '=HYPERLINK("http://x.example")',
  "'; drop table patients; --",
  '{{7*7}} ${7*7} %s %n',
  'Z\u0351\u0343\u0313a\u0337l\u0328g\u0322o',
  'Ж'.repeat(200),
  'a\uFFFDb',
]

test('open pages are told whose page changed, and nothing else of them', async () => {
  const listener = clinic.pools.newListener()
  await listener.connect()
  const told: { kind: string; id: string; what: string; actor: string }[] = []
  listener.on('notification', ({ payload }) => told.push(JSON.parse(payload!)))
  await listener.query(`listen ${liveChannel}`)
  const phone = randomMobile()
  const { body } = await register({ first_name: 'Ada', phone, clinic: 'Roma' })
  const { body: other } = await register({ first_name: 'Ugo', phone: randomMobile(), clinic: 'Roma' })
  const path = `/api/patients/${body.id}`
  const { body: related } = await clinic.ask('POST', `${path}/relations`, {
    json: { other_id: other.id, kind: 'friend' },
  })
  await clinic.ask('DELETE', `${path}/relations/${related.relations[0].id}`)
  await clinic.ask('PATCH', path, { json: { alert_text: 'x' } })
  await clinic.ask('PATCH', path, { json: { alert_text: 'x' } })
  await clinic.ask('PUT', `${path}/numbers/${phone.replace(/\D/g, '')}`, { json: { wrong: true } })
  await clinic.ask('POST', `${path}/consents`, { json: { purpose: 'care', state: 'given' } })
  const [one, two] = [body.id, other.id]
  await expect
    .poll(() => told.map(({ id, what }) => `${id === one ? 'one' : id === two ? 'two' : id} ${what}`))
    .toEqual([
      // Registered, related, no longer related, saved once, a number, a consent.
      'one created',
      'two created',
      'one changed',
      'two changed',
      'one changed',
      'two changed',
      'one changed',
      'one changed',
      'one changed',
    ])
  expect(JSON.stringify(told)).not.toMatch(/Ada|Ugo|wrong|care/)
  await listener.end()
})
