import { statusCodes } from '@clinicacrm/contract/lifecycle.ts'
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
})
afterAll(() => crm.close())

type Query = Record<string, string | string[]>
const textOf = (query: Query) =>
  new URLSearchParams(
    Object.entries(query).flatMap(([name, values]) => [values].flat().map((value) => [name, value])),
  ).toString()
const ask = async (path: string, query: Query = {}, person?: SignedIn) =>
  (await (person ?? crm).ask('GET', `/api/cases/${path}?${textOf(query)}`)).body
type Row = { id: string }
type Column = { status: string; count: number; capped: boolean; cases: Row[]; next_cursor: string | null }
const board = async (query: Query = {}, person?: SignedIn): Promise<Column[]> =>
  (await ask('board', query, person)).columns
const column = async (status: string, query: Query = {}, person?: SignedIn) =>
  (await board(query, person)).find((it) => it.status === status)!
const ids = (rows: Row[]) => rows.map(({ id }) => id)

/** Many cases at once, past the verbs: `fields` as SQL over `n`, from 1. */
const many = (count: number, tag: string, fields: Record<string, string> = {}) => {
  const columns = { patient_id: '1', clinic_id: '1', dialer_campaign_tag: `'${tag}'`, ...fields }
  return crm.rows(
    `insert into cases (${Object.keys(columns).join(', ')})
     select ${Object.values(columns).join(', ')} from generate_series(1, ${count}) n returning id::text`,
  )
}

describe('the board', () => {
  test('has every status in the order of the lifecycle, and those asked for when some are', async () => {
    expect((await board()).map(({ status }) => status)).toEqual(statusCodes)
    expect((await board({ class: 'booked' })).map(({ status }) => status)).toEqual([
      'APPUNTAMENTO',
      'INTERVENTO_PROGRAMMATO',
    ])
    expect(await board({ class: 'won', status: 'NUOVO' })).toEqual([])
  })

  test('shows those due first, then those without a date, and where the list goes on', async () => {
    await crm.opens()
    await many(70, 'colonna', {
      status: `'IN_CORSO'`,
      follow_up_date: `case when n > 60 then null else now() + n * interval '1 hour' end`,
    })
    for (const query of [{ dialer_campaign_tag: 'colonna' }, { dialer_campaign_tag: 'colonna', search: 'neri' }]) {
      const { count, capped, cases, next_cursor } = await column('IN_CORSO', query)
      expect([count, capped, cases.length]).toEqual([70, false, 30])
      const list = { ...query, status: 'IN_CORSO', order: 'follow_up_date', limit: '200' }
      const all = (await crm.ask('GET', `/api/cases?${textOf(list)}`)).body.cases
      const rest = (await crm.ask('GET', `/api/cases?${textOf({ ...list, cursor: next_cursor! })}`)).body.cases
      expect([...ids(cases), ...ids(rest)]).toEqual(ids(all))
    }
  })

  test('counts to a thousand and says when there are more', async () => {
    await many(1_050, 'mille', { status: `'PREVENTIVO'` })
    expect(await column('PREVENTIVO')).toMatchObject({ count: 1_000, capped: true })
    expect(await column('PREVENTIVO', { dialer_campaign_tag: 'mille' })).toMatchObject({ count: 1_000, capped: true })
    expect(await column('PREVENTIVO', { dialer_campaign_tag: 'altro' })).toMatchObject({ count: 0, capped: false })
  })

  test('a filter that fits very many still goes on from where the column ends', async () => {
    await many(21_000, 'tantissimi', {
      status: `'CHIUSO'`,
      channel: `case when n % 500 = 0 then 'WEB' else 'EMAIL' end`,
      follow_up_date: `now() + n * interval '1 minute'`,
    })
    const query = { channel: ['WEB', 'EMAIL'], search: 'ada neri' }
    const { count, capped, cases, next_cursor } = await column('CHIUSO', query)
    expect([count, capped, cases.length]).toEqual([1_000, true, 30])
    const list = textOf({ ...query, status: 'CHIUSO', order: 'follow_up_date', limit: '1', cursor: next_cursor! })
    const [next] = (await crm.ask('GET', `/api/cases?${list}`)).body.cases
    expect(Number(next.id)).toBe(Number(cases.at(-1)!.id) + 1)
  })

  test('shows and counts only the clinics of whoever asks', async () => {
    const own = await crm.opens({ status: 'IN_PAUSA', clinic: roma })
    await crm.opens({ status: 'IN_PAUSA', clinic: monterrey })
    expect(await column('IN_PAUSA')).toMatchObject({ count: 2 })
    const { count, cases } = await column('IN_PAUSA', {}, romeOnly)
    expect([count, ids(cases)]).toEqual([1, [own.id]])
  })
})

