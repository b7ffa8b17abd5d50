import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Clinic, openClinic, randomMobile, type SignedIn } from '../testing/harness.ts'

const roma = 'Centro Oculistico Roma'
const milano = 'Centro Oculistico Milano'
let crm: Clinic
let lead: SignedIn
beforeAll(async () => {
  crm = await openClinic({ clinics: [roma, milano] })
  lead = await crm.signsIn('team_lead')
})
afterAll(() => crm.close())

const exported = (query: Record<string, string> = {}, person = lead) =>
  person.ask('GET', `/api/cases/export?${new URLSearchParams(query).toString()}`)

/** Read by the rules of RFC 4180 alone: quoted cells, doubled quotes. */
function cellsOf(text: string, separator = ';'): string[][] {
  const rows: string[][] = [[]]
  let rest = text.replace(/^\uFEFF/, '')
  while (rest) {
    const [whole, cell = '', end] = /^"((?:[^"]|"")*)"(\r\n|.)/s.exec(rest)!
    rows.at(-1)!.push(cell.replaceAll('""', '"'))
    if (end === '\r\n') rows.push([])
    else if (end !== separator) throw new Error(`${JSON.stringify(end)} after ${cell}`)
    rest = rest.slice(whole.length)
  }
  return rows.slice(0, -1)
}

const rowsOf = (text: string, separator?: string) => {
  const [names, ...rows] = cellsOf(text, separator)
  return rows.map((row) => Object.fromEntries(row.map((cell, i) => [names![i]!, cell])))
}

/** Many cases at once, past the verbs. */
const many = (count: number, tag: string) =>
  crm.rows(
    `insert into cases (patient_id, clinic_id, dialer_campaign_tag, created_at, outcome)
     select 1, 1, $2, now() - n * interval '1 second', repeat('.', 1000) from generate_series(1, $1::int) n`,
    [count, tag],
  )

