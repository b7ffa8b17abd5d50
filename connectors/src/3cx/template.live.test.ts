import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest'
import { validateXML } from 'xmllint-wasm'
import { type Administrator, openAdministrator } from '../../testing/administrator.ts'
import { install3cx, type Pbx } from '../../testing/pbx-3cx.ts'
import { blocksIn, runInShell } from '../../testing/readme-blocks.ts'
import { openServer } from '../../testing/slow-crm.ts'

const crm = inject('crm')
const file = 'clinicacrm-3cx.xml'
let admin: Administrator
let xml: string
let pbx: Pbx

beforeAll(async () => {
  admin = await openAdministrator()
  xml = (await admin.download('3cx', file)).toString()
  pbx = install3cx(xml, { parameters: { BaseUrl: crm.url, ApiKey: crm.key } })
})
afterAll(() => save({}))

const save = (settings: object) => admin.ask('PUT', '/api/connectors/3cx', { settings })
const newKey = (more: object = {}) =>
  admin.ask<{ id: string; key: string }>('POST', '/api/api-keys', { name: '3CX', scopes: ['lookup:read'], ...more })
const withKey = (ApiKey: string) => install3cx(xml, { parameters: { BaseUrl: crm.url, ApiKey } })

describe('the downloaded template', () => {
  const schema = path.join(import.meta.dirname, '../../testing/pbx-3cx.xsd')
  const validated = async (text: string) =>
    validateXML({ xml: { fileName: file, contents: text }, schema: await readFile(schema, 'utf8') })

  test('is what 3CX takes, with any settings', async () => {
    expect((await validated(xml)).errors).toEqual([])
    await save({ journaling: 'off', number_prefix: 'Plus', country: 'es' })
    const other = (await admin.download('3cx', file)).toString()
    await save({})
    expect((await validated(other)).errors).toEqual([])
    expect(other).toContain('Country="ES"')
  })

  test.each([
    ['Prefix="Zeros"', 'Prefix="zeros"'],
    ['RequestType="Get"', 'RequestType="GET"'],
    ['Path="case_id"', 'Path="matches.0.case_id"'],
    ['Type="Password"', 'Type="Secret"'],
  ])('would be refused with %s written as %s', async (right, wrong) => {
    expect(xml).toContain(right)
    expect((await validated(xml.replace(right, wrong))).valid).toBe(false)
  })

  test('knows this installation and no key', () => {
    expect(xml).toContain(`Default="${crm.url}"`)
    expect(xml).toMatch(/Name="ApiKey" Type="Password"[^>]* Default=""/)
    expect(xml).not.toContain(crm.key)
    expect(xml).not.toMatch(/__[a-z]/)
  })
})

describe('a caller', () => {
  test('who is known is shown by name, with the way to the case', async () => {
    const { contact, trouble } = await pbx.lookup('+393332224444')
    expect(trouble).toBeNull()
    expect(contact).toMatchObject({ FirstName: 'Antonio', LastName: 'Dorato', EntityId: '9', EntityType: 'Contacts' })
    const led = new URL(contact!['ContactUrl']!)
    expect(led.pathname).toBe('/pop')
    const { path: leads } = await admin.ask<{ path: string }>('GET', `/api/pops/resolve${led.search}`)
    expect(leads).toBe('/cases/9')
  })

  test.each(['Zeros', 'Plus', 'AsIs', 'Off'])('is found with the prefix %s', async (number_prefix) => {
    await save({ number_prefix })
    const other = (await admin.download('3cx', file)).toString()
    const { contact } = await install3cx(other, { parameters: { ApiKey: crm.key } }).lookup('+390622224444')
    expect(contact).toMatchObject({ EntityId: '9' })
    await save({})
  })

  test('whose number several people share is asked for at the desk', async () => {
    const { contact } = await pbx.lookup('+390622224444')
    const { search } = new URL(contact!['ContactUrl']!)
    const led = await admin.ask<{ leads_to: string }>('GET', `/api/pops/resolve${search}`)
    expect(led.leads_to).toBe('chooser')
  })

  test.each(['+391234567890', 'anonymous', 'Anonymous', '+266696687', '201'])(
    '%s is nobody, and no trouble',
    async (from) => {
      expect(await pbx.lookup(from)).toEqual({ contact: null, trouble: null })
    },
  )

  test('is no trouble with a key that may tell little', async () => {
    const { key } = await newKey({ profile: 'minimal' })
    const { contact } = await withKey(key).lookup('+393332224444')
    expect(contact).toMatchObject({ EntityId: '9' })
    expect(contact).not.toHaveProperty('FirstName')
  })
})

