import { execFile } from 'node:child_process'
import { appendFile, chmod, cp, mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Program, startProgram } from '../../e2e/program.ts'

/*
 * "Adding a connector touches one folder and one line": it is done here, in a copy of this checkout, and the program that
 * runs there must offer the connector everywhere, without anything else having been touched.
 */

const root = path.resolve(import.meta.dirname, '../..')
let copy: string
let program: Program

beforeAll(async () => {
  copy = await mkdtemp(path.join(tmpdir(), 'clinicacrm-copy-'))
  // The database's own account must be able to enter.
  await chmod(copy, 0o755)
  await layOut()
  await addFolder(path.join(copy, 'connectors/src/throw-away'))
  await addLine(path.join(copy, 'connectors/src/index.ts'))
  program = await startProgram('demo', {}, path.join(copy, 'server/bin/clinicacrm.mjs'))
}, 120_000)
afterAll(async () => {
  await program?.stop()
  await rm(copy, { recursive: true, force: true })
})

/** Our own workspaces as files, everybody else's packages where they are. */
async function layOut() {
  for (const folder of ['contract', 'connectors', 'server', 'client'])
    await cp(path.join(root, folder), path.join(copy, folder), {
      recursive: true,
      filter: (file) => !/\/(node_modules|dist)$|\.d\.ts$/.test(file),
    })
  for (const name of ['web', 'docs', 'e2e', 'package.json', 'vitest.config.ts', 'tsconfig.base.json'])
    await symlink(path.join(root, name), path.join(copy, name))
  await symlink(path.join(root, 'server/node_modules'), path.join(copy, 'server/node_modules'))
  const packages = path.join(root, 'node_modules')
  await mkdir(path.join(copy, 'node_modules/@clinicacrm'), { recursive: true })
  for (const name of await readdir(packages))
    if (name !== '@clinicacrm' && name !== '.e2e')
      await symlink(path.join(packages, name), path.join(copy, 'node_modules', name))
  for (const name of ['contract', 'connectors', 'server', 'client'])
    await symlink(path.join(copy, name), path.join(copy, 'node_modules/@clinicacrm', name))
}

async function addFolder(folder: string) {
  await mkdir(path.join(folder, 'setup'), { recursive: true })
  await mkdir(path.join(folder, 'fixtures'))
  await writeFile(path.join(folder, 'README.md'), '# Throw-away\n\nWhat an administrator does.\n')
  await writeFile(path.join(folder, 'setup/flow.json'), '{ "url": "__crm_url__/api/lookup", "queue": "__queue__" }\n')
  await writeFile(path.join(folder, 'connector.ts'), source)
  const event = { provider: 'throw-away', call_id: 't-1', from: '{{from}}' }
  const kinds = { ringing: 'ringing', answered: 'answered', ended: 'ended', withheld: 'ringing' }
  for (const [name, kind] of Object.entries(kinds)) {
    const from = name === 'withheld' ? 'anonymous' : '{{from}}'
    const body = { call: 't-1', what: kind, from }
    const fixture = { content_type: 'application/json', body, events: [{ ...event, from, event: kind }] }
    await writeFile(path.join(folder, `fixtures/${name}.json`), JSON.stringify(fixture))
  }
  const garbled = { content_type: 'application/json', body: 'call=1', events: [], problems: ['body: is not JSON'] }
  await writeFile(path.join(folder, 'fixtures/garbled.json'), JSON.stringify(garbled))
}

