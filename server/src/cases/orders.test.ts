import { caseOrders } from '@clinicacrm/contract/cases.ts'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Clinic, openClinic, type SignedIn } from '../testing/harness.ts'

const roma = 'Centro Oculistico Roma'
const monterrey = 'Clínica Monterrey'
let crm: Clinic
let romeOnly: SignedIn
beforeAll(async () => {
  crm = await openClinic({ clinics: [roma, monterrey] })
  await crm.rows(`update clinics set zone = 'America/Monterrey' where name = $1`, [monterrey])
  romeOnly = await crm.signsIn('agent', { clinics: [roma] })
  await people(40)
  await some(240)
})
afterAll(() => crm.close())

/** Patients whose names are alike, straight into the table: the verbs would take a minute for the many of the last test. */
const people = (count: number, name = 'Ada') =>
  crm.rows(
    `insert into patients (first_name, last_name, search_text, sort_name, key_version, cell_phone)
     select $2, l, ' ' || lower($2 || ' ' || l) || ' ', lower(l || ' ' || $2), 'x', '333'
     from (select (array['Neri', 'Bianchi', 'De Luca', 'Rossi'])[1 + n % 4] as l from generate_series(1, $1::int) n) s`,
    [count, name],
  )

/** Cases with many ties and gaps: three moments, three follow-ups or none, statuses and channels in turn. */
const some = (count: number) =>
  crm.rows(
    `insert into cases (patient_id, clinic_id, status, channel, created_at, updated_at, follow_up_date, last_contact_at,
       treatment_id, assigned_to, deleted_at)
     select 1 + n % 40, 1 + n % 2, (select code from statuses where position = 1 + n % 13),
       (array['WEB', 'PHONE', null])[1 + n % 3], now() - (n % 3) * interval '1 day', now() - (n % 5) * interval '1 hour',
       case when n % 4 > 0 then now() + (n % 4 - 2) * interval '1 day' end,
       case when n % 7 > 1 then now() - (n % 7) * interval '1 day' end,
       1 + n % 2, (array['ada@clinic.example', 'Ugo', null])[1 + (n / 3) % 3], case when n % 20 = 0 then now() end
     from generate_series(1, $1::int) n`,
    [count],
  )

type Query = Record<string, string | string[]>
type Row = { id: string; [field: string]: unknown }
async function page(query: Query, person: Pick<SignedIn, 'ask'> = crm) {
  const pairs = Object.entries(query).flatMap(([name, values]) => [values].flat().map((value) => [name, value]))
  return person.ask('GET', `/api/cases?${new URLSearchParams(pairs).toString()}`)
}

/** All pages of a list, one after the other. */
async function pages(query: Query, person?: Pick<SignedIn, 'ask'>): Promise<Row[]> {
  const rows: Row[] = []
  let cursor: string | null = null
  do {
    const { status, body }: { status: number; body: { cases: Row[]; next_cursor: string | null } } = await page(
      { limit: '17', ...query, ...(cursor !== null && { cursor }) },
      person,
    )
    expect(status).toBe(200)
    rows.push(...body.cases)
    cursor = body.next_cursor
  } while (cursor !== null)
  return rows
}
const ids = (rows: { id: string }[]) => rows.map(({ id }) => id)

/** What the table itself says, asked in the plainest way. */
async function expected(where: string, order: string): Promise<string[]> {
  const isDown = order.startsWith('-')
  const column = order.replace('-', '')
  const key = column === 'name' ? 'p.sort_name' : `c.${column}`
  const turn = isDown ? 'desc' : 'asc'
  return ids(
    await crm.rows<{ id: string }>(
      `select c.id from cases c join patients p on p.id = c.patient_id where c.deleted_at is null and ${where}
       order by ${key} ${turn} nulls last, c.id ${turn}`,
    ),
  )
}

