import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { request as ask } from 'node:http'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, inject, test, vi } from 'vitest'
import { type Administrator, openAdministrator } from '../../testing/administrator.ts'
import { type AmiServer, openAmi } from '../../testing/pbx-asterisk.ts'
import { openServer } from '../../testing/slow-crm.ts'

const crm = inject('crm')
const program = path.join(import.meta.dirname, '../../../server/bin/clinicacrm.mjs')
const secret = 'a-secret-of-the-switchboard'

let folder: string
let ami: AmiServer
let admin: Administrator
const started: ChildProcess[] = []

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'clinicacrm-bridge-'))
  await writeFile(path.join(folder, 'ami-secret'), `${secret}\n`)
  await writeFile(path.join(folder, 'api-key'), `${crm.key}\n`)
  ami = await openAmi({ user: 'clinicacrm', secret })
  admin = await openAdministrator()
})
afterEach(async () => {
  for (const child of started.splice(0)) {
    if (child.exitCode !== null) continue
    child.kill('SIGTERM')
    await once(child, 'close')
  }
  await ami.close()
  await rm(folder, { recursive: true })
})

/** As the service of the downloaded unit starts it; options given here are of this machine. */
async function startBridge(options: Record<string, string> = {}) {
  const unit = (await admin.download('asterisk', 'clinicacrm-asterisk.service')).toString()
  const line = /^ExecStart=\S+ (.*)$/m.exec(unit)![1]!
  const words = [...line.matchAll(/"((?:[^"\\]|\\.)*)"|(\S+)/g)].map(([, quoted, bare]) => unescaped(quoted ?? bare!))
  const mine: Record<string, string> = { '--port': String(ami.port), ...options }
  const args = [...words, ...Object.entries(mine).flat()]
  const child = spawn(process.execPath, [program, ...args], { env: { PATH: process.env['PATH'] } })
  started.push(child)
  let said = ''
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (said += chunk.toString()))
  return {
    child,
    said: () => said,
    until: (text: string | RegExp) => vi.waitFor(() => expect(said).toMatch(text), 20_000),
  }
}
const unescaped = (text: string) =>
  text.replaceAll('%d', folder).replaceAll('$$', '$').replaceAll('%%', '%').replaceAll(/\\(.)/g, '$1')

/** A transcript of a call of its own: ids are Asterisk's, and never come twice. */
let calls = 0
async function transcript(name: string, { late = 0 } = {}) {
  const text = await readFile(path.join(import.meta.dirname, 'fixtures', `${name}.ami`), 'utf8')
  const id = `${Date.now()}${++calls}`
  const [begin] = /^Timestamp: ([\d.]+)/m.exec(text)!.slice(1).map(Number)
  const shift = Date.now() / 1_000 - begin! - 60 - late
  return {
    id: (end: string) => `${id}.${end}`,
    text: text
      .replaceAll(/\b17956\d{5}\.(\d+)/g, (found, end: string, at: number) =>
        text.slice(at - 11, at) === 'Timestamp: ' ? found : `${id}.${end}`,
      )
      .replaceAll(/^Timestamp: ([\d.]+)$/gm, (_, at: string) => `Timestamp: ${(Number(at) + shift).toFixed(6)}`),
  }
}

type Told = {
  call_id: string
  state: string
  result: string | null
  match: string
  agent: string | null
  case_id: string | null
}
const callsHere = async () =>
  (await admin.ask<{ calls: Told[] }>('GET', '/api/calls?provider=asterisk&limit=200')).calls
const callNamed = async (id: string) => (await callsHere()).find(({ call_id }) => call_id === id)
const untilCall = (id: string, wanted: object) =>
  vi.waitFor(async () => expect(await callNamed(id)).toMatchObject(wanted), 20_000)

