import { execFileSync, spawnSync } from 'node:child_process'
import { statSync } from 'node:fs'
import { Agent, request } from 'node:http'
import { createServer } from 'node:net'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { patiently } from './testing/wire.ts'
import { cleanUpPrograms, dataFolder, type Program, startProgram } from './testing/program.ts'

// The program as an operator meets it: started, started twice, started wrongly, told to stop, killed.

const dataDir = dataFolder(`Clínica d'Oro $(id) "2" `)
const servedDir = dataFolder()
const demo = { DATA_DIR: dataDir, DEMO_API_KEY: `it's "my" $HOME key \`id\` \\n!` }
const served = { DATA_DIR: servedDir, DEFAULT_COUNTRY: 'IT' }
afterAll(() => cleanUpPrograms([dataDir, servedDir]))

/** Other programs keep this machine busy, too. */
const slowly = { timeout: 15_000 }

const lookup = async ({ url }: Program, key = demo.DEMO_API_KEY, phone = '+39 06 2222 4444') => {
  const reply = await patiently(() =>
    fetch(`${url}/api/lookup?phone=${encodeURIComponent(phone)}`, { headers: { 'x-api-key': key } }),
  )
  return [reply.status, ((await reply.json()) as { case_id?: string }).case_id]
}
const stop = (program: Program) => {
  program.kill('SIGTERM')
  return program.ended
}

describe('the demo', () => {
  const hasCurl = spawnSync('curl', ['--version']).status === 0
  let first: Program

  test('starts from nothing and prints a line that works when it is pasted into a shell', async () => {
    first = await startProgram(['demo'], demo)
    expect(first.out()).toContain('ClínicaCRM')
    expect(await lookup(first)).toEqual([200, '9'])
    expect(first.out()).toContain(`Desk      ${first.url}/it/`)
    const line = first
      .out()
      .split('\n')
      .find((text) => text.trim().startsWith('curl '))!
    // Without curl the shell still says how it reads the line.
    const read = hasCurl ? line : line.replace('curl', "printf '%s\\n'")
    const said = execFileSync('sh', ['-c', read], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] })
    expect(said).toContain(hasCurl ? '"case_id":"9"' : `x-api-key: ${demo.DEMO_API_KEY}\n`)
  }, 40_000)

  test('refuses to run twice on the same data, says where it runs, and does the first no harm', async () => {
    const second = await startProgram(['demo'], demo)
    expect(await second.ended).toBe(1)
    expect(second.err()).toContain(`as process ${first.pid} at ${first.url}`)
    expect(second.err()).toContain('DATA_DIR')
    expect(second.err()).not.toMatch(/\n\s+at /)
    expect(await lookup(first)).toEqual([200, '9'])
  })

  test('keeps what was written, under the same key, when it is stopped and started', async () => {
    const headers = { 'x-api-key': demo.DEMO_API_KEY, 'content-type': 'application/json' }
    const body = JSON.stringify({ first_name: 'Nuova', phone: '347 9998887', clinic: 'Centro Oculistico Roma' })
    const made = await fetch(`${first.url}/api/cases`, { method: 'POST', headers, body })
    expect(made.status).toBe(201)
    const { id } = (await made.json()) as { id: string }
    expect(await stop(first)).toBe(0)
    const again = await startProgram(['demo'], demo)
    expect(await lookup(again, demo.DEMO_API_KEY, '347 9998887')).toEqual([200, id])
    expect(await lookup(again)).toEqual([200, '9'])
    expect(await stop(again)).toBe(0)
  }, 30_000)

  test('makes itself a key and keeps it, if none is given', async () => {
    const keys = []
    for (let i = 0; i < 2; i++) {
      const program = await startProgram(['demo'], { DATA_DIR: dataDir })
      const key = /API key +(\S+)/.exec(program.out())?.[1] ?? ''
      keys.push(key)
      expect(key).toMatch(/^ccrm_test_\w{8}_\w{38}$/)
      expect(await lookup(program, key)).toEqual([200, '9'])
      expect(await lookup(program)).toEqual([401, undefined])
      expect(await stop(program)).toBe(0)
    }
    expect(keys[0]).toBe(keys[1])
  }, 30_000)
})

describe('what is wrong with the settings', () => {
  test('is said all at once, by name, without a password and without a stack', async () => {
    const wrong = {
      PORT: 'abc',
      HOST: 'not a host',
      DATABASE_URL: 'mysql://root:hunter2@db.example/crm',
      REDIS_URL: 'http://:hunter2@redis.example',
      PUBLIC_URL: 'ftp://crm.example',
      DEFAULT_COUNTRY: 'XX',
      DEFAULT_LOCALE: 'tlh',
      LOG_LEVEL: 'loud',
      TRUSTED_PROXIES: '10.0.0.0/64',
      CORS_ORIGINS: '*',
      AUTH_SECRET: 'hunter2',
      SMTP_URL: 'http://me:hunter2@mail.example',
      MAIL_FROM: 'nobody',
      DEMO_API_KEY: 'hunter2',
    }
    const program = await startProgram(['demo'], wrong)
    expect(await program.ended).toBe(1)
    for (const name of Object.keys(wrong)) expect(program.err()).toMatch(new RegExp(`^${name}=`, 'm'))
    expect(program.err() + program.out()).not.toMatch(/hunter2|\n\s+at /)
  })

  test.each<[string, Record<string, string>, RegExp]>([
    ['a database nobody runs', { DATABASE_URL: 'postgres://me:hunter2@127.0.0.1:1/crm' }, /cannot reach its database/],
    ['a host that is not there', { DATABASE_URL: 'postgres://me:hunter2@nowhere.invalid/crm' }, /database/],
    ['an address of another machine', { HOST: '203.0.113.1', DATA_DIR: servedDir }, /HOST=203\.0\.113\.1/],
  ])('%s: one sentence, exit code 1', async (_, env, sentence) => {
    const program = await startProgram(['serve'], env)
    expect(await program.ended).toBe(1)
    expect(program.err()).toMatch(sentence)
    expect(program.err() + program.out()).not.toMatch(/hunter2|\n\s+at /)
  })

  test('a port that is taken is named, and the data stays as it was', async () => {
    const taken = createServer().listen(0, '127.0.0.1')
    await new Promise((resolve) => taken.once('listening', resolve))
    const { port } = taken.address() as AddressInfo
    const program = await startProgram(['serve'], { ...served, PORT: String(port) })
    expect(await program.ended).toBe(1)
    expect(program.err()).toContain(`PORT=${port}: another program already listens on 127.0.0.1:${port}`)
    taken.close()
  })
})

