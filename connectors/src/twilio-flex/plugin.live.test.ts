import { EventEmitter } from 'node:events'
import vm from 'node:vm'
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest'
import { type Administrator, openAdministrator } from '../../testing/administrator.ts'
import { type Build, buildPlugin } from '../../../e2e/flex-plugin.ts'
import { openServer } from '../../testing/slow-crm.ts'
import { downloadWith, flexToken, openTwilio, type Twilio } from '../../testing/twilio.ts'

const { url, key } = inject('crm')
const functions = ['clinica-crm.private.js', 'clinica-lookup.js']

let owner: Administrator
let twilio: Twilio
let build: Build
let unset: Build

const built = async (settings: object) => buildPlugin(await downloadWith(owner, settings, 'clinicacrm-flex-plugin.zip'))

beforeAll(async () => {
  owner = await openAdministrator()
  unset = await built({})
  const files = functions.map(async (name) => [name, String(await owner.download('twilio-flex', name))] as const)
  twilio = await openTwilio(Object.fromEntries(await Promise.all(files)), { CRM_API_KEY: key })
  build = await built({ functions_url: twilio.url.replace('127.0.0.1', 'localhost') })
})
afterAll(() => twilio.close())

type Attributes = Record<string, unknown>
const inbound = {
  direction: 'inbound',
  from: '+393332224444',
  called: '+390655550100',
  call_sid: 'CA1',
  skill: 'smile',
}

class Task {
  sid = 'WT1'
  taskChannelUniqueName = 'voice'
  transfers: { incoming: object | null; outgoing: object | null } = { incoming: null, outgoing: null }
  written: Attributes[] = []
  attributes: Attributes
  constructor(attributes: Attributes) {
    this.attributes = attributes
  }
  /** Replaces all of them, as TaskRouter does. */
  async setAttributes(attributes: Attributes) {
    this.written.push(attributes)
    this.attributes = attributes
  }
}
class Reservation extends EventEmitter {
  status = 'pending'
  sid: string
  task: Task
  constructor(task: Task, sid = 'WR1') {
    super()
    this.task = task
    this.sid = sid
  }
}
class Worker extends EventEmitter {
  reservations = new Map<string, Reservation>()
  rings(task: Task, sid?: string): Reservation {
    const reservation = new Reservation(task, sid)
    this.reservations.set(reservation.sid, reservation)
    this.emit('reservationCreated', reservation)
    return reservation
  }
}

type Plugin = { name: string; version: string; init(flex: object, manager: object): void }

/** Flex as the bundle finds it: nothing of a page but a window, and whoever signed in. */
function openFlex({ bundle }: Build, { token = flexToken, ringing = [] as Reservation[] } = {}) {
  const loaded: Plugin[] = []
  const warnings: unknown[][] = []
  const asked: string[] = []
  const actions = new EventEmitter()
  const CRMContainer = { defaultProps: {} as { uriCallback?: (task?: object) => string } }
  const Plugins = { init: (Loaded: new () => Plugin) => loaded.push(new Loaded()) }
  const Actions = {
    addListener: (name: string, listener: (payload: object) => void) => void actions.on(name, listener),
  }
  const Flex = { Plugins, Actions, CRMContainer }
  const window = new EventTarget()
  const asking = (address: string, init: RequestInit) => {
    asked.push(address)
    return fetch(address, init)
  }
  const console = { log: () => undefined, warn: (...words: unknown[]) => warnings.push(words) }
  vm.runInNewContext(bundle, { Twilio: { Flex }, window, fetch: asking, console, URL, URLSearchParams, AbortSignal })
  const worker = new Worker()
  for (const reservation of ringing) worker.reservations.set(reservation.sid, reservation)
  const store = { getState: () => ({ flex: { session: { ssoTokenPayload: { token } } } }) }
  loaded[0]!.init(Flex, { workerClient: worker, store })
  return { loaded, worker, CRMContainer, warnings, asked }
}

describe('the project', () => {
  test('is filled in with this installation’s address, and holds no key', () => {
    const text = Object.values(build.files).join('\n')
    expect(text).toContain(`crmUrl: string = '${url}'`)
    for (const secret of [key, 'x-api-key', 'CRM_API_KEY']) {
      expect(text).not.toContain(secret)
      expect(build.bundle).not.toContain(secret)
    }
    expect(build.bundle).not.toMatch(/__[a-z]+(_[a-z]+)*__|__FPB_/)
  })

  test('becomes one plug-in, made with Twilio’s own base, which Flex loads', () => {
    const { loaded } = openFlex(build)
    expect(loaded).toHaveLength(1)
    const dependencies = expect.objectContaining({ '@twilio/flex-plugin': '7.1.2' })
    expect(loaded[0]).toMatchObject({ name: 'ClinicaPlugin', uniqueName: 'plugin-clinicacrm', dependencies })
    expect(build.bundle.length).toBeLessThan(30_000)
  })

  test('takes the Flex that was made for it, where there is one', () => {
    let own = 0
    const Plugins = { init: () => own++ }
    const Twilio = { Flex: { Plugins }, FlexProxy: { 'plugin-clinicacrm': {} } }
    vm.runInNewContext(build.bundle, { Twilio, console, URL, window: new EventTarget() })
    expect(own).toBe(1)
  })
})

