import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { unzipSync } from 'fflate'
import { expect, inject, test } from 'vitest'
import { openAdministrator } from '../../testing/administrator.ts'
import { blocksIn, runInShell } from '../../testing/readme-blocks.ts'
import { openServer } from '../../testing/slow-crm.ts'

const { url, key } = inject('crm')
const fileOf = (name: string) => readFile(path.join(import.meta.dirname, name), 'utf8')
const blocks = blocksIn(await fileOf('README.md'))
const [asks, asked, address, lifecycle, posts, tells, told] = blocks.map(({ text }) => text)
const variables = { URL: url, KEY: key }

test('every block is one of these', () => {
  expect(blocks.map(({ language }) => language)).toEqual(['bash', 'json', 'text', 'json', 'bash', 'bash', 'json'])
})

test('the look-up answers as shown', async () => {
  expect(JSON.parse(await runInShell(asks!, variables))).toMatchObject(JSON.parse(asked!))
})

test('an event is answered as shown', async () => {
  // Whether a page of the agent's is open is a matter of the moment.
  const delivered: unknown = expect.stringMatching(/^(true|false)$/)
  expect(JSON.parse(await runInShell(tells!, variables))).toEqual({ ...JSON.parse(told!), delivered })
})

test('the triggers of the file reach the API', async () => {
  const folder = await mkdtemp(path.join(tmpdir(), 'genesys-'))
  const made: unknown[] = []
  const api = await openServer((request, response) => {
    const { method, url: at, headers } = request
    request.on('data', (body) => made.push([method, at, headers.authorization, JSON.parse(String(body)).topicName]))
    request.on('end', () => response.end('{}'))
  })
  try {
    const owner = await openAdministrator()
    const files = unzipSync(await owner.download('genesys-cloud', 'clinicacrm-triggers.zip'))
    for (const [name, bytes] of Object.entries(files)) await writeFile(path.join(folder, name), bytes)
    await runInShell(`cd ${folder}\n${posts}`, { API: api.url, TOKEN: 't' })
  } finally {
    await api.close()
    await rm(folder, { recursive: true, force: true })
  }
  const topic = (name: string) => `v2.detail.events.conversation.{id}.${name}`
  const posted = ['user.start', 'user.end', 'customer.end'].map(topic)
  expect(made).toEqual(posted.map((name) => ['POST', '/api/v2/processautomation/triggers', 'Bearer t', name]))
})

test('the widget is given what the panel reads, and sends what it hears', async () => {
  const panel = await fileOf('panel.ts')
  const { pathname, searchParams } = new URL(address!.trim())
  expect(pathname).toBe('/embed/genesys-cloud')
  const read = Array.from(panel.matchAll(/filledIn\((?:host\.)?address, '(\w+)'\)/g), ([, name]) => name)
  expect(read).toHaveLength(3)
  for (const name of read) expect(searchParams.get(name!)).toMatch(/^\{\{gc\w+\}\}$/)
  const { hooks } = JSON.parse(lifecycle!).lifecycle as { hooks: Record<string, boolean> }
  const heard = Array.from(panel.matchAll(/lifecycle\.add(\w+)Listener/g), ([, hook]) => hook!.toLowerCase())
  expect(Object.keys(hooks).filter((hook) => hooks[hook])).toEqual(heard)
})