const filters: [string, Query, string][] = [
  ['no filter', {}, 'true'],
  ['one status', { status: 'APPUNTAMENTO' }, `status = 'APPUNTAMENTO'`],
  ['two statuses', { status: ['CHIUSO', 'NUOVO'] }, `status in ('CHIUSO', 'NUOVO')`],
  ['a class', { class: 'waiting' }, `status in ('NON_RAGGIUNGIBILE', 'PREVENTIVO', 'IN_PAUSA')`],
  ['all at work', { class: ['open', 'waiting', 'booked'] }, `status not in ('INTERVENTO_ESEGUITO', 'PERSO', 'CHIUSO')`],
  [
    'at work, a colleague’s',
    { class: ['open', 'waiting', 'booked'], assigned_to: 'Ugo' },
    `status not in ('INTERVENTO_ESEGUITO', 'PERSO', 'CHIUSO') and assigned_to = 'Ugo'`,
  ],
  ['a colleague’s or nobody’s', { assigned_to: ['Ugo', ''] }, `(assigned_to = 'Ugo' or assigned_to is null)`],
  ['nobody’s, by channel', { assigned_to: '', channel: 'PHONE' }, `assigned_to is null and channel = 'PHONE'`],
  [
    'a clinic and a treatment by code',
    { clinic: 'CLÍNICA-MONTERREY', treatment: 'LASIK' },
    'c.clinic_id = 2 and treatment_id = 1',
  ],
  [
    'a class in a clinic',
    { class: 'waiting', clinic: monterrey },
    `status in ('NON_RAGGIUNGIBILE', 'PREVENTIVO', 'IN_PAUSA') and c.clinic_id = 2`,
  ],
  [
    'a class, a colleague’s',
    { class: 'waiting', assigned_to: 'Ugo' },
    `status in ('NON_RAGGIUNGIBILE', 'PREVENTIVO', 'IN_PAUSA') and assigned_to = 'Ugo'`,
  ],
  ['without a date', { due: 'none' }, 'follow_up_date is null'],
  ['an unknown clinic', { clinic: 'Atlantide' }, 'false'],
  ['one patient', { patient_id: '7' }, 'patient_id = 7'],
  ['names in any order', { search: 'luca ADA' }, `sort_name like 'de luca%'`],
  ['a name and a status', { search: 'rossi', status: 'PERSO' }, `sort_name like 'rossi%' and status = 'PERSO'`],
  ['one letter', { search: 'n' }, `sort_name like 'neri%'`],
]

describe.each(caseOrders)('in the order %s', (order) => {
  test.each(filters)('with %s, pages run through every case once', async (_, query, where) => {
    expect(ids(await pages({ ...query, order }))).toEqual(await expected(where, order))
  })

  test('whoever is limited to clinics sees these', async () => {
    expect(ids(await pages({ order }, romeOnly))).toEqual(await expected('c.clinic_id = 1', order))
    const waiting = `status in ('NON_RAGGIUNGIBILE', 'PREVENTIVO', 'IN_PAUSA') and c.clinic_id = 1`
    expect(ids(await pages({ order, class: 'waiting' }, romeOnly))).toEqual(await expected(waiting, order))
    const others = await pages({ order, clinic: monterrey }, romeOnly)
    expect(others).toEqual([])
  })
})

describe('a cursor', () => {
  test('belongs to its order', async () => {
    const { body } = await page({ limit: '1' })
    const { status, body: refusal } = await page({ order: 'name', cursor: body.next_cursor })
    expect([status, refusal.fields[0].field]).toEqual([400, 'cursor'])
    expect(refusal.fields[0].message).toContain('-created_at')
  })

  test('that nobody gave is refused', async () => {
    const made = [
      ['-created_at', null, '9'],
      ['-created_at', '2025-01-01', '9'],
      ['-created_at', "' or 1=1", '9'],
      ['-created_at', '2025-13-41 00:00:00+00', '9'],
      ['-created_at', '2025-01-01 00:00:00+00', '0'],
      ['-created_at', '2025-01-01 00:00:00+00', 9],
      ['name', '\0', '9'],
      'x',
    ]
    for (const content of made) {
      const cursor = Buffer.from(JSON.stringify(content)).toString('base64url')
      const order = content[0] === 'name' ? 'name' : '-created_at'
      expect((await page({ order, cursor })).status, JSON.stringify(content)).toBe(400)
    }
  })
})