describe('a task that is offered', () => {
  test('learns the case and an address, keeps what it had, and nothing else is written', async () => {
    const { worker } = openFlex(build)
    const task = new Task(inbound)
    worker.rings(task)
    await expect.poll(() => task.written).toHaveLength(1)
    const query = new URLSearchParams({ provider: 'twilio-flex', call_id: 'CA1', phone: '+393332224444' })
    expect(task.written[0]).toEqual({ ...inbound, crm: { case_id: '9', url: `${url}/pop?${query}` } })
  })

  test('is looked up once, however often Flex tells of it', async () => {
    const { worker, asked } = openFlex(build)
    const reservation = worker.rings(new Task(inbound))
    for (let again = 0; again < 5; again++) worker.emit('reservationCreated', reservation)
    await expect.poll(() => reservation.task.written).toHaveLength(1)
    worker.emit('reservationCreated', reservation)
    expect(asked).toHaveLength(1)
  })

  test('keeps what others write while the CRM is asked', async () => {
    const { worker } = openFlex(build)
    const task = new Task(inbound)
    worker.rings(task)
    task.attributes = { ...task.attributes, conversations: { conversation_id: 'CA1' } }
    await expect.poll(() => task.written).toHaveLength(1)
    expect(task.attributes).toMatchObject({ conversations: { conversation_id: 'CA1' }, crm: { case_id: '9' } })
  })

  test('is left alone where the flow has written it already', async () => {
    const { worker, asked } = openFlex(build)
    worker.rings(new Task({ ...inbound, crm: { case_id: '9', url: `${url}/pop?call_id=CA1` } }))
    expect(asked).toEqual([])
    worker.rings(new Task({ ...inbound, crm: { case_id: '', url: '' } }), 'WR2')
    expect(asked).toHaveLength(1)
  })

  test('is looked up by the other side where the agent calls', async () => {
    const { worker } = openFlex(build)
    const task = new Task({ direction: 'outbound', from: '+390655550100', outbound_to: '+393332224444' })
    worker.rings(task)
    await expect.poll(() => task.written).toHaveLength(1)
    expect(task.attributes['crm']).toMatchObject({ case_id: '9', url: expect.stringContaining('call_id=WT1') })
  })

  test.each([
    ['unknown', '+391234567890'],
    ['withheld', '+266696687'],
    ['several', '+390655508999'],
  ])('%s: an address, and no case', async (kind, from) => {
    if (kind === 'several')
      for (const first_name of ['Carla', 'Dino'])
        await owner.ask('POST', '/api/cases', {
          first_name,
          last_name: 'Blu',
          phone: from,
          clinic: 'Centro Oculistico Roma',
        })
    const { worker } = openFlex(build)
    const task = new Task({ ...inbound, from })
    worker.rings(task)
    await expect.poll(() => task.written).toHaveLength(1)
    expect(task.attributes['crm']).toEqual({ url: expect.stringContaining(`${url}/pop?`) })
  })
})

describe('when something is wrong', () => {
  test('the Function refuses the token: the task stays as it was', async () => {
    const { worker, warnings } = openFlex(build, { token: 'made up' })
    const task = new Task(inbound)
    worker.rings(task)
    await expect.poll(() => String(warnings)).toContain('answered 403')
    expect(task.written).toEqual([])
    // Nothing of the caller goes into the console.
    expect(String(warnings)).not.toContain('333')
  })

  test('nobody is signed in: nobody is asked', () => {
    const { worker, asked } = openFlex(build, { token: '' })
    worker.rings(new Task(inbound))
    expect(asked).toEqual([])
  })

  test('Functions that are away, slow or say nonsense leave the task as it was', async () => {
    const said = ['<html>', '{}', '{"url":7}']
    let body = ''
    const ill = await openServer((_request, response) => void response.end(body))
    const away = await built({ functions_url: ill.url.replace('127.0.0.1', 'localhost') })
    for (body of said) {
      const { worker, warnings } = openFlex(away)
      const task = new Task(inbound)
      worker.rings(task)
      await expect.poll(() => warnings).toHaveLength(1)
      expect(task.written).toEqual([])
    }
    await ill.close()
    const { worker, warnings } = openFlex(away)
    worker.rings(new Task(inbound))
    await expect.poll(() => warnings).toHaveLength(1)
  })

  test('attributes that somebody else changed at the same moment (412) are no unhandled error', async () => {
    const { worker, warnings } = openFlex(build)
    const task = new Task(inbound)
    task.setAttributes = async () => Promise.reject(new Error('Request failed with status 412'))
    worker.rings(task)
    await expect.poll(() => String(warnings)).toContain('412')
  })

  test('without Functions, nobody is asked', () => {
    const { worker, asked } = openFlex(unset)
    worker.rings(new Task(inbound))
    expect(asked).toEqual([])
  })
})

test('beside every task, and without one, stands the same panel', () => {
  const { CRMContainer } = openFlex(build)
  const { uriCallback } = CRMContainer.defaultProps
  expect(uriCallback!()).toBe(`${url}/embed/twilio-flex`)
  expect(uriCallback!({ sid: 'WR1', attributes: inbound })).toBe(`${url}/embed/twilio-flex`)
})

test('tasks that were there before the plug-in was are looked up, too', async () => {
  const task = new Task(inbound)
  openFlex(build, { ringing: [new Reservation(task)] })
  await expect.poll(() => task.written).toHaveLength(1)
})