describe('counting', () => {
  test('is exact up to ten thousand', async () => {
    await many(37, 'contati')
    expect(await ask('count', { dialer_campaign_tag: 'contati' })).toEqual({ count: 37, capped: false })
    expect(await ask('count', { dialer_campaign_tag: 'contati' }, romeOnly)).toEqual({ count: 37, capped: false })
    await many(10_001, 'moltissimi')
    expect(await ask('count', { dialer_campaign_tag: 'moltissimi' })).toEqual({ count: 10_000, capped: true })
    expect(await ask('count', { search: 'ada', dialer_campaign_tag: 'contati' })).toEqual({ count: 37, capped: false })
  })

  test('leaves out other clinics', async () => {
    await crm.opens({ clinic: monterrey, dialer_campaign_tag: 'lontani' })
    expect((await ask('count', { dialer_campaign_tag: 'lontani' })).count).toBe(1)
    expect((await ask('count', { dialer_campaign_tag: 'lontani' }, romeOnly)).count).toBe(0)
  })
})

describe('the calendar', () => {
  const month = { from: '2031-03-01', to: '2031-04-05' }
  type Day = { day: string; count: number; cases: Row[] }
  const calendar = async (query: Query = {}, person?: SignedIn): Promise<Day[]> =>
    (await ask('calendar', { ...month, ...query }, person)).days
  const on = (days: Day[], day: string) => days.find((it) => it.day === day)

  test('counts each day in its clinic’s zone and shows its first cases', async () => {
    const [late, early] = [
      await crm.opens({ clinic: roma, follow_up_date: '2031-03-10T23:30:00+01:00', dialer_campaign_tag: 'zone' }),
      await crm.opens({ clinic: roma, follow_up_date: '2031-03-10T00:00:00+01:00', dialer_campaign_tag: 'zone' }),
    ]
    const mexican = await crm.opens({
      clinic: monterrey,
      follow_up_date: '2031-03-10T23:30:00-06:00',
      dialer_campaign_tag: 'zone',
    })
    const days = await calendar({ dialer_campaign_tag: 'zone' })
    expect(days.map(({ day, count }) => [day, count])).toEqual([['2031-03-10', 3]])
    expect(ids(days[0]!.cases)).toEqual([early.id, late.id, mexican.id])
    expect(ids((await calendar({ dialer_campaign_tag: 'zone', per_day: '1' }))[0]!.cases)).toEqual([early.id])
    expect(await calendar({ dialer_campaign_tag: 'zone' }, romeOnly)).toMatchObject([{ day: '2031-03-10', count: 2 }])
  })

  test('goes on rightly over the night the clocks change', async () => {
    for (const time of ['2031-03-30T00:00:00+01:00', '2031-03-30T23:59:59+02:00', '2031-03-31T00:00:00+02:00']) {
      await crm.opens({ clinic: roma, follow_up_date: time, status: 'APPUNTAMENTO' })
    }
    for (const person of [crm, romeOnly] as SignedIn[]) {
      for (const query of [{}, { class: ['open', 'waiting', 'booked'] }, { clinic: roma }]) {
        const days = await calendar(query, person)
        expect([on(days, '2031-03-30')?.count, on(days, '2031-03-31')?.count]).toEqual([2, 1])
      }
    }
  })

  test('six weeks are the most, and a month must have a beginning before its end', async () => {
    for (const to of ['2031-04-13', '2031-03-01', '2030-03-01']) {
      const { status, body } = await crm.ask('GET', `/api/cases/calendar?from=2031-03-01&to=${to}`)
      expect([status, body.fields[0].field]).toEqual([400, 'to'])
    }
    expect((await crm.ask('GET', '/api/cases/calendar?from=2031-03-01&to=2031-04-12')).status).toBe(200)
  })
})

describe('what a filter bar offers', () => {
  test('is in use in one’s own clinics; colleagues are named', async () => {
    const colleague = await crm.signsIn('agent', { name: 'Giulia Ferri' })
    await crm.opens({ clinic: roma, dialer_campaign_tag: 'Roma-Q1', origin: 'Fiera', promotion: 'Famiglia' })
    await crm.opens({ clinic: roma, assigned_to: colleague.email })
    await crm.opens({ clinic: monterrey, dialer_campaign_tag: 'México-Q1', assigned_to: 'Don Chucho' })
    const gone = await crm.opens({ clinic: roma, dialer_campaign_tag: 'Sbagliato' })
    await crm.ask('DELETE', `/api/cases/${gone.id}`)
    const all = await ask('choices')
    expect(all).toMatchObject({ origins: ['Fiera'], promotions: ['Famiglia'] })
    expect(all.dialer_campaign_tags).toEqual(expect.arrayContaining(['Roma-Q1', 'México-Q1']))
    expect(all.dialer_campaign_tags).not.toContain('Sbagliato')
    expect(all.assigned_to).toEqual([
      { value: 'Don Chucho', name: 'Don Chucho' },
      { value: colleague.email, name: 'Giulia Ferri' },
    ])
    const own = await ask('choices', {}, romeOnly)
    expect(own.dialer_campaign_tags).not.toContain('México-Q1')
    expect(own.assigned_to).toEqual([{ value: colleague.email, name: 'Giulia Ferri' }])
  })
})
