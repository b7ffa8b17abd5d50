import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { beforeAll, describe, expect, inject, test } from 'vitest'
import { type Administrator, openAdministrator } from '../../testing/administrator.ts'
import { blocksIn, runInShell } from '../../testing/readme-blocks.ts'
import { openServer } from '../../testing/slow-crm.ts'
import { five9 } from './connector.ts'

const { url, key } = inject('crm')
const blocks = blocksIn(await readFile(path.join(import.meta.dirname, 'README.md'), 'utf8'))
type Rows = { field: string; name: string; value: string }[]

let owner: Administrator
let agent: Administrator
let connector: Rows
let query: Rows

beforeAll(async () => {
  ;[owner, agent] = [await openAdministrator(), await openAdministrator('agent')]
  connector = rowsOf(String(await owner.download('five9', 'five9-web-connector.csv')))
  query = rowsOf(String(await owner.download('five9', 'five9-ivr-query.csv')))
})

/** What somebody reads in the file and enters at Five9. */
function rowsOf(csv: string): Rows {
  const [, ...lines] = csv.trim().split('\n')
  return lines.map((line) => {
    const [, field = '', name = '', value = ''] = /^([^,]*),([^,]*),(.*)$/.exec(line) ?? []
    return { field, name, value }
  })
}
const valueOf = (rows: Rows, wanted: string) => rows.find(({ field }) => field === wanted)!.value
const named = (rows: Rows, ...fields: string[]) =>
  rows.filter(({ field }) => fields.includes(field)).map(({ name, value }) => [name, value] as [string, string])

type Call = Record<string, string>
/** As Five9 fills in what it knows, and leaves the rest as it stands. */
const filled = (value: string, call: Call) => value.replaceAll(/@Call\.(\w+)@/g, (as, name: string) => call[name] ?? as)

describe('the web connector', () => {
  const page = (call: Call) => {
    const address = new URL(valueOf(connector, 'url'))
    for (const [name, value] of named(connector, 'variable', 'constant'))
      address.searchParams.set(name, filled(value, call))
    return address
  }
  const leadsTo = async (call: Call) => (await agent.open(page(call).href.slice(url.length))).headers.get('location')

  test('opens what the README says', () => {
    const [, { text }] = blocks as [unknown, { text: string }]
    const shown = new URL(text.trim())
    expect(shown.pathname).toBe('/pop')
    expect([...page({}).searchParams]).toEqual([...shown.searchParams])
    expect(valueOf(connector, 'url')).toBe(`${url}/pop`)
    expect(valueOf(connector, 'trigger')).toBe('OnCallAccepted')
  })

  test.each([
    ['a mobile in ten digits', '3332224444'],
    ['with the country code', '393332224444'],
    ['as dialled from the United States', '011393332224444'],
    ['with a plus', '+393332224444'],
  ])('a known caller, %s, is the case', async (_how, ANI) => {
    expect(await leadsTo({ ANI, DNIS: '0655550100', session_id: 'S1' })).toBe('it/cases/9')
  })

  test('an unknown caller is a new case, a shared number a question', async () => {
    expect(await leadsTo({ ANI: '391234567890' })).toMatch(/^it\/cases\/new\?phone=%2B391234567890/)
    expect(await leadsTo({ ANI: '0622224444' })).toMatch(/^it\/pop\?phone=0622224444/)
  })

  test.each([{}, { ANI: '' }, { ANI: 'anonymous' }])('%j is nobody, and no error', async (call) => {
    expect(await leadsTo(call)).toMatch(/^it\/pop\?/)
  })

  test('whoever is not signed in is asked to, and comes back to it', async () => {
    const reply = await fetch(page({ ANI: '3332224444' }), { redirect: 'manual' })
    expect(reply.status).toBe(302)
    expect(reply.headers.get('location')).toMatch(/^it\/pop\?phone=3332224444/)
  })
})

type Branch = { branch: 'success' | 'failure'; variables: Record<string, string> }

/** The Query module: what answers with 2xx in time fills the variables, all else is a failure. */
async function ask(call: Call, { at = valueOf(query, 'url'), apiKey = key } = {}): Promise<Branch> {
  const address = new URL(at)
  for (const [name, value] of named(query, 'parameter')) address.searchParams.set(name, filled(value, call))
  const headers = Object.fromEntries(named(query, 'header').map(([name, value]) => [name, value]))
  headers['x-api-key'] = apiKey
  const signal = AbortSignal.timeout(Number(valueOf(query, 'timeout_seconds')) * 1000)
  const reply = await fetch(address, { headers, signal, redirect: 'manual' }).catch(() => null)
  const body = reply?.ok ? await reply.json().catch(() => null) : null
  if (body === null) return { branch: 'failure', variables: {} }
  const results = named(query, 'result').map(([field, variable]) => [variable, body[field] ?? ''])
  return { branch: 'success', variables: Object.fromEntries(results) }
}

