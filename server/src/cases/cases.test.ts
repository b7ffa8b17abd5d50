import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Clinic, openClinic, randomMobile } from '../testing/harness.ts'

let clinic: Clinic
beforeAll(async () => {
  clinic = await openClinic({ clinics: ['Centro Oculistico Roma', 'Centro Oculistico Milano'] })
})
afterAll(() => clinic.close())

const lead = (fields: object = {}) => ({
  first_name: 'Ada',
  last_name: 'Neri',
  cell_phone: randomMobile(),
  clinic: 'Centro Oculistico Roma',
  ...fields,
})
const post = (json: unknown, headers: Record<string, string> = {}) =>
  clinic.ask('POST', '/api/cases', { json, headers })

describe('opening a case', () => {
  test('answers 201 with every field, and the next lookup finds it', async () => {
    const fields = {
      first_name: 'Lucía',
      last_name: "D'Angelo",
      phone: '06 5555 0101',
      home_phone: null,
      cell_phone: '333/5550101',
      email: 'lucia@posta.example',
      clinic: 'centro oculistico roma',
      treatment: 'smile',
      channel: 'WEB',
      origin: 'Google Ads',
      status: 'DA_RICHIAMARE',
      disposition: 'SMILE evaluation',
      outcome: 'Professional athlete',
      promotion: 'Spring Special 20%',
      follow_up_date: '2025-07-12T16:57:06.836704+02:00',
      dialer_campaign_tag: 'Q1-Follow-Up',
      assigned_to: 'giulia@clinic.example',
    }
    const { status, body } = await post(fields)
    expect(status).toBe(201)
    expect(body).toMatchObject({
      ...fields,
      clinic: 'Centro Oculistico Roma',
      treatment: 'SMILE Surgery',
      follow_up_date: '2025-07-12T14:57:06.836704+00:00',
      version: 1,
      warnings: [],
    })
    expect(body.id).toMatch(/^\d+$/)
    expect((await clinic.lookup('+39 333 555 0101')).body.case_id).toBe(body.id)
  })

  test.each([
    ['no name', { first_name: ' ', last_name: undefined }, 'first_name'],
    ['no way to reach the person', { cell_phone: undefined }, 'phone'],
    ['no clinic where there are two', { clinic: undefined }, 'clinic'],
    ['an unknown clinic', { clinic: 'Atlantis' }, 'clinic'],
    ['an unknown treatment', { treatment: 'Magic' }, 'treatment'],
    ['an unknown status', { status: 'FORSE' }, 'status'],
    ['an unknown channel', { channel: 'PIGEON' }, 'channel'],
    ['an unknown field', { fist_name: 'x' }, 'fist_name'],
    ['a wrong e-mail', { email: 'nobody' }, 'email'],
    ['a date that is none', { follow_up_date: '12/07/2025' }, 'follow_up_date'],
    ['a number too long to keep', { phone: '1'.repeat(201) }, 'phone'],
    ['a NUL, which no database can keep', { origin: 'a\0b' }, 'origin'],
    [
      'an unknown patient',
      { patient_id: '999999', first_name: undefined, last_name: undefined, cell_phone: undefined },
      'patient_id',
    ],
    ['a person beside a patient_id', { patient_id: '1' }, 'first_name'],
  ])('%s is refused by name, and nothing is written', async (_, wrong, field) => {
    const before = await clinic.rows('select count(*) from patients')
    const { status, body } = await post(lead(wrong))
    expect([status, body.error]).toEqual([400, 'Invalid request'])
    expect(body.message).toContain(field)
    expect(body.fields.map((f: { field: string }) => f.field)).toContain(field)
    expect(await clinic.rows('select count(*) from patients')).toEqual(before)
  })

  test('a number that cannot be read is kept as typed and earns a warning, never a refusal', async () => {
    const { status, body } = await post(lead({ phone: 'da richiedere' }))
    expect([status, body.phone]).toEqual([201, 'da richiedere'])
    expect(body.warnings).toEqual([{ field: 'phone', message: expect.stringContaining('No phone number') }])
  })

  test('every number of a field that holds several is found', async () => {
    const { body } = await post(lead({ phone: '06 5555 0202 / 333 555 0202; int. +34 612 345 678', cell_phone: null }))
    for (const number of ['0655550202', '+393335550202', '0034612345678']) {
      expect((await clinic.lookup(number)).body.case_id, number).toBe(body.id)
    }
  })

  test('a known patient gets another case, and the lookup answers the newest', async () => {
    const { body: first } = await post(lead())
    const { body: second } = await post({ patient_id: first.patient_id, clinic: 'Centro Oculistico Milano' })
    const { body } = await clinic.lookup(first.cell_phone)
    expect(body).toMatchObject({ case_id: second.id, match_count: 2 })
    expect(body.matches.map((m: { case_id: string }) => m.case_id)).toEqual([second.id, first.id])
  })

  test('a past created_at needs the scope cases:import', async () => {
    const { key } = await clinic.keyWith({ scopes: ['cases:write'] })
    const past = lead({ created_at: '2020-01-01T00:00:00Z' })
    expect((await clinic.ask('POST', '/api/cases', { json: past, key })).status).toBe(403)
    expect((await post(past)).body.created_at).toBe('2020-01-01T00:00:00.000000+00:00')
  })

  test('a day without a time begins in the clinic’s zone', async () => {
    expect((await post(lead({ follow_up_date: '2025-07-12' }))).body.follow_up_date).toBe(
      '2025-07-11T22:00:00.000000+00:00',
    )
  })
})

