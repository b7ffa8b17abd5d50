import { api } from '@clinicacrm/contract/api.ts'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { Client } from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { readPassword } from '../db/embedded-cluster.ts'
import { findHome } from '../db/embedded-home.ts'
import { codeOf } from '../testing/browser.ts'
import { cleanUpPrograms, dataFolder, type Program, startProgram } from '../testing/program.ts'

// Canaries through every endpoint of the real program, at the most talkative log level, also where things go wrong.

const dataDir = dataFolder()
const key = 'canary-key-4f1c0e9ab37d'
/** What no log, metric or refusal may hold. */
const canaries = {
  'a key': key,
  'a wrong key': 'ccrm_live_CANARY00_canarycanarycanarycanarycanarycanary12',
  'a number': '+39 347 611 8822',
  'its digits': '3476118822',
  'a first name': 'Canarina',
  'a last name': 'Uccellini',
  'an e-mail address': 'canary@uccellini.example',
  'what ails her': 'canary-disposition',
  'a note': 'canary-note',
  'a call': 'canary-conversation',
  'a password': 'canarino sulla betulla 77',
  'another password': 'quattro canarini in gabbia',
  'a code': '909090',
  'a colleague': 'Canaria Impiegata',
  'a colleague’s address': 'canaria@clinic.example',
}
const person = {
  first_name: canaries['a first name'],
  last_name: canaries['a last name'],
  phone: canaries['a number'],
  email: canaries['an e-mail address'],
}
const complaint = { clinic: 'Centro Oculistico Roma', disposition: canaries['what ails her'] }

let program: Program
let made: Record<string, string> = {}
const refusals: string[] = []
/** Made by the program on the way: cookies, links, an app's secret. */
const tokens: string[] = []
beforeAll(async () => {
  const env = { DATA_DIR: dataDir, DEMO_API_KEY: key, LOG_LEVEL: 'trace', CORS_ORIGINS: 'https://desk.example' }
  program = await startProgram(['demo'], { ...env, DEMO_API_KEY_LIMIT: '100000' })
  await useEveryEndpoint()
  await failEveryEndpoint()
  await failTheDatabase()
}, 60_000)
afterAll(() => cleanUpPrograms([dataDir]))

describe('after everything was asked, in every way, also wrongly', () => {
  const places: [string, () => Promise<string>][] = [
    ['the log', async () => logged().join('\n') + program.err()],
    ['the metrics', async () => (await fetch(`${program.url}/api/metrics`)).text()],
    ['the log of PostgreSQL', () => readFile(join(dataDir, 'postgres/postgres.log'), 'utf8')],
  ]

  test.each(places)('%s holds no key, number or name', async (_, read) => {
    const text = await read()
    expect(text.length).toBeGreaterThan(100)
    expect(Object.entries(canaries).filter(([, canary]) => text.includes(canary))).toEqual([])
    expect(tokens.filter((token) => text.includes(token))).toEqual([])
    expect(tokens.length).toBeGreaterThan(12)
  })

  test('no trace holds a password, a code, a link or a cookie', async () => {
    const text = JSON.stringify((await query('select * from audit_events')).rows)
    const secret = [...tokens, canaries['a password'], canaries['another password'], canaries['a code'], key]
    expect(text).toContain('user.second_factor_reset')
    expect(secret.filter((word) => text.includes(word))).toEqual([])
  })

  test('no refusal repeats what it was sent, and none shows its insides', () => {
    const text = refusals.join('\n')
    expect(refusals.length).toBeGreaterThan(100)
    expect(Object.entries(canaries).filter(([, canary]) => text.includes(canary))).toEqual([])
    expect(text).not.toMatch(/select |insert |constraint|node_modules|\.ts:\d/i)
  })

  test('the log is one JSON record a line, and tells who changed and what failed', () => {
    const records = logged().map((line) => JSON.parse(line) as Record<string, unknown>)
    expect(records).toContainEqual(expect.objectContaining({ actor: 'api_key:1', route: '/api/cases/:id' }))
    expect(records).toContainEqual(expect.objectContaining({ msg: 'database did not answer' }))
  })

  test('the banner alone shows the demo’s key, as that is what it is for', () => {
    expect(program.out().split(key).length - 1).toBe(2)
  })
})

