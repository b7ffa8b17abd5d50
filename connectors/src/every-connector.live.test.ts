import { beforeAll, describe, expect, inject, test } from 'vitest'
import { type Administrator, openAdministrator } from '../testing/administrator.ts'
import type { Connector, TrialCall } from './connector.ts'
import { connectors } from './index.ts'

/*
 * One table of callers, told by every connector in its platform's own way to the running CRM: the same case opens whoever
 * tells of the call, and no caller is an error.
 */

const agent = 'giulia.ferri@clinicacrm.example'

/** Callers as platforms write them; who they are does not depend on the platform. */
const callers: [string, { match: string; case_id?: string | null }][] = [
  ['+39 333 222 4444', { match: 'one', case_id: '9' }],
  ['3332224444', { match: 'one', case_id: '9' }],
  ['393332224444', { match: 'one', case_id: '9' }],
  ['00393332224444', { match: 'one', case_id: '9' }],
  ['tel:+393332224444', { match: 'one', case_id: '9' }],
  ['+39 06 2222 4444', { match: 'many' }],
  ['0622224444', { match: 'many' }],
  ['+391234567890', { match: 'none', case_id: null }],
  ['anonymous', { match: 'withheld', case_id: null }],
]

let admin: Administrator
let giulia: Administrator
beforeAll(async () => {
  admin = await openAdministrator()
  giulia = await openAdministrator('agent')
})

type Pop = { call: { provider: string; call_id: string; match: string; case_id: string | null; from: string } }
/** Of this very call: platforms may write ids in their own way, but none of two calls alike. */
async function popsOf(call_id: string): Promise<Pop[]> {
  const { pops } = await giulia.ask<{ pops: Pop[] }>('GET', '/api/pops')
  return pops.filter(({ call }) => call.call_id.includes(call_id))
}

/** Where its events go: a line of its own, or the address for keys. */
async function addressOf({ name, takes }: Connector): Promise<{ url: string; key?: string }> {
  const { url, key } = inject('crm')
  if (takes === 'key') return { url: `${url}/api/telephony/events/${name}`, key }
  const line = { connector: name, name: `Every ${name}`, settings: {} }
  const made = await admin.ask<{ url: string }>('POST', '/api/telephony/lines', line)
  return { url: url + new URL(made.url).pathname }
}

const takers = connectors.filter(({ events }) => events !== null)
let calls = 0

describe.each(takers)('$name', (connector) => {
  let at: { url: string; key?: string }
  beforeAll(async () => {
    at = await addressOf(connector)
  })

  async function tell(call: Omit<TrialCall, 'to' | 'agent'>) {
    const settings = connector.settings.parse({})
    const request = connector.events!.trial({ to: '+39 06 5550 1000', agent, ...call }, settings)
    const headers = { ...(request.headers as Record<string, string>), ...(at.key && { 'x-api-key': at.key }) }
    const url = `${at.url}?${new URLSearchParams(request.query as Record<string, string>)}`
    return fetch(url, { method: request.method, headers, body: new Uint8Array(request.rawBody) })
  }

  test.each(callers)('%s calls', async (from, wanted) => {
    const call_id = `every${++calls}x`
    // A platform that tells twice, as many do after a refresh, makes one call and one card.
    for (let times = 0; times < 2; times++) {
      const reply = await tell({ call_id, event: 'ringing', from })
      expect(reply.status, await reply.text()).toBeLessThan(300)
    }
    const pops = await popsOf(call_id)
    expect(pops).toHaveLength(1)
    expect(pops[0]!.call).toMatchObject(wanted)
    expect((await tell({ call_id, event: 'ended', from })).status).toBeLessThan(300)
  })
})

describe('the lookup, for flows that know nothing but success and failure', () => {
  test.each(connectors.map(({ name }) => name))('asked by %s', async (provider) => {
    const { url, key } = inject('crm')
    for (const [phone, { match, case_id }] of callers) {
      const asked = new URLSearchParams({ phone, provider, format: 'flat', on_missing: '200' })
      const response = await fetch(`${url}/api/lookup?${asked}`, { headers: { 'x-api-key': key } })
      expect(response.status).toBe(200)
      const body = (await response.json()) as Record<string, string>
      expect(body.found).toBe(String(match === 'one' || match === 'many'))
      expect(body.case_id).toBe(case_id ?? body.case_id)
      expect(Object.values(body).every((value) => typeof value === 'string')).toBe(true)
    }
  })
})