describe('the Query module of the IVR', () => {
  test('knows a caller, however Five9 writes the number', async () => {
    for (const ANI of ['3332224444', '393332224444', '011393332224444']) {
      const { branch, variables } = await ask({ ANI, DNIS: '0655550100', session_id: 'ivr-1' })
      expect(branch).toBe('success')
      expect(variables).toMatchObject({ 'Clinica.found': 'true', 'Clinica.case_id': '9', 'Clinica.reason': '' })
    }
  })

  test.each([
    ['unknown', '391234567890', 'not_found'],
    ['withheld', 'anonymous', 'withheld'],
  ])('who is %s is a success, too', async (_who, ANI, reason) => {
    const unknown = { 'Clinica.found': 'false', 'Clinica.case_id': '', 'Clinica.match_count': '0' }
    expect(await ask({ ANI })).toEqual({ branch: 'success', variables: { ...unknown, 'Clinica.reason': reason } })
  })

  test('several people with one number are told apart from one', async () => {
    const { variables } = await ask({ ANI: '0622224444' })
    expect(Number(variables['Clinica.match_count'])).toBeGreaterThan(1)
  })

  test('the telephone may then leave out the number: the one that was asked for counts', async () => {
    const call_id = 'ivr-session-2'
    await ask({ ANI: '3332224444', session_id: call_id })
    const ring = () =>
      agent.ask<{ match: string; case_id: string }>('POST', '/api/calls/mine', {
        provider: 'five9',
        call_id,
        event: 'ringing',
      })
    // The answer is kept a moment after it was given.
    await expect.poll(ring).toMatchObject({ match: 'one', case_id: '9' })
    await agent.ask('POST', '/api/calls/mine', { provider: 'five9', call_id, event: 'ended' })
  })

  test('down, slow, revoked or over the limit, the CRM is a failure in time, and the call goes on', async () => {
    const failure = { branch: 'failure', variables: {} }
    const down = await openServer(() => undefined)
    await down.close()
    expect(await ask({ ANI: '3332224444' }, { at: `${down.url}/api/lookup` })).toEqual(failure)

    const slow = await openServer((_request, response) => void setTimeout(() => response.end('{}'), 5_000))
    const before = performance.now()
    expect(await ask({ ANI: '3332224444' }, { at: `${slow.url}/api/lookup` })).toEqual(failure)
    expect(performance.now() - before).toBeLessThan(2_500)
    await slow.close()

    const made = await owner.ask<{ id: string; key: string }>('POST', '/api/api-keys', {
      name: 'Five9',
      scopes: ['lookup:read'],
      profile: 'minimal',
      limit_per_minute: 1,
    })
    const asKey = () => ask({ ANI: '3332224444' }, { apiKey: made.key })
    expect((await asKey()).variables).toMatchObject({ 'Clinica.case_id': '9' })
    expect(await asKey()).toEqual(failure)
    await owner.ask('DELETE', `/api/api-keys/${made.id}`)
    expect(await asKey()).toEqual(failure)
  })

  test('no file holds a key', () => {
    expect(JSON.stringify([connector, query])).not.toContain(key)
  })
})

describe('the README', () => {
  const [policy, , known, found, withheld, nobody] = blocks.map(({ text }) => text)

  test('has these blocks and no others', () => {
    expect(blocks.map(({ language }) => language)).toEqual(['json', 'text', 'bash', 'json', 'bash', 'json'])
  })

  test('says what the page lets in', () => {
    expect(five9.softphone!.sources({})).toEqual(JSON.parse(policy!))
  })

  test('shows real questions and answers', async () => {
    const answer = async (text: string) => JSON.parse(await runInShell(text, { URL: url, KEY: key })) as object
    expect(await answer(known!)).toMatchObject(JSON.parse(found!))
    expect(await answer(withheld!)).toEqual(JSON.parse(nobody!))
  })
})

test('a call can be tried from the settings, and they are kept', async () => {
  const settings = { default_region: '+39', strip_prefixes: '01139', shows_names: false }
  await owner.ask('PUT', '/api/connectors/five9', { settings })
  expect(await owner.ask('GET', '/api/connectors/five9')).toMatchObject({ settings, has_softphone: true })
  await owner.ask('PUT', '/api/connectors/five9', { settings: {} })
  const from = '+39 333 222 4444'
  expect(await owner.ask('POST', '/api/connectors/five9/test-call', { from })).toMatchObject({
    match: 'one',
    case_id: '9',
  })
})