const source = `
import { z } from 'zod'
import { connector, jsonIn, posted, readingOf } from '../connector.ts'

const words = {
  summary: 'Here for a test.',
  flow: ['Patient', 'Throw-away', 'ClínicaCRM'],
  steps: ['Import the flow.'],
  fields: { queue: { label: 'Queue' } },
  files: { 'flow.json': 'The flow.' },
}

export const throwAway = connector({
  name: 'throw-away',
  title: 'Throw-away',
  words: { it: words, en: words, es: words },
  settings: z.strictObject({ queue: z.string().max(40).default('Sales') }),
  frameOrigins: ['https://throw-away.example'],
  takes: 'key',
  files: [{ file: 'flow.json', templates: ['flow.json'] }],
  values: ({ queue }) => ({ queue }),
  events: {
    readEvents({ rawBody }) {
      const said = jsonIn(rawBody) as { call?: string; what?: string; from?: string } | undefined
      if (said === undefined) return { events: [], problems: ['body: is not JSON'] }
      return readingOf([{ provider: 'throw-away', call_id: said?.call, event: said?.what, from: said?.from }])
    },
    isGenuine: () => true,
    reply: (_request, _settings, { problems }) => ({
      status: problems.length > 0 ? 400 : 200,
      contentType: 'application/json',
      body: '{}',
    }),
    trial: ({ call_id, event, from }) => posted({ call: call_id, what: event, from }),
  },
})
`

async function addLine(index: string) {
  const list = await readFile(index, 'utf8')
  const line = '  throwAway,\n]'
  await writeFile(index, list.replace(/\n\]/, `\n${line}`))
  await appendFile(index, `\nimport { throwAway } from './throw-away/connector.ts'\n`)
}

async function openOwner() {
  const headers = { 'content-type': 'application/json', origin: program.url }
  const body = JSON.stringify({ role: 'owner' })
  const entered = await fetch(`${program.url}/api/session/demo`, { method: 'POST', headers, body })
  const cookie = entered.headers
    .getSetCookie()
    .map((set) => set.split(';')[0])
    .join('; ')
  return async (method: string, at: string, said?: unknown) => {
    const asked = { method, headers: { ...headers, cookie }, ...(said !== undefined && { body: JSON.stringify(said) }) }
    const response = await fetch(program.url + at, asked)
    return { status: response.status, text: await response.text() }
  }
}

test('a folder and a line, and the connector is there: page, form, file, events, trial, panel, documentation', async () => {
  const ask = await openOwner()
  const page = JSON.parse((await ask('GET', '/api/connectors/throw-away')).text)
  expect(page).toMatchObject({ title: 'Throw-away', takes: 'key', settings: { queue: 'Sales' }, has_panel: true })
  const saved = await ask('PUT', '/api/connectors/throw-away', { settings: { queue: 'A "quoted" queue' } })
  expect(saved.status, saved.text).toBe(200)
  const file = JSON.parse((await ask('GET', '/api/connectors/throw-away/files/flow.json')).text)
  expect(file).toEqual({ url: `${program.url}/api/lookup`, queue: 'A "quoted" queue' })

  const event = { call: 't-9', what: 'ringing', from: '+39 333 222 4444' }
  const headers = { 'content-type': 'application/json', 'x-api-key': program.key }
  const sent = { method: 'POST', headers, body: JSON.stringify(event) }
  expect((await fetch(`${program.url}/api/telephony/events/throw-away`, sent)).status).toBe(200)
  const health = JSON.parse((await ask('GET', '/api/connectors/throw-away')).text).health
  expect(health).toMatchObject({ event_count: 1, last_error: null })
  const trial = JSON.parse((await ask('POST', '/api/connectors/throw-away/test-call', {})).text)
  expect(trial).toMatchObject({ match: 'many' })
  expect((await fetch(`${program.url}/embed/throw-away`, { headers: { accept: 'text/html' } })).status).toBe(200)
  const docs = await fetch(`${program.url}/api/docs/connectors/throw-away`)
  expect([docs.status, await docs.text()]).toEqual([200, expect.stringContaining('What an administrator does.')])
})

test('the suite that every connector passes covers it merely because it is listed', async () => {
  const vitest = path.join(root, 'node_modules/vitest/vitest.mjs')
  const asked = ['run', '--project', 'connectors', 'connectors/src/every-connector.test.ts', '-t', 'throw-away']
  const env = { PATH: process.env.PATH, HOME: process.env.HOME, NO_COLOR: '1' }
  const { stdout } = await promisify(execFile)(process.execPath, [vitest, ...asked], { cwd: copy, env })
  expect(Number(/(\d+) passed/.exec(stdout.split('Tests')[1] ?? '')?.[1])).toBeGreaterThan(10)
}, 60_000)