describe('a CRM that cannot answer leaves the bare number', () => {
  test('while it is down', async () => {
    const down = install3cx(xml, { parameters: { BaseUrl: 'http://127.0.0.1:1', ApiKey: crm.key } })
    expect(await down.lookup('+393332224444')).toEqual({ contact: null, trouble: 'TypeError' })
  })

  test('while it is slow, after no longer than 3CX waits', async () => {
    const slow = await openServer((_request, response) => void setTimeout(() => response.end('{}'), 5_000).unref())
    const waiting = install3cx(xml, { parameters: { BaseUrl: slow.url, ApiKey: crm.key }, patienceMs: 300 })
    expect(await waiting.lookup('+393332224444')).toEqual({ contact: null, trouble: 'TimeoutError' })
    await slow.close()
  })

  test('once the key is revoked', async () => {
    const { id, key } = await newKey()
    expect((await withKey(key).lookup('+393332224444')).contact).not.toBeNull()
    await admin.ask('DELETE', `/api/api-keys/${id}`)
    expect(await withKey(key).lookup('+393332224444')).toEqual({ contact: null, trouble: 'HTTP 401' })
  })

  test('over the limit of the key', async () => {
    const { key } = await newKey({ limit_per_minute: 1 })
    const limited = withKey(key)
    await limited.lookup('+393332224444')
    expect(await limited.lookup('+393332224444')).toEqual({ contact: null, trouble: 'HTTP 429' })
  })
})

describe('a call that is over', () => {
  const began = new Date(Date.now() - 600_000)
  const later = (seconds: number) => new Date(began.getTime() + seconds * 1_000)
  const call = {
    Number: '+393332224444',
    CallType: 'Inbound',
    Agent: '201',
    AgentEmail: 'giulia.ferri@clinicacrm.example',
    Duration: '00:01:00',
    CallStartTimeUTC: began,
    CallEstablishedTimeUTC: later(12),
  }
  type Told = {
    result: string
    case_id: string | null
    agent: string | null
    talk_seconds: number
    wait_seconds: number
    started_at: string
  }
  /** The calls that began then: others ring at the same time. */
  const told = async ({ CallStartTimeUTC: began }: { CallStartTimeUTC: Date }) => {
    const { calls } = await admin.ask<{ calls: Told[] }>('GET', '/api/calls?provider=3cx&limit=200')
    // 3CX tells of whole seconds.
    const second = (at: number) => Math.floor(at / 1_000)
    return calls.filter(({ started_at }) => second(Date.parse(started_at)) === second(began.getTime()))
  }

  test('is in the log as it was, once, however often it is told', async () => {
    const first = await pbx.report(call)
    expect(first).toEqual({ skipped: false, status: 200, body: '{"problems":[]}' })
    const calls = await told(call)
    await pbx.report(call)
    expect(await told(call)).toEqual(calls)
    expect(calls).toHaveLength(1)
    expect(calls[0]).toMatchObject({
      result: 'answered',
      case_id: '9',
      agent: 'Giulia Ferri',
      talk_seconds: 60,
      wait_seconds: 12,
    })
  })

  test('is missed where nobody took it, and answered once a colleague turns out to have taken it', async () => {
    const other = { ...call, Number: '+391234567891', CallStartTimeUTC: later(30) }
    const { CallEstablishedTimeUTC: _, ...missed } = { ...other, CallType: 'Missed' }
    expect(await pbx.report(missed)).toMatchObject({ status: 200 })
    expect(await told(other)).toMatchObject([{ result: 'missed' }])
    await pbx.report({ ...other, AgentEmail: 'marco.bellini@clinicacrm.example', CallEstablishedTimeUTC: later(40) })
    expect(await told(other)).toMatchObject([{ result: 'answered', agent: 'Marco Bellini' }])
  })

  test('is not told where the administrator chose so', async () => {
    await save({ journaling: 'off' })
    const quiet = install3cx((await admin.download('3cx', file)).toString(), { parameters: { ApiKey: crm.key } })
    await save({})
    expect(await quiet.report(call)).toMatchObject({ skipped: true })
  })

  test('is refused with a key that may not tell of calls', async () => {
    const { key } = await newKey()
    expect(await withKey(key).report(call)).toMatchObject({ status: 403 })
  })
})

test('a trial lets a call ring at whoever asks', async () => {
  const reply = await admin.ask<{ match: string; sent: string }>('POST', '/api/connectors/3cx/test-call', {})
  expect(reply).toMatchObject({ state: 'ringing' })
  expect(JSON.parse(reply.sent)).toMatchObject({ call_type: 'Ringing' })
})

test('every block of the page does what the page says', async () => {
  const page = await readFile(path.join(import.meta.dirname, 'README.md'), 'utf8')
  const [picture, lookup, posted, report, ...more] = blocksIn(page)
  expect(more).toEqual([])
  const paths = [...picture!.text.matchAll(/(\/api\/\S+|\/pop)/g)].map(([found]) => found)
  expect(paths).toHaveLength(3)
  for (const asked of paths) expect(xml).toContain(`[BaseUrl]${asked}`)
  const shell = { URL: crm.url, KEY: crm.key }
  expect(JSON.parse(await runInShell(lookup!.text, shell))).toMatchObject({ case_id: '9', first_name: 'Antonio' })
  expect(Object.keys(JSON.parse(posted!.text)).toSorted()).toEqual(
    [...xml.matchAll(/<Value Key="(\w+)"/g)].map(([, key]) => key!).toSorted(),
  )
  expect(JSON.parse(await runInShell(report!.text, shell))).toEqual({ problems: [] })
})
