import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { loadDemo } from '../demo.ts'
import { type Clinic, openClinic } from '../testing/harness.ts'

let clinic: Clinic
beforeAll(async () => {
  clinic = await openClinic({ clinics: [] })
  await loadDemo(clinic.work)
})
afterAll(() => clinic.close())

const list = async (query: Record<string, string> = {}) =>
  (await clinic.ask('GET', `/api/cases?${new URLSearchParams(query).toString()}`)).body
type Row = { id: string; created_at: string; status: string; clinic: string; last_name: string }

describe('the list of cases', () => {
  test('pages run through every case once, newest first', async () => {
    const seen: Row[] = []
    let cursor: string | null = null
    do {
      const page: { cases: Row[]; next_cursor: string | null } = await list({ limit: '7', ...(cursor && { cursor }) })
      seen.push(...page.cases)
      cursor = page.next_cursor
    } while (cursor)
    const total = await clinic.rows<{ count: string }>('select count(*) from cases')
    expect(new Set(seen.map(({ id }) => id)).size).toBe(Number(total[0]!.count))
    expect(seen.map(({ created_at }) => created_at)).toEqual(
      seen
        .map(({ created_at }) => created_at)
        .sort()
        .reverse(),
    )
  })

  test('filters narrow it, together', async () => {
    const { cases } = await list({ status: 'APPUNTAMENTO', clinic: 'Centro Oculistico Roma', limit: '200' })
    expect(cases.length).toBeGreaterThan(0)
    expect(cases.every((row: Row) => row.status === 'APPUNTAMENTO' && row.clinic === 'Centro Oculistico Roma')).toBe(
      true,
    )
    const early = await list({ created_to: '2024-01-01T00:00:00Z', limit: '200' })
    expect(early.cases.every((row: Row) => row.created_at < '2024-01-01')).toBe(true)
  })

  test.each([
    ['a name', 'Dorato'],
    ['names in any order, without capitals', 'dorato antonio'],
    ['part of an e-mail', 'antonio.dorato@'],
    ['digits as typed', '2222 4444'],
    ['a number in another writing', '0039 06 2222 4444'],
    ['the end of a mobile number', '2224444'],
    ['a case’s number', '#9'],
  ])('search finds case 9 by %s', async (_, search) => {
    const { cases } = await list({ search, limit: '200' })
    expect(cases.map(({ id }: Row) => id)).toContain('9')
  })

  test('accents do not matter, neither do wildcards', async () => {
    const accented = await clinic.opens({
      first_name: 'Nicolò',
      last_name: 'Peñarol',
      clinic: 'Centro Oculistico Roma',
    })
    expect((await list({ search: 'nicolo penarol' })).cases.map(({ id }: Row) => id)).toEqual([accented.id])
    expect((await list({ search: '%%%' })).cases).toEqual([])
    expect((await list({ search: '___' })).cases).toEqual([])
  })

  test('a wrong filter is refused by name', async () => {
    for (const query of [
      { status: 'X' },
      { limit: '0' },
      { limit: '201' },
      { cursor: 'abc' },
      { created_from: 'yesterday' },
      { color: 'red' },
    ]) {
      const { status, body } = await clinic.ask(
        'GET',
        `/api/cases?${new URLSearchParams(query as Record<string, string>).toString()}`,
      )
      expect([status, body.fields[0].field]).toEqual([400, Object.keys(query)[0]])
    }
  })
})

describe('notes', () => {
  test('are added with an author and listed newest first', async () => {
    await clinic.ask('POST', '/api/cases/9/notes', { json: { body: 'Richiamare domani', author: 'Giulia' } })
    const { status, body } = await clinic.ask('POST', '/api/cases/9/notes', { json: { body: 'Confermato' } })
    expect([status, body.author, body.case_id]).toEqual([201, 'Test', '9'])
    const { notes } = (await clinic.ask('GET', '/api/cases/9/notes')).body
    expect(notes.slice(0, 2).map((note: { body: string }) => note.body)).toEqual(['Confermato', 'Richiamare domani'])
  })

  test('belong to a case that exists', async () => {
    expect((await clinic.ask('GET', '/api/cases/99999/notes')).status).toBe(404)
    expect((await clinic.ask('POST', '/api/cases/99999/notes', { json: { body: 'x' } })).status).toBe(404)
    expect((await clinic.ask('POST', '/api/cases/9/notes', { json: { body: '  ' } })).status).toBe(400)
  })
})

describe('a key limited to clinics', () => {
  test('sees, searches and changes only their cases, and learns nothing of others', async () => {
    const { key } = await clinic.keyWith({
      scopes: ['cases:write', 'patients:write', 'lookup:read'],
      clinics: ['Centro Oculistico Milano'],
    })
    const { cases } = (await clinic.ask('GET', '/api/cases?limit=200', { key })).body
    expect(new Set(cases.map((row: Row) => row.clinic))).toEqual(new Set(['Centro Oculistico Milano']))
    expect((await clinic.ask('GET', '/api/cases?search=dorato', { key })).body.cases).toEqual([])
    for (const [method, path, json] of [
      ['GET', '/api/cases/9'],
      ['PATCH', '/api/cases/9', { status: 'CHIUSO' }],
      ['DELETE', '/api/cases/9'],
      ['GET', '/api/cases/9/notes'],
      ['POST', '/api/cases/9/notes', { body: 'x' }],
      ['GET', '/api/patients/4'],
      ['PATCH', '/api/patients/4', { first_name: 'x' }],
    ] as const) {
      expect((await clinic.ask(method, path, { key, ...(json && { json }) })).status, `${method} ${path}`).toBe(404)
    }
    expect((await clinic.lookup('+39 06 2222 4444', {}, { key })).body).toMatchObject({
      found: false,
      patient_known: false,
    })
    expect(
      (
        await clinic.ask('POST', '/api/cases', {
          key,
          json: { first_name: 'A', phone: '0655550999', clinic: 'Centro Oculistico Roma' },
        })
      ).status,
    ).toBe(400)
    expect(
      (await clinic.ask('POST', '/api/cases', { key, json: { first_name: 'A', phone: '0655550999' } })).body.clinic,
    ).toBe('Centro Oculistico Milano')
  })
})