describe('an export', () => {
  test('is a file that Excel opens, with the fields by their names', async () => {
    const { id, cell_phone } = await crm.opens({
      first_name: 'Lucía 🙂',
      last_name: 'שלום "Ros;si"',
      cell_phone: randomMobile(),
      phone: undefined,
      treatment: 'SMILE',
      origin: 'a,b\nc',
      follow_up_date: '2031-01-01T10:00:00+01:00',
      dialer_campaign_tag: 'uno',
    })
    const { status, headers, text } = await exported({ dialer_campaign_tag: 'uno' })
    expect(status).toBe(200)
    expect(headers.get('content-type')).toBe('text/csv; charset=utf-8')
    expect(headers.get('content-disposition')).toMatch(/^attachment; filename="casi-\d{4}-\d\d-\d\d\.csv"$/)
    expect(Buffer.from(text)).not.toHaveLength(0)
    expect(rowsOf(text)).toEqual([
      expect.objectContaining({
        id,
        first_name: 'Lucía 🙂',
        last_name: 'שלום "Ros;si"',
        cell_phone: `'${cell_phone}`,
        email: '',
        clinic: roma,
        treatment: 'SMILE Surgery',
        status: 'NUOVO',
        origin: 'a,b\nc',
        follow_up_date: '2031-01-01T09:00:00.000000+00:00',
      }),
    ])
    const english = await exported({ dialer_campaign_tag: 'uno', locale: 'en' })
    expect(rowsOf(english.text, ',')).toEqual(rowsOf(text))
    expect(english.headers.get('content-disposition')).toContain('cases-')
  })

  test('begins with the mark by which Excel knows UTF-8, also when nothing fits', async () => {
    const response = await fetch(`${crm.url}/api/cases/export?dialer_campaign_tag=niente`, {
      headers: { cookie: lead.cookie },
    })
    const bytes = Buffer.from(await response.arrayBuffer())
    expect([...bytes.subarray(0, 3)]).toEqual([0xef, 0xbb, 0xbf])
    expect(cellsOf(bytes.toString())).toHaveLength(1)
  })

  test.each(['=1+1', '+39 06 1', '-2', '@SUM(A1)', '\tx', '\rx', '\nx', '＝1', "'=1", "''+1", "'t Hooft", 'a=1', ''])(
    'no cell begins like a formula, and taking one apostrophe away gives back %j',
    async (origin) => {
      const { id } = await crm.opens({ origin: origin || null })
      const { text } = await exported({ search: `#${id}` })
      const cell = rowsOf(text).find((row) => row.id === id)!.origin!
      expect(cell).not.toMatch(/^[=+\-@\t\r\n＝＋－＠]/)
      expect(cell.replace(/^'(?='*[=+\-@\t\r\n＝＋－＠])/, '')).toBe(origin)
    },
  )

  test('holds exactly what the filter finds, in the list’s order, whatever its size', async () => {
    await many(1_700, 'tanti')
    const { text } = await exported({ dialer_campaign_tag: 'tanti' })
    const ids = rowsOf(text).map(({ id }) => id)
    const expected = await crm.rows<{ id: string }>(
      `select id from cases where dialer_campaign_tag = 'tanti' order by created_at desc, id desc`,
    )
    expect(ids).toEqual(expected.map(({ id }) => id))
  })

  test('holds only the clinics of whoever exports', async () => {
    const own = await crm.opens({ clinic: milano, dialer_campaign_tag: 'divisi' })
    await crm.opens({ clinic: roma, dialer_campaign_tag: 'divisi' })
    const limited = await crm.signsIn('team_lead', { clinics: [milano] })
    expect(rowsOf((await exported({}, limited)).text).map(({ id }) => id)).toEqual([own.id])
    expect(rowsOf((await exported({ clinic: roma }, limited)).text)).toEqual([])
  })

  test('is for team leads and above, never for keys', async () => {
    const agent = await crm.signsIn('agent')
    expect((await exported({}, agent)).status).toBe(403)
    expect((await crm.ask('GET', '/api/cases/export')).status).toBe(403)
  })

  test('leaves a trace of the filter and the number, and of each case', async () => {
    await many(3, 'tracciati')
    const person = await crm.signsIn('owner')
    await exported({ dialer_campaign_tag: 'tracciati', locale: 'es' }, person)
    const traces = () =>
      crm.rows(`select changes from audit_events where action = 'cases.exported' and actor = $1`, [`user:${person.id}`])
    await expect.poll(traces).toEqual([
      {
        changes: {
          filter: { from: null, to: { dialer_campaign_tag: ['tracciati'] } },
          count: { from: null, to: 3 },
          complete: { from: null, to: true },
        },
      },
    ])
    const shown = await crm.rows(`select case_id from access_events where action = 'case.exported' and actor = $1`, [
      `user:${person.id}`,
    ])
    expect(shown).toHaveLength(3)
  })

  test('ends when its reader hangs up, and says so', async () => {
    await many(15_000, 'enormi')
    const person = await crm.signsIn('owner')
    const hangUp = new AbortController()
    const response = await fetch(`${crm.url}/api/cases/export?dialer_campaign_tag=enormi`, {
      headers: { cookie: person.cookie },
      signal: hangUp.signal,
    })
    await response.body!.getReader().read()
    hangUp.abort()
    const trace = async () => {
      const [row] = await crm.rows<{ changes: { count: { to: number }; complete: { to: boolean } } }>(
        `select changes from audit_events where action = 'cases.exported' and actor = $1`,
        [`user:${person.id}`],
      )
      return row && [row.changes.complete.to, row.changes.count.to < 15_000]
    }
    await expect.poll(trace, { timeout: 10_000 }).toEqual([false, true])
    const open = () =>
      crm.rows(`select 1 from pg_stat_activity where datname = current_database() and state like 'idle in%'`)
    await expect.poll(open).toEqual([])
  })

  test('a fourth at once is told to wait', async () => {
    const slow = Array.from({ length: 3 }, () =>
      fetch(`${crm.url}/api/cases/export?dialer_campaign_tag=enormi`, { headers: { cookie: lead.cookie } }),
    )
    const readers = (await Promise.all(slow)).map((response) => response.body!)
    const fourth = await fetch(`${crm.url}/api/cases/export`, { headers: { cookie: lead.cookie } })
    expect([fourth.status, fourth.headers.get('retry-after')]).toEqual([503, '30'])
    await Promise.all(readers.map((body) => body.cancel()))
    await expect.poll(async () => (await exported({ dialer_campaign_tag: 'uno' })).status).toBe(200)
  })
})
