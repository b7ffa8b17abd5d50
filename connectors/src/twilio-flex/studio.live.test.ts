import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest'
import { type Administrator, openAdministrator } from '../../testing/administrator.ts'
import { downloadWith, openTwilio, type Twilio } from '../../testing/twilio.ts'

const { url, key } = inject('crm')
const workflow_sid = `WW${'0'.repeat(32)}`
const task_channel_sid = `TC${'0'.repeat(32)}`
const functions = ['clinica-crm.private.js', 'clinica-studio.protected.js']

type State = {
  name: string
  type: string
  transitions: { event: string; next?: string }[]
  properties: Record<string, unknown>
}
type Flow = { description: string; states: State[]; initial_state: string; flags: object }

/** What leads out of each kind of widget, and what it cannot do without. */
const kinds: Record<string, { events: string[]; needs: string[] }> = {
  trigger: {
    events: ['incomingMessage', 'incomingCall', 'incomingConversationMessage', 'incomingRequest', 'incomingParent'],
    needs: [],
  },
  'run-function': { events: ['success', 'fail'], needs: ['url', 'parameters'] },
  'send-to-flex': {
    events: ['callComplete', 'failedToEnqueue', 'callFailure'],
    needs: ['workflow', 'channel', 'attributes'],
  },
}

let owner: Administrator
let flow: Flow
let twilio: Twilio

beforeAll(async () => {
  owner = await openAdministrator()
  const files = functions.map(async (name) => [name, String(await owner.download('twilio-flex', name))] as const)
  twilio = await openTwilio(Object.fromEntries(await Promise.all(files)), { CRM_API_KEY: key })
  const functions_url = twilio.url.replace('127.0.0.1', 'localhost')
  const settings = { functions_url, workflow_sid, task_channel_sid }
  flow = JSON.parse(String(await downloadWith(owner, settings, 'clinicacrm-studio-flow.json'))) as Flow
})
afterAll(() => twilio.close())

const stateOf = (name: string) => flow.states.find((state) => state.name === name)!
const nextOf = (state: State, event: string) => state.transitions.find((one) => one.event === event)?.next

describe('the flow', () => {
  test('is whole: every widget is known, has what it needs, is reached, and leads somewhere that exists', () => {
    const names = flow.states.map(({ name }) => name)
    expect(new Set(names).size).toBe(names.length)
    for (const { type, transitions, properties } of flow.states) {
      expect(transitions.map(({ event }) => event).sort()).toEqual([...kinds[type]!.events].sort())
      for (const need of kinds[type]!.needs) expect(properties[need]).toBeTruthy()
      expect(names).toEqual(expect.arrayContaining(transitions.flatMap(({ next }) => next ?? [])))
    }
    const reached = new Set([flow.initial_state])
    for (const name of reached) for (const { next } of stateOf(name).transitions) if (next) reached.add(next)
    expect([...reached].sort()).toEqual([...names].sort())
  })

  test('holds no key', () => expect(JSON.stringify(flow)).not.toMatch(/api.?key|__[a-z_]+__/i))

  test('reaches Flex whatever becomes of the look-up', () => {
    const { transitions } = flow.states.find(({ type }) => type === 'run-function')!
    expect(transitions.map(({ next }) => next)).toEqual(['send_to_flex', 'send_to_flex'])
  })
})

/** Walks through the flow as Studio does, and gives the attributes of the task. */
async function callFrom(From: string) {
  const call = { From, To: '+390655550100', CallSid: `CA${From.replace(/\D/g, '')}` }
  const known: Record<string, unknown> = { trigger: { call }, widgets: {} }
  let state = stateOf(flow.initial_state)
  for (let next = nextOf(state, 'incomingCall'); next;) {
    state = stateOf(next)
    if (state.type === 'send-to-flex') break
    const { event, parsed } = await runFunction(state, known)
    known['widgets'] = { [state.name]: { parsed } }
    next = nextOf(state, event)
  }
  expect(state.properties).toMatchObject({ workflow: workflow_sid, channel: task_channel_sid })
  return JSON.parse(filled(state.properties['attributes'] as string, known)) as unknown
}

async function runFunction({ properties }: State, known: object) {
  const parameters = properties['parameters'] as { key: string; value: string }[]
  const body = new URLSearchParams(parameters.map(({ key: name, value }) => [name, filled(value, known)]))
  const headers = { 'x-twilio-signature': 'signed' }
  const response = await fetch(properties['url'] as string, { method: 'POST', headers, body }).catch(() => null)
  return response?.ok
    ? { event: 'success', parsed: (await response.json()) as object }
    : { event: 'fail', parsed: undefined }
}

/** A name that is not there is nothing, as in Liquid. */
const filled = (text: string, known: object) =>
  text.replaceAll(/\{\{([\w.]+)\}\}/g, (_, path: string) => {
    const at = (holder: unknown, name: string) => (holder as Record<string, unknown> | undefined)?.[name]
    const value = path.split('.').reduce<unknown>(at, known)
    return typeof value === 'string' ? value : ''
  })

describe('a call that runs through it', () => {
  test('comes to Flex with the case', async () => {
    const address = new URLSearchParams({ provider: 'twilio-flex', call_id: 'CA393332224444', phone: '+393332224444' })
    expect(await callFrom('+393332224444')).toEqual({ crm: { case_id: '9', url: `${url}/pop?${address}` } })
  })

  test.each([
    ['unknown', '+391234567890'],
    ['withheld', '+266696687'],
    ['in words', 'Anonymous'],
  ])('comes to Flex without one: %s', async (_kind, from) => {
    expect(await callFrom(from)).toEqual({ crm: { case_id: '', url: expect.stringContaining(`${url}/pop?`) } })
  })

  test('comes to Flex, too, where no Function answers', async () => {
    await twilio.close()
    expect(await callFrom('+393332224444')).toEqual({ crm: { case_id: '', url: '' } })
    twilio = { ...twilio, close: async () => undefined }
  })
})
