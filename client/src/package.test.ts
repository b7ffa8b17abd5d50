import { execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { createServer, type AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { promisify } from 'node:util'
import { Webhook } from 'standardwebhooks'
import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import type {} from '../../connectors/testing/crm.ts'

/*
 * The package as others get it: packed, installed from its file into an empty folder, and asked by the README's own
 * examples.
 */

const run = promisify(execFile)
const here = path.resolve(import.meta.dirname, '..')
const readme = await readFile(path.join(here, 'README.md'), 'utf8')
const secret = `whsec_${Buffer.from('a secret of twenty-four b').toString('base64')}`

let folder: string
let packed: string[]
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'clinicacrm-client-'))
  const { stdout } = await run('npm', ['pack', '--json', '--pack-destination', folder], { cwd: here })
  const [{ filename, files }] = JSON.parse(stdout) as [{ filename: string; files: { path: string }[] }]
  packed = files.map((file) => file.path)
  await writeFile(path.join(folder, 'package.json'), '{"private":true}')
  const install = block('@clinicacrm/client', 'bash').replace('@clinicacrm/client', `./${filename}`)
  await run('sh', ['-c', `${install.trim()} --offline`], { cwd: folder })
}, 60_000)
afterAll(() => rm(folder, { recursive: true, force: true }))

/** The code block of a language under a heading. */
function block(heading: string, language: string): string {
  const section = readme.split(/^##? /m).find((text) => text.startsWith(heading)) ?? ''
  const [, code] = new RegExp(`\`\`\`${language}\\n([\\s\\S]*?)\`\`\``).exec(section) ?? []
  if (code === undefined) throw new Error(`There is no ${language} under “${heading}”.`)
  return code
}

function environment() {
  const { url, key } = inject('crm')
  return { PATH: process.env['PATH'], CRM_URL: url, CRM_KEY: key, WEBHOOK_SECRET: secret }
}

async function runs(file: string, code: string): Promise<string[]> {
  await writeFile(path.join(folder, file), code)
  const { stdout } = await run(process.execPath, [file], { cwd: folder, env: environment() })
  return stdout.trim().split('\n')
}

test('it holds what is needed to use it, and nothing that it needs', async () => {
  const { dependencies, version } = JSON.parse(
    await readFile(path.join(folder, 'node_modules/@clinicacrm/client/package.json'), 'utf8'),
  ) as { dependencies?: object; version: string }
  expect(dependencies).toBeUndefined()
  expect(version).toMatch(/^\d+\.\d+\.\d+$/)
  expect(packed).toEqual(expect.arrayContaining(['LICENSE', 'README.md', 'dist/client.js', 'dist/webhooks.d.ts']))
  expect(packed.filter((file) => /test|^src/.test(file))).toEqual([])
  const root = path.join(here, '../LICENSE')
  expect(await readFile(path.join(here, 'LICENSE'), 'utf8')).toBe(await readFile(root, 'utf8'))
})

test('the first example tells who is calling', async () => {
  const said = await runs('first.mjs', block('Who is calling?', 'js'))
  expect(said).toEqual([expect.stringMatching(/^Antonio Dorato http\S+\/it\/cases\/9$/)])
})

test('the example of a call looks up and tells', async () => {
  expect(await runs('call.mjs', block('For a call', 'js'))).toEqual(['found', expect.stringMatching(/^recorded \w+$/)])
})

test('the Lambda answers one level of text, whoever calls, and whatever the CRM does', async () => {
  await writeFile(path.join(folder, 'lambda.mjs'), block('In AWS Lambda', 'js'))
  const calling = (address: string | null) => ({
    Details: { ContactData: { ContactId: 'a-1', CustomerEndpoint: address && { Address: address } }, Parameters: {} },
  })
  const calls = ['+39 06 2222 4444', '+391234567890', 'anonymous', null].map(calling)
  const asking = `const { handler } = await import('./lambda.mjs')
    for (const event of ${JSON.stringify(calls)}) console.log(JSON.stringify(await handler(event)))`
  const said = async (before = '') => (await runs('calls.mjs', before + asking)).map((line) => JSON.parse(line))
  const [found, ...others] = await said()
  expect(found).toEqual({ found: 'true', case_id: '9', screen_pop_url: expect.any(String) })
  const answers = ['not_found', 'withheld', 'withheld'].map((reason) => ({ found: 'false', reason }))
  expect(others).toEqual(answers)
  const [down] = await said(`process.env.CRM_URL = 'http://127.0.0.1:1'\n`)
  expect(down).toEqual({ found: 'false', reason: 'error' })
})

test('the receiver of webhooks takes those that the CRM signed, and no other', async () => {
  const port = String(await freePort())
  await writeFile(path.join(folder, 'receiver.mjs'), block('Webhooks', 'js'))
  const receiver = spawn(process.execPath, ['receiver.mjs'], { cwd: folder, env: { ...environment(), PORT: port } })
  let said = ''
  for (const stream of [receiver.stdout, receiver.stderr]) stream.on('data', (chunk: Buffer) => (said += String(chunk)))
  const send = async (body: string) => {
    const at = new Date()
    const headers = {
      'webhook-id': 'msg_1',
      'webhook-timestamp': String(Math.floor(at.getTime() / 1000)),
      'webhook-signature': new Webhook(secret).sign('msg_1', at, '{"type":"case.created"}'),
    }
    return (await fetch(`http://127.0.0.1:${port}`, { method: 'POST', headers, body })).status
  }
  await expect.poll(() => send('{"type":"case.created"}').catch(() => 0), { timeout: 5000 }).toBe(204)
  expect(await send('{"type":"case.deleted"}')).toBe(400)
  await expect.poll(() => said).toBe('msg_1 case.created\nwebhook: wrong_signature\n')
  receiver.kill()
  await once(receiver, 'exit')
})

test.each(['nodenext', 'bundler'])('its types are found and hold, with %s', async (resolution) => {
  await writeFile(path.join(folder, 'typed.mts'), block('With exceptions', 'ts'))
  await writeFile(
    path.join(folder, 'hooks.mts'),
    "import { verifyWebhook } from '@clinicacrm/client/webhooks'\nexport const kind = (await verifyWebhook('', {}, '')).kind",
  )
  const module = resolution === 'bundler' ? 'esnext' : resolution
  const options = { module, moduleResolution: resolution, target: 'es2022', lib: ['es2022', 'dom'], types: [] }
  const strict = { strict: true, noEmit: true, exactOptionalPropertyTypes: true, skipLibCheck: false }
  const settings = { compilerOptions: { ...options, ...strict }, files: ['typed.mts', 'hooks.mts'] }
  await writeFile(path.join(folder, 'tsconfig.json'), JSON.stringify(settings))
  const tsc = path.join(here, '../node_modules/.bin/tsc')
  const { stdout } = await run(tsc, ['-p', folder]).catch((error: { stdout: string }) => error)
  expect(stdout).toBe('')
})

test('every example of the README was run above, and the one for browsers in a browser', () => {
  expect(readme.match(/```\w+/g)).toHaveLength(7)
})

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  server.close()
  await once(server, 'close')
  return port
}
