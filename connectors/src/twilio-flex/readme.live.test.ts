import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import { buildPlugin } from '../../../e2e/flex-plugin.ts'
import { type Administrator, openAdministrator } from '../../testing/administrator.ts'
import { blocksIn, runInShell } from '../../testing/readme-blocks.ts'
import { flexToken, openTwilio, type Twilio } from '../../testing/twilio.ts'
import { sidesOf } from './sides.ts'

const { url, key } = inject('crm')
const blocks = blocksIn(await readFile(path.join(import.meta.dirname, 'README.md'), 'utf8'))
const [asks, asked, answered, attributes, builds, tab, window, sends, sent] = blocks.map(({ text }) => text)

let owner: Administrator
let twilio: Twilio
beforeAll(async () => {
  owner = await openAdministrator()
  const names = ['clinica-crm.private.js', 'clinica-lookup.js']
  const files = names.map(async (name) => [name, String(await owner.download('twilio-flex', name))] as const)
  twilio = await openTwilio(Object.fromEntries(await Promise.all(files)), { CRM_API_KEY: key })
})
afterAll(() => twilio.close())

test('every block is one of these', () => {
  const languages = blocks.map(({ language }) => language)
  expect(languages).toEqual(['bash', 'json', 'json', 'json', 'bash', 'text', 'text', 'bash', 'text'])
})

test('the look-up answers as shown', async () => {
  expect(JSON.parse(await runInShell(asks!, { URL: url, KEY: key }))).toMatchObject(JSON.parse(asked!))
})

test('the Function makes of it what is shown', async () => {
  const body = new URLSearchParams({ Token: flexToken, phone: '+393332224444', call_id: 'CAreadme1' })
  const response = await fetch(`${twilio.url}/clinica-lookup`, { method: 'POST', body })
  expect(await response.json()).toEqual(JSON.parse(answered!.replace('https://crm.example', url)))
})

test('the attributes are those of the flow', async () => {
  const flow = JSON.parse(String(await owner.download('twilio-flex', 'clinicacrm-studio-flow.json'))) as {
    states: { type: string; properties: { attributes: string } }[]
  }
  const { properties } = flow.states.find(({ type }) => type === 'send-to-flex')!
  expect(JSON.parse(attributes!)).toEqual(JSON.parse(properties.attributes))
})

test('the plug-in is built as shown', async () => {
  const zip = await owner.download('twilio-flex', 'clinicacrm-flex-plugin.zip')
  expect((await buildPlugin(zip, builds)).bundle).toContain(url)
})

test('the addresses of the container say what is read of them', async () => {
  const { pathname, searchParams } = new URL(tab!.trim())
  expect(pathname).toBe('/embed/twilio-flex')
  for (const [name, value] of searchParams) expect(value).toBe(`{{task.${name}}}`)
  const task = { call_sid: 'CA1', from: '+393332224444', called: '+390655550100', direction: 'inbound' }
  expect([...searchParams.keys()].sort()).toEqual(Object.keys(task).sort())
  const { called: to, call_sid: call_id, from } = task
  expect(sidesOf('', task)).toEqual({ call_id, direction: 'inbound', from, to })

  const filled = window!.trim().replace('https://crm.example', url).replace('{{task.from}}', '+393332224444')
  const response = await fetch(filled.replace('{{task.call_sid}}', 'CA1'), { redirect: 'manual' })
  expect(response.status).toBe(302)
  expect(response.headers.get('location')).toContain('pop?')
})

test('an event sent by hand is taken as shown, and rings', async () => {
  const line = await owner.ask<{ id: string; url: string }>('POST', '/api/telephony/lines', {
    connector: 'twilio-flex',
    name: 'By hand',
  })
  expect(await runInShell(sends!, { LINE: line.url })).toBe(sent)
  const { calls } = await owner.ask<{ calls: object[] }>('GET', '/api/calls?provider=twilio-flex&limit=200')
  expect(calls).toContainEqual(expect.objectContaining({ call_id: 'CAreadme2', case_id: '9', agent: 'Giulia Ferri' }))
})