describe('which case a lookup answers', () => {
  test('the newest by created_at, whichever field holds the number', async () => {
    const number = randomMobile()
    const at = (day: number) => ({ created_at: `2024-01-0${day}T00:00:00Z` })
    await post(lead({ cell_phone: number, ...at(1) }))
    const { body: newest } = await post(lead({ phone: number.replaceAll(' ', ''), cell_phone: null, ...at(3) }))
    await post(lead({ home_phone: `0039${number.slice(3)}`, cell_phone: null, ...at(2) }))
    expect((await clinic.lookup(number)).body).toMatchObject({ case_id: newest.id, match_count: 3 })
  })

  test('the greatest id among those of the same instant', async () => {
    const number = randomMobile()
    const created_at = '2024-05-05T05:05:05.000005Z'
    await post(lead({ cell_phone: number, created_at }))
    const { body: last } = await post(lead({ cell_phone: number, created_at }))
    expect((await clinic.lookup(number)).body.case_id).toBe(last.id)
  })

  test('at most ten are listed, all are counted', async () => {
    const { body: first } = await post(lead())
    for (let i = 0; i < 12; i++) await post({ patient_id: first.patient_id, clinic: 'Centro Oculistico Roma' })
    const { body } = await clinic.lookup(first.cell_phone)
    expect([body.match_count, body.matches.length]).toEqual([13, 10])
  })

  test('a number in two fields of one patient counts once', async () => {
    const number = randomMobile()
    await post(lead({ phone: number, home_phone: number, cell_phone: number }))
    expect((await clinic.lookup(number)).body.match_count).toBe(1)
  })

  test('extensions must agree only where both sides have one', async () => {
    const { body } = await post(lead({ phone: '06 5555 0303 int. 12', cell_phone: null }))
    const found = async (text: string) => (await clinic.lookup(text)).body.case_id === body.id
    expect(await found('+390655550303')).toBe(true)
    expect(await found('tel:+390655550303;ext=12')).toBe(true)
    expect(await found('tel:+390655550303;ext=13')).toBe(false)
  })

  test('a patient without a case is known, but not found', async () => {
    const phone = randomMobile()
    const { body: patient } = await clinic.ask('POST', '/api/patients', {
      json: { first_name: 'Ugo', phone, clinic: 'Centro Oculistico Roma' },
    })
    expect((await clinic.lookup(phone)).body).toMatchObject({ found: false, patient_known: true })
    const { body } = await post({ patient_id: patient.id, clinic: 'Centro Oculistico Roma' })
    expect((await clinic.lookup(phone)).body.case_id).toBe(body.id)
  })

  test('a number that was changed is found, the old one no more', async () => {
    const { body: before } = await post(lead())
    const phone = randomMobile()
    await clinic.ask('PATCH', `/api/cases/${before.id}`, { json: { cell_phone: phone } })
    expect((await clinic.lookup(phone)).body.case_id).toBe(before.id)
    expect((await clinic.lookup(before.cell_phone)).body.found).toBe(false)
  })

  test('a deleted case is not found; the one before it is', async () => {
    const { body: first } = await post(lead())
    const { body: second } = await post({ patient_id: first.patient_id, clinic: 'Centro Oculistico Roma' })
    expect((await clinic.ask('DELETE', `/api/cases/${second.id}`)).status).toBe(204)
    expect((await clinic.lookup(first.cell_phone)).body.case_id).toBe(first.id)
    expect((await clinic.ask('GET', `/api/cases/${second.id}`)).status).toBe(404)
  })
})

