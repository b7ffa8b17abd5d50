import { Script } from 'node:vm'
import { unzipSync } from 'fflate'
import { getEnvironments } from 'genesys-cloud-service-discovery-web'
import { beforeAll, expect, inject, test } from 'vitest'
import { type Administrator, openAdministrator } from '../../testing/administrator.ts'
import { type DataAction, runDataAction } from '../../testing/data-action.ts'
import { regions } from './regions.ts'

const { url, key } = inject('crm')

let owner: Administrator
beforeAll(async () => {
  owner = await openAdministrator()
})

const actionIn = async (file: string) => JSON.parse(String(await owner.download('genesys-cloud', file))) as DataAction
/** By letters, as one list is compared with another. */
const inOrder = (names: Iterable<string | undefined>) => [...names].map(String).toSorted((a, b) => a.localeCompare(b))
const fieldsOf = (schema: Record<string, unknown>) => inOrder(Object.keys(schema['properties'] as object))

test.each(['clinicacrm-lookup.custom.json', 'clinicacrm-call-event.custom.json'])(
  '%s can be imported',
  async (file) => {
    const action = await actionIn(file)
    const { requestUrlTemplate, requestTemplate, requestType, headers } = action.config.request
    expect(action).toMatchObject({ integrationType: 'custom-rest-actions', actionType: 'custom', secure: false })
    expect(action.name).toMatch(/^ClinicaCRM - /)
    expect(requestUrlTemplate.startsWith(`${url}/api/`)).toBe(true)
    expect(headers).toMatchObject({ 'x-api-key': '${credentials.apiKey}', Accept: 'application/json' })
    expect(JSON.stringify(action)).not.toMatch(/__[a-z_]+__/)
    expect(JSON.stringify(action)).not.toContain(key)

    // What callers and flows say is escaped wherever it stands.
    const said = requestType === 'GET' ? requestUrlTemplate : `${requestUrlTemplate}${requestTemplate}`
    const escaped = requestType === 'GET' ? 'uriEncode' : 'jsonEncode'
    expect(said.replaceAll(new RegExp(`\\$esc\\.${escaped}\\("\\$!\\{input\\.\\w+\\}"\\)`, 'g'), '')).not.toContain('$')
    const inputs = Array.from(said.matchAll(/input\.(\w+)/g), ([, name]) => name)
    expect(fieldsOf(action.contract.input.inputSchema)).toEqual(inOrder(inputs))

    const { translationMap, translationMapDefaults, successTemplate } = action.config.response
    const names = inOrder(Object.keys(translationMap))
    expect(inOrder(Object.keys(translationMapDefaults))).toEqual(names)
    expect(inOrder(Array.from(successTemplate.matchAll(/\$\{(\w+)\}/g), ([, name]) => name))).toEqual(names)
    expect(fieldsOf(action.contract.output.successSchema)).toEqual(names)
  },
)

test('the look-up asks for nothing of treatments', async () => {
  expect(JSON.stringify(await actionIn('clinicacrm-lookup.custom.json'))).not.toMatch(/treatment|disposition|outcome/)
})

test('triggers name the topics whose events are understood', async () => {
  const tell = await actionIn('clinicacrm-call-event.custom.json')
  const files = unzipSync(await owner.download('genesys-cloud', 'clinicacrm-triggers.zip'))
  const triggers = Object.values(files).map((bytes) => JSON.parse(Buffer.from(bytes).toString()))
  expect(triggers).toHaveLength(3)
  for (const { topicName, target, matchCriteria } of triggers) {
    expect(target).toMatchObject({ type: 'Workflow' })
    expect(matchCriteria).toEqual([{ jsonPath: 'mediaType', operator: 'Equal', value: 'VOICE' }])
    const input = { event_name: topicName, conversation_id: `of-${topicName}`, user_id: 'u-1', interacting_ms: '5000' }
    const taken = await runDataAction(tell, input, { credentials: { apiKey: key } })
    expect(taken).toMatchObject({ kind: 'success', output: { accepted: '1', problem: '' } })
  }
})

test('the telephone’s file has the settings of this installation, no types and no key', async () => {
  const { settings } = await owner.ask<{ settings: object }>('GET', '/api/connectors/genesys-cloud')
  const client_id = '25a05327-89f8-452a-9925-0095c08d8f46'
  await owner.ask('PUT', '/api/connectors/genesys-cloud', { settings: { region: 'mypurecloud.ie', client_id } })
  const script = String(await owner.download('genesys-cloud', 'clinicacrm-framework.js'))
  await owner.ask('PUT', '/api/connectors/genesys-cloud', { settings })
  for (const value of [url, client_id, 'mypurecloud.ie']) expect(script).toContain(value)
  expect(script).not.toMatch(/__[a-z_]+__|"\*"|'\*'|\btype \w+ =/)
  expect(script).not.toContain(key)
  expect(() => new Script(script)).not.toThrow()
})

test('every region that Genesys’ own library knows can be chosen', () => {
  const known = getEnvironments({ env: ['prod', 'fedramp'], status: ['beta', 'stable'] })
  expect(inOrder(regions)).toEqual(inOrder(known.map(({ publicDomainName }) => publicDomainName)))
})