describe('due', () => {
  const at = (days: number, zone: string) =>
    crm.rows<{ at: string }>(
      `select to_char((date_trunc('day', now() at time zone $2) + $1 * interval '1 day') at time zone $2 at time zone 'UTC',
        'YYYY-MM-DD"T"HH24:MI:SS"Z"') as at`,
      [days, zone],
    )

  test('is counted in days of each clinic', async () => {
    const opened: Record<string, string> = {}
    for (const [clinic, zone] of [
      [roma, 'Europe/Rome'],
      [monterrey, 'America/Monterrey'],
    ] as const) {
      for (const day of [0, 1, 2, 7]) {
        const [{ at: first }] = (await at(day, zone)) as [{ at: string }]
        const before = new Date(Date.parse(first) - 1_000).toISOString()
        const fields = { clinic, dialer_campaign_tag: 'scadenze' }
        opened[`${zone} ${day}`] = (await crm.opens({ ...fields, follow_up_date: first })).id
        opened[`${zone} before ${day}`] = (await crm.opens({ ...fields, follow_up_date: before })).id
      }
    }
    const found = async (...due: string[]) => {
      const rows = await pages({ dialer_campaign_tag: 'scadenze', due })
      const names = Object.entries(opened).filter(([, id]) => ids(rows).includes(id))
      return [...new Set(names.map(([name]) => name.replace(/^\S+ /, '')))].toSorted()
    }
    expect(await found('overdue')).toEqual(['before 0'])
    expect(await found('today')).toEqual(['0', 'before 1'])
    expect(await found('tomorrow')).toEqual(['1', 'before 2'])
    expect(await found('next_7_days')).toEqual(['0', '1', '2', 'before 1', 'before 2', 'before 7'])
    expect(await found('overdue', 'tomorrow')).toEqual(['1', 'before 0', 'before 2'])
    expect(await found('none')).toEqual([])
    expect((await pages({ dialer_campaign_tag: 'scadenze', due: 'today' })).length).toBe(4)
    expect((await pages({ dialer_campaign_tag: 'scadenze', due: ['none', 'today'] })).length).toBe(4)
  })
})

test('a name that nine thousand share is found in every order', { timeout: 60_000 }, async () => {
  await people(9_000, 'Zoe')
  await crm.rows(
    `insert into cases (patient_id, clinic_id, status, created_at, follow_up_date)
     select id, 1 + id % 2, case when id % 900 = 0 then 'PREVENTIVO' else 'NUOVO' end, now() - id * interval '1 minute',
       case when id % 3 = 0 then now() + id * interval '1 minute' end
     from patients where first_name = 'Zoe'`,
  )
  for (const order of caseOrders) {
    for (const [query, where] of [
      [{}, 'true'],
      [{ status: 'PREVENTIVO' }, `status = 'PREVENTIVO'`],
      [{ clinic: roma, search: 'zoe rossi' }, `clinic_id = 1 and sort_name like 'rossi%'`],
    ] as [Query, string][]) {
      const { body } = await page({ search: 'zoe', order, ...query })
      const all = await expected(`p.first_name = 'Zoe' and c.${where.replace('true', 'id > 0')}`, order)
      expect(ids(body.cases), `${order} ${where}`).toEqual(all.slice(0, 50))
      const next = await page({ search: 'zoe', order, ...query, cursor: body.next_cursor ?? '' })
      expect(body.next_cursor === null ? [] : ids(next.body.cases)).toEqual(all.slice(50, 100))
    }
  }
})