describe('saving', () => {
  test('changes only what was sent, and counts the version up', async () => {
    const { body: before } = await post(lead({ origin: 'Google Ads' }))
    const { status, body } = await clinic.ask('PATCH', `/api/cases/${before.id}`, {
      json: { status: 'APPUNTAMENTO', last_name: 'Bianchi', version: 1 },
    })
    expect(status).toBe(200)
    expect(body).toEqual({
      ...before,
      status: 'APPUNTAMENTO',
      last_name: 'Bianchi',
      version: 2,
      updated_at: body.updated_at,
    })
  })

  test('a save in between answers 409 with the case as it is now', async () => {
    const { body: seen } = await post(lead())
    await clinic.ask('PATCH', `/api/cases/${seen.id}`, { json: { outcome: 'first', version: 1 } })
    const { status, body } = await clinic.ask('PATCH', `/api/cases/${seen.id}`, {
      json: { outcome: 'second', version: 1 },
    })
    expect([status, body.code, body.current.outcome, body.current.version]).toEqual([409, 'case_changed', 'first', 2])
  })

  test('of twenty savers with the same version exactly one wins', async () => {
    const { body: seen } = await post(lead())
    const saves = Array.from({ length: 20 }, (_, i) =>
      clinic.ask('PATCH', `/api/cases/${seen.id}`, { json: { outcome: `${i}`, version: 1 } }),
    )
    const statuses = (await Promise.all(saves)).map(({ status }) => status).sort((a, b) => a - b)
    expect(statuses).toEqual([200, ...Array<number>(19).fill(409)])
  })

  test('a person cannot be saved without any name or number', async () => {
    const { body: seen } = await post(lead())
    const { status, body } = await clinic.ask('PATCH', `/api/cases/${seen.id}`, { json: { cell_phone: null } })
    expect([status, body.fields[0].field]).toEqual([400, 'phone'])
  })

  test('every change leaves a trace with the fields, from what, to what, by whom', async () => {
    const { body: seen } = await post(lead())
    await clinic.ask('PATCH', `/api/cases/${seen.id}`, { json: { status: 'CHIUSO' } })
    await clinic.ask('DELETE', `/api/cases/${seen.id}`)
    const traces = await clinic.rows(
      `select action, actor, changes from audit_events where subject = 'case' and subject_id = $1 order by id`,
      [seen.id],
    )
    expect(traces.map(({ action }) => action)).toEqual(['case.created', 'case.changed', 'case.deleted'])
    expect(traces[1]).toMatchObject({
      actor: expect.stringMatching(/^api_key:\d+$/),
      changes: { status: { from: 'NUOVO', to: 'CHIUSO' } },
    })
  })
})