describe('in earnest', () => {
  let key: string

  test('serves with a key made on the command line', async () => {
    const made = await startProgram(['keys', 'create', '--name', 'Load', '--limit', '1000000'], served)
    expect([await made.ended, made.err()]).toEqual([0, ''])
    key = /ccrm_live_\w{8}_\w{38}/.exec(made.out())?.[0] ?? ''
    const program = await startProgram(['serve'], served)
    expect(await lookup(program, key)).toEqual([404, undefined])
    expect(await stop(program)).toBe(0)
  }, 30_000)

  test('shows the code that lets the first person in, who is still in after a restart', async () => {
    const first = await startProgram(['serve'], served)
    const code = () => /"code":"([2-9A-Z-]{19})"/.exec(first.out())?.[1]
    await expect.poll(code, slowly).toBeDefined()
    expect(first.out()).toMatch(/"url":"http:\/\/localhost:\d+\/it\/set-up"/)
    const form = {
      code: code(),
      name: 'Adele Moretti',
      email: 'adele@clinic.example',
      password: 'quattro parole messe a caso',
      organisation: 'Occhi',
      clinic: 'Centro Firenze',
      country: 'IT',
      zone: 'Europe/Rome',
      locale: 'it',
    }
    const done = await fetch(`${first.url}/api/set-up`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(form),
    })
    expect(done.status).toBe(201)
    const headers = { cookie: done.headers.getSetCookie()[0]!.split(';')[0]! }
    expect(await stop(first)).toBe(0)
    const again = await startProgram(['serve'], served)
    expect((await fetch(`${again.url}/api/session`, { headers })).status).toBe(200)
    expect(again.out()).not.toContain('"code":')
    const helped = await startProgram(['users', 'password-link', form.email], { ...served, PUBLIC_URL: again.url })
    expect([await helped.ended, helped.err()]).toEqual([0, ''])
    const token = /\/it\/reset-password\/([\w-]{43})/.exec(helped.out())?.[1]
    const chosen = { token, password: 'altre quattro parole ancora' }
    const reset = await fetch(`${again.url}/api/password/reset`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(chosen),
    })
    expect(reset.status).toBe(204)
    expect((await fetch(`${again.url}/api/session`, { headers })).status).toBe(401)
    const listed = await startProgram(['users', 'list'], served)
    await listed.ended
    expect(listed.out()).toMatch(/^adele@clinic\.example  Adele Moretti  owner  active/m)
    expect((statSync(join(servedDir, 'auth-secret')).mode & 0o777).toString(8)).toBe('600')
    expect(await stop(again)).toBe(0)
  }, 60_000)

  test('told to stop, it answers whoever is on a connection, and says goodbye with the last answer', async () => {
    const program = await startProgram(['serve'], served)
    const calling = Array.from({ length: 20 }, () => callUntilGoodbye(program))
    await expect.poll(() => calling.reduce((sum, { answered }) => sum + answered(), 0), slowly).toBeGreaterThan(300)
    program.kill('SIGTERM')
    const ready = async () => (await fetch(`${program.url}/api/ready`)).status
    await expect.poll(ready, { ...slowly, interval: 10 }).toBe(503)
    const last = await Promise.all(calling.map((caller) => caller.last))
    expect(last.filter((outcome) => !/^(404|503), close$/.test(outcome))).toEqual([])
    expect(await program.ended).toBe(0)
  }, 30_000)

  test('killed, it starts again with all it had', async () => {
    const killed = await startProgram(['serve'], served)
    killed.kill('SIGKILL')
    expect(await killed.ended).toBe('SIGKILL')
    const program = await startProgram(['serve'], served)
    expect(await lookup(program, key)).toEqual([404, undefined])
    expect(await stop(program)).toBe(0)
  }, 30_000)

  /** Asks again and again on one connection, until that is told to close or fails. */
  function callUntilGoodbye({ url }: Program) {
    const agent = new Agent({ keepAlive: true, maxSockets: 1 })
    let answered = 0
    const call = async () => {
      for (;;) {
        const outcome = await ask(`${url}/api/lookup?phone=0622224444`, agent, key)
        if (!outcome.endsWith(', keep-alive')) return outcome
        answered += 1
      }
    }
    return { answered: () => answered, last: call().finally(() => agent.destroy()) }
  }
})

/** The status and what becomes of the connection, or how it failed. */
function ask(url: string, agent: Agent, key: string) {
  return new Promise<string>((resolve) => {
    const asked = request(url, { agent, headers: { 'x-api-key': key } }, (reply) => {
      reply.resume().once('end', () => resolve(`${reply.statusCode}, ${reply.headers.connection}`))
      reply.once('aborted', () => resolve('cut in mid-answer'))
    })
    asked.once('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? error.message))
    asked.end()
  })
}
