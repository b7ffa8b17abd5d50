import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdir, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, inject, test, vi } from 'vitest'
import { type Administrator, openAdministrator } from '../../testing/administrator.ts'
import { dialplanIn, run } from '../../testing/dialplan.ts'
import { openAmi } from '../../testing/pbx-asterisk.ts'
import { blocksIn, runInShell } from '../../testing/readme-blocks.ts'
import { openServer } from '../../testing/slow-crm.ts'

const crm = inject('crm')
let admin: Administrator
let extensions: string

beforeAll(async () => {
  admin = await openAdministrator()
  extensions = (await admin.download('asterisk', 'clinicacrm_extensions.conf')).toString()
})
afterAll(() => admin.ask('PUT', '/api/connectors/asterisk', { settings: {} }))

/** What the telephone shows for a call that came with this number and name. */
async function nameOf(number: string, { key = crm.key, from = crm.url, name = 'WIND' } = {}) {
  const variables = { 'CALLERID(num)': number, 'CALLERID(name)': name, CLINICACRM_KEY: key }
  const channel: Parameters<typeof run>[2] = { variables, asked: [], went: null }
  const plan = dialplanIn(extensions.replaceAll(crm.url, from))
  await run(plan, ['from-trunk-clinicacrm', '_X!'], channel, '0655501000')
  return { shown: channel.variables['CALLERID(name)'], asked: channel.asked, went: channel.went }
}

describe('the dialplan', () => {
  test.each(['+393332224444', '00393332224444', '3332224444'])('shows who calls from %s', async (number) => {
    expect(await nameOf(number)).toMatchObject({
      shown: 'Antonio Dorato - APPUNTAMENTO',
      went: 'from-trunk,0655501000,1',
    })
  })

  test.each(['+391234567890', 'anonymous', 'Unknown', '<unknown>', '201', ''])(
    'leaves the name of %s as it came',
    async (number) => {
      expect(await nameOf(number)).toMatchObject({ shown: 'WIND', went: 'from-trunk,0655501000,1' })
    },
  )

  test('shows somebody’s name where several share the number', async () => {
    expect((await nameOf('0622224444')).shown).toMatch(/ - [A-Z]+/)
  })

  test('goes on without a name while ClínicaCRM is down, slow, refuses the key, or is asked too often', async () => {
    expect((await nameOf('3332224444', { from: 'http://127.0.0.1:1' })).shown).toBe('WIND')
    const slow = await openServer((_request, response) => void setTimeout(() => response.end('late'), 5_000).unref())
    const began = performance.now()
    expect((await nameOf('3332224444', { from: slow.url })).shown).toBe('WIND')
    expect(performance.now() - began).toBeLessThan(3_000)
    await slow.close()
    expect((await nameOf('3332224444', { key: 'revoked' })).shown).toBe('WIND')
    const about = { name: 'Asterisk', scopes: ['lookup:read'], limit_per_minute: 1 }
    const { key } = await admin.ask<{ key: string }>('POST', '/api/api-keys', about)
    expect((await nameOf('3332224444', { key })).shown).toContain('Dorato')
    expect((await nameOf('3332224444', { key })).shown).toBe('WIND')
  })

  test('asks nobody as long as it has no key', async () => {
    expect(await nameOf('3332224444', { key: '' })).toMatchObject({ shown: 'WIND', asked: [] })
  })
})

describe('the files', () => {
  test('know this installation, the settings, and no key', async () => {
    const settings = { ami_host: '10.0.0.5', ami_user: 'crm-bridge', extensions: String.raw`^(?:9\d)?(\d{3})$` }
    await admin.ask('PUT', '/api/connectors/asterisk', { settings })
    const manager = (await admin.download('asterisk', 'clinicacrm_manager.conf')).toString()
    const unit = (await admin.download('asterisk', 'clinicacrm-asterisk.service')).toString()
    expect(manager).toContain('[crm-bridge]\n')
    expect(unit).toContain(String.raw`--host "10.0.0.5" --user "crm-bridge"`)
    expect(unit).toContain(String.raw`--extensions "^(?:9\\d)?(\\d{3})$$"`)
    expect(unit).toContain(`--url "${crm.url}"`)
    for (const text of [manager, unit, extensions]) {
      expect(text).not.toContain(crm.key)
      expect(text).not.toMatch(/__[a-z]/)
    }
  })

  test('let the bridge hear what it reads, and do nothing else', async () => {
    const manager = (await admin.download('asterisk', 'clinicacrm_manager.conf')).toString()
    const filter = new RegExp(/^eventfilter = (.*)$/m.exec(manager)![1]!)
    const code = await readFile(path.join(import.meta.dirname, 'calls.ts'), 'utf8')
    const read = [...code.matchAll(/(?:case|event ===) '(\w+)'/g)].map(([, event]) => event!)
    expect(read.length).toBeGreaterThan(10)
    for (const event of read) expect(`Event: ${event}`).toMatch(filter)
    expect(manager).toContain('read = call,agent\nwrite = reporting\n')
  })
})

test('a trial lets a call ring at whoever asks', async () => {
  const reply = await admin.ask<{ state: string; sent: string }>('POST', '/api/connectors/asterisk/test-call', {})
  expect(reply).toMatchObject({ state: 'ringing' })
  expect(JSON.parse(reply.sent)).toEqual([expect.objectContaining({ event: 'ringing' })])
})

test('every block of the page does what the page says', { timeout: 30_000 }, async () => {
  const page = await readFile(path.join(import.meta.dirname, 'README.md'), 'utf8')
  const [picture, secrets, lookup, bridge, posted, ...more] = blocksIn(page)
  expect(more).toEqual([])
  for (const asked of picture!.text.matchAll(/(\/api\/lookup\?format=text)/g)) expect(extensions).toContain(asked[1])
  expect(picture!.text).toContain('/api/telephony/events/asterisk')
  const folder = await mkdtemp(path.join(tmpdir(), 'clinicacrm-etc-'))
  const secret = 'a secret of the switchboard'
  const ami = await openAmi({ user: 'clinicacrm', secret })
  const bin = path.join(folder, 'bin')
  await mkdir(bin)
  const program = path.join(import.meta.dirname, '../../../server/bin/clinicacrm.mjs')
  await writeFile(path.join(bin, 'clinicacrm'), `#!/bin/sh\nexec "${process.execPath}" "${program}" "$@"\n`, {
    mode: 0o755,
  })
  const PATH = `${bin}:${process.env['PATH']}`
  const shell = { URL: crm.url, KEY: crm.key, SECRET: secret, ETC: folder, PORT: String(ami.port), PATH }
  await runInShell(secrets!.text, shell)
  expect((await stat(path.join(folder, 'clinicacrm/api-key'))).mode & 0o777).toBe(0o600)
  expect(await runInShell(lookup!.text, shell)).toMatch(/^\S+ \S+ - [A-Z]+$/)
  const child = spawn('sh', ['-euc', `exec ${bridge!.text}`], { env: shell })
  let said = ''
  child.stdout.on('data', (chunk: Buffer) => (said += chunk.toString()))
  await vi.waitFor(() => expect(said).toContain(`Listening to Asterisk at 127.0.0.1:${ami.port}`), 20_000)
  child.kill('SIGTERM')
  await once(child, 'close')
  const response = await fetch(`${crm.url}/api/telephony/events/asterisk`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-api-key': crm.key },
    body: posted!.text,
  })
  expect(await response.json()).toEqual({ taken: 3, problems: [] })
  await ami.close()
  await rm(folder, { recursive: true })
})