/** All that was said except the banner. */
const logged = () =>
  program
    .out()
    .split('\n')
    .filter((line) => line.startsWith('{'))

const ask = async (method: string, path: string, json?: unknown, headers: Record<string, string> = {}) => {
  const body = typeof json === 'string' ? json : JSON.stringify(json)
  const reply = await fetch(program.url + path, {
    method,
    headers: { 'x-api-key': key, ...(json !== undefined && { 'content-type': 'application/json' }), ...headers },
    ...(json !== undefined && { body }),
  })
  const text = await reply.text()
  // What a lookup found, or was asked for and not found, is an answer; so is what was read and written.
  if (reply.status >= 400 && !text.startsWith('{"found":false')) refusals.push(text)
  return { status: reply.status, text }
}
const idOf = ({ text }: { text: string }) => (JSON.parse(text) as { id: string }).id

async function useEveryEndpoint() {
  const opened = await ask('POST', '/api/cases', { ...person, ...complaint })
  expect(opened.status).toBe(201)
  const id = idOf(opened)
  const patient = idOf(await ask('POST', '/api/patients', { ...person, clinic: complaint.clinic }))
  made = { case: id, patient, treatment: '1', clinic: '1', key: idOf(await newKey()) }
  const call = `provider=genesys&conversation_id=${canaries['a call']}&agent=${person.last_name}`
  const phone = encodeURIComponent(person.phone)
  for (const [method, path, json] of [
    ['GET', `/api/lookup?phone=${phone}&${call}`],
    ['POST', '/api/lookup', { phone: person.phone }],
    ['GET', `/api/lookup/genesys/${canaries['a call']}`],
    ['GET', `/api/cases?search=${person.last_name}`],
    ['GET', `/api/cases/${id}`],
    ['PATCH', `/api/cases/${id}`, { ...person, disposition: `${complaint.disposition} again` }],
    ['POST', `/api/cases/${id}/notes`, { body: canaries['a note'], author: person.first_name }],
    ['GET', `/api/cases/${id}/notes`],
    ['GET', `/api/patients?search=${phone}`],
    ['PATCH', `/api/patients/${patient}`, { last_name: `${person.last_name} Rossi` }],
    ['GET', '/api/api-keys'],
  ] as const)
    expect([path, (await ask(method, path, json)).status < 500]).toEqual([path, true])
  await useEveryWayIn()
}

/** An owner invites a colleague, who joins, signs in with an app, forgets the password, and is shut out. */
async function useEveryWayIn() {
  const { 'a password': password, 'a colleague': name, 'a colleague’s address': email } = canaries
  const owner = await enter('/api/session/demo', { role: 'owner' })
  const invited = await as(owner, 'POST', '/api/invitations', { email, name, role: 'agent', clinics: null })
  const { link } = JSON.parse(invited.text) as { link: string }
  const token = link.split('/').at(-1)!
  tokens.push(token)
  const colleague = await enter(`/api/invitation-links/${token}`, { name, password, locale: 'it' })
  const begun = await as(colleague, 'POST', '/api/profile/second-factor', { password })
  const app = JSON.parse(begun.text) as { secret: string; recovery_codes: string[] }
  tokens.push(app.secret, ...app.recovery_codes)
  const code = await codeOf(app.secret)
  await as(colleague, 'POST', '/api/profile/second-factor/confirm', { code: canaries['a code'] })
  await as(colleague, 'POST', '/api/profile/second-factor/confirm', { code })
  await enter('/api/session', { email, password })
  await enter('/api/session', { email, password: canaries['another password'] })
  await ask('POST', '/api/password/forgotten', { email })
  const { users } = JSON.parse((await as(owner, 'GET', '/api/users')).text) as {
    users: { id: string; email: string }[]
  }
  const { id } = users.find((user) => user.email === email)!
  await as(owner, 'POST', `/api/users/${id}/password-link`)
  await as(owner, 'DELETE', `/api/users/${id}/second-factor`)
  await as(owner, 'PATCH', `/api/users/${id}`, { active: false })
}