describe('the bridge', { timeout: 60_000 }, () => {
  test('makes of what Asterisk tells the calls that there were', async () => {
    const bridge = await startBridge({ '--url': crm.url })
    await ami.signedIn()
    const [queue, group, missed, blind, out, hidden, inside] = await Promise.all(
      ['queue-answered', 'ring-group', 'missed', 'blind-transfer', 'outbound', 'anonymous', 'internal'].map((name) =>
        transcript(name),
      ),
    )
    for (const { text } of [queue!, group!, missed!, blind!, out!, hidden!, inside!]) await ami.replay(text, 7)
    await untilCall(queue!.id('10'), { state: 'ended', result: 'answered', match: 'many', agent: 'Giulia Ferri' })
    await untilCall(group!.id('20'), { result: 'answered', match: 'one', case_id: '9', agent: expect.any(String) })
    await untilCall(missed!.id('20'), { result: 'missed', match: 'many' })
    await untilCall(blind!.id('60'), { result: 'answered', match: 'many' })
    await untilCall(out!.id('50'), { result: 'answered', match: 'one', case_id: '9', direction: 'outbound' })
    await untilCall(hidden!.id('30'), { result: 'answered', match: 'withheld' })
    expect(await callNamed(inside!.id('40'))).toBeUndefined()
    expect(bridge.said()).not.toMatch(/22224444|3332224444/)
  })

  test('lets the card appear while the telephone rings', async () => {
    await startBridge({ '--url': crm.url })
    await ami.signedIn()
    const call = await transcript('ring-group')
    const [untilRings] = call.text.split('Event: DialEnd')
    await ami.replay(untilRings!)
    await untilCall(call.id('20'), { state: 'ringing', case_id: '9', agent: expect.any(String) })
  })

  test('is shown as connected', async () => {
    const { health } = await admin.ask<{ health: { event_count: number } }>('GET', '/api/connectors/asterisk')
    expect(health.event_count).toBeGreaterThan(0)
  })

  test('loses nothing while ClínicaCRM is away, and lets no card appear for calls long over', async () => {
    let isAway = true
    const bodies: { event: string; call_id: string }[][] = []
    const gate = await openServer((request, response) => {
      if (isAway) return void request.socket.destroy()
      const { method, url, headers } = request
      const onward = ask(crm.url + url!, { method, headers }, (answer) => {
        response.writeHead(answer.statusCode!, answer.headers)
        answer.pipe(response)
      })
      const parts: Buffer[] = []
      request.on('data', (chunk: Buffer) => void parts.push(chunk))
      request.on('end', () => bodies.push(JSON.parse(Buffer.concat(parts).toString())))
      request.pipe(onward)
    })
    const bridge = await startBridge({ '--url': gate.url })
    await ami.signedIn()
    const [missed, answered] = [await transcript('missed'), await transcript('ring-group')]
    await ami.replay(missed.text + answered.text, 5)
    await bridge.until(/does not take events \(.*\); \d+ wait/)
    isAway = false
    await bridge.until('takes events again')
    await untilCall(missed.id('20'), { result: 'missed' })
    await untilCall(answered.id('20'), { result: 'answered', case_id: '9' })
    const order = bodies.flat().filter(({ call_id }) => call_id === answered.id('20'))
    expect(order.map(({ event }) => event)).toEqual(['ended', 'ringing', 'ringing', 'answered', 'held', 'resumed'])
    const { callbacks } = await admin.ask<{ callbacks: { phone: string }[] }>('GET', '/api/callbacks?limit=100')
    expect(callbacks.map(({ phone }) => phone.replaceAll(' ', ''))).toContain('+390622224444')
    await gate.close()
  })

  test('waits as long as an over-asked ClínicaCRM says, and takes a new key without being started again', async () => {
    let answers = 0
    const seen: (string | string[] | undefined)[] = []
    const busy = await openServer((request, response) => {
      seen.push(request.headers['x-api-key'])
      request.resume()
      if (++answers === 1) response.writeHead(429, { 'retry-after': '1' }).end()
      else if (request.headers['x-api-key'] !== 'a-new-key') response.writeHead(401).end()
      else response.end('{}')
    })
    const bridge = await startBridge({ '--url': busy.url })
    await ami.signedIn()
    await ami.replay((await transcript('missed')).text)
    await bridge.until('HTTP 429')
    await vi.waitFor(() => expect(answers).toBeGreaterThan(1), 5_000)
    await writeFile(path.join(folder, 'api-key'), 'a-new-key')
    await bridge.until('takes events again; 0 wait')
    expect(seen.slice(0, 2)).toEqual([crm.key, crm.key])
    await busy.close()
  })

  test('comes back to a switchboard that was restarted, and ends what ended meanwhile', async () => {
    const bridge = await startBridge({ '--url': crm.url })
    await ami.signedIn()
    const call = await transcript('ring-group')
    await ami.replay(call.text.split('Event: Hold')[0]!)
    await untilCall(call.id('20'), { state: 'answered' })
    ami.drop()
    await bridge.until('No connection to Asterisk')
    await ami.signedIn()
    await vi.waitFor(async () => expect(await callNamed(call.id('20'))).toMatchObject({ state: 'ended' }), 20_000)
    expect(ami.asked.filter((name) => name === 'CoreShowChannels')).toHaveLength(2)
  })

  test('says in a sentence why it cannot begin', async () => {
    await writeFile(path.join(folder, 'ami-secret'), 'wrong')
    const refused = await startBridge({ '--url': crm.url })
    await once(refused.child, 'close')
    expect(refused.child.exitCode).toBe(1)
    expect(refused.said()).toContain('Asterisk refuses this user and secret')
    const lost = await startBridge({ '--url': crm.url, '--key-file': '/nowhere/key' })
    await once(lost.child, 'close')
    expect(lost.said()).toContain('--key-file: /nowhere/key cannot be read (ENOENT)')
    const odd = await startBridge({ '--url': 'nowhere' })
    await once(odd.child, 'close')
    expect(odd.said()).toContain('--url must be an address')
  })

  test('stops when it is told to', async () => {
    const bridge = await startBridge({ '--url': crm.url })
    await bridge.until('Listening to Asterisk')
    bridge.child.kill('SIGTERM')
    await once(bridge.child, 'close')
    expect(bridge.child.exitCode).toBe(0)
  })
})