const as = (cookie: string, method: string, path: string, json?: unknown) =>
  ask(method, path, json, { cookie, 'x-api-key': '', 'sec-fetch-site': 'same-origin' })

async function enter(path: string, json: object) {
  const body = JSON.stringify(json)
  const reply = await fetch(program.url + path, {
    method: 'POST',
    body,
    headers: { 'content-type': 'application/json' },
  })
  if (reply.status >= 400) refusals.push(await reply.text())
  const cookies = reply.headers
    .getSetCookie()
    .map((set) => set.split(';')[0]!)
    .filter((cookie) => !cookie.endsWith('='))
  for (const cookie of cookies) tokens.push(decodeURIComponent(cookie.split('=')[1]!))
  return cookies.join('; ')
}

const newKey = () => ask('POST', '/api/api-keys', { name: 'Third', scopes: ['lookup:read'] })

async function failEveryEndpoint() {
  const wrong = canaries['a wrong key']
  for (const { method, path } of api) {
    if (path === '/api/health' || path === '/api/ready') continue
    const own = path.includes('/patients/') ? made.patient : made.case
    const at = path.includes('/api-keys/') ? made.key : own
    const filled = path.replace(':id', at!).replace(':provider', 'x').replace(':conversation_id', canaries['a call'])
    const spoilt = {
      ...person,
      ...complaint,
      password: canaries['a password'],
      code: canaries['a code'],
      body: canaries['a note'],
      version: -1,
      follow_up_date: person.phone,
    }
    const bodies =
      method === 'GET' ? [undefined] : [spoilt, `{"${person.first_name}": ${person.phone}`, [person], person.email]
    for (const json of bodies) {
      await ask(method, `${filled}?cursor=${wrong}&limit=${person.last_name}&version=${person.last_name}`, json)
      await ask(method, filled, json, { 'x-api-key': wrong })
      await ask(method, filled, json, { authorization: `Bearer ${wrong}` })
    }
    await ask('PUT', `${filled}?search=${person.last_name}`, person)
    if (method !== 'GET') await ask(method, filled, JSON.stringify(person), { 'content-type': 'text/plain' })
  }
  for (const path of [
    '%',
    '',
    `?phone=${canaries['a note']}`,
    `/${canaries['a note']}/%ff`,
    `?phone=${'9'.repeat(20_000)}`,
  ])
    await ask('GET', `/api/lookup${path}`)
  await ask('GET', `/${canaries['a note']}`)
}

/** Errors of PostgreSQL carry values: a locked table, a case that points nowhere, a session thrown out. */
async function failTheDatabase() {
  const client = await openClient()
  await client.query("begin; lock table phone_keys; set local idle_in_transaction_session_timeout = '20s'")
  const phone = encodeURIComponent(person.phone)
  const blocked = await Promise.all(
    Array.from({ length: 5 }, () => ask('GET', `/api/lookup?phone=${phone}&conversation_id=${canaries['a call']}`)),
  )
  expect(blocked.map(({ status }) => status)).toEqual(Array(5).fill(503))
  await client.query(
    'rollback; alter table patients add constraint no_canaries check (last_name not like $$Uccellini$$) not valid',
  )
  expect((await ask('POST', '/api/patients', person)).status).toBe(500)
  await client.query('alter table patients drop constraint no_canaries')
  await client.end()
}

async function openClient() {
  const home = findHome(dataDir)
  const client = new Client({
    host: join(home.path, 'socket'),
    user: 'clinicacrm',
    password: await readPassword(home),
    database: 'clinicacrm',
  })
  await client.connect()
  return client
}

async function query(text: string) {
  const client = await openClient()
  const result = await client.query<Record<string, unknown>>(text)
  await client.end()
  return result
}
