import { beforeAll, describe, expect, inject, test } from 'vitest'
import { type Administrator, openAdministrator } from '../../testing/administrator.ts'
import { danglingIn, faultsIn, type Stack } from '../../testing/stack.ts'

const { url, key } = inject('crm')
const instance_arn = 'arn:aws:connect:eu-central-1:123456789012:instance/12345678-1234-1234-1234-123456789012'

type Way = { NextAction: string; ErrorType?: string }
type Action = {
  Identifier: string
  Type: string
  Parameters: Record<string, unknown>
  Transitions: { NextAction?: string; Errors?: Way[]; Conditions?: Way[] }
}
type Flow = { StartAction: string; Metadata: { ActionMetadata: Record<string, unknown> }; Actions: Action[] }

let owner: Administrator
let files: Record<'stack' | 'lambda' | 'flow', string>

beforeAll(async () => {
  owner = await openAdministrator()
  await owner.ask('PUT', '/api/connectors/amazon-connect', { settings: { instance_arn } })
  const download = async (file: string) => String(await owner.download('amazon-connect', file))
  files = {
    stack: await download('clinicacrm-connect.template.json'),
    lambda: await download('clinicacrm-lookup.cjs'),
    flow: await download('clinicacrm-flow.json'),
  }
  return async () => owner.ask('PUT', '/api/connectors/amazon-connect', { settings: {} })
})

test('every file knows where the CRM is, where it needs to, and none knows a key', () => {
  for (const file of Object.values(files)) expect(file).not.toContain(key)
  for (const file of Object.values(files)) expect(file).not.toMatch(/__[a-z]+__/)
  expect(files.lambda).toContain(url)
})

describe('the stack', () => {
  let stack: Stack
  beforeAll(() => {
    stack = JSON.parse(files.stack)
  })

  test('has only what CloudFormation knows, and all that it needs', () => {
    expect(faultsIn(stack)).toEqual([])
    expect(danglingIn(stack)).toEqual([])
  })

  test('would be refused with a property misspelled, one missing or one too many', () => {
    const { LookupFunction: lookup } = stack.Resources
    const wrong = { ...lookup!.Properties, Timeout: 'seven', Colour: 'red', Role: undefined }
    const { Role: _, ...without } = wrong
    const faults = faultsIn({ ...stack, Resources: { LookupFunction: { ...lookup!, Properties: without } } })
    expect(faults).toEqual([
      'LookupFunction.Role is missing',
      'LookupFunction.Timeout is no integer',
      'LookupFunction.Colour is not known',
    ])
    expect(danglingIn({ ...stack, Resources: {} })).toContain('LookupFunction,Arn')
  })

  test('begins with this instance, and keeps the key out of sight', () => {
    const { InstanceArn, CrmUrl, ApiKey } = stack.Parameters
    expect(InstanceArn).toMatchObject({ Default: instance_arn })
    expect(CrmUrl).toMatchObject({ Default: url })
    expect(ApiKey).toMatchObject({ NoEcho: true, Default: '' })
    expect(instance_arn).toMatch(new RegExp(InstanceArn!['AllowedPattern'] as string))
    const isAddress = new RegExp(CrmUrl!['AllowedPattern'] as string)
    for (const good of ['https://crm.example', 'https://crm.example/crm']) expect(good).toMatch(isAddress)
    for (const bad of ['http://crm.example', 'https://crm.example/']) expect(bad).not.toMatch(isAddress)
  })

  test('carries the Lambda and the flow as they are downloaded, and fits into one request', () => {
    const { LookupFunction, Flow } = stack.Resources
    expect(LookupFunction!.Properties['Code']).toEqual({ ZipFile: files.lambda })
    expect(Flow!.Properties['Content']).toEqual({ 'Fn::Sub': files.flow })
    expect(Buffer.byteLength(files.stack)).toBeLessThan(51_200)
  })

  test('gives the flow less time than the Lambda has, and the Lambda more than it takes', () => {
    const flow = JSON.parse(files.flow) as Flow
    const limit = Number(flow.Actions[0]!.Parameters['InvocationTimeLimitSeconds'])
    expect(limit).toBeLessThanOrEqual(8)
    expect(stack.Resources['LookupFunction']!.Properties['Timeout']).toBeGreaterThan(limit)
  })
})

test('the Lambda is a CommonJS module that loads nothing but the SDK of the runtime', () => {
  expect(files.lambda).not.toMatch(/^\s*(import|export)\b/m)
  expect(Array.from(files.lambda.matchAll(/\brequire\('(.+?)'\)/g), ([, name]) => name)).toEqual([
    '@aws-sdk/client-secrets-manager',
  ])
})

describe('the flow', () => {
  let flow: Flow
  beforeAll(() => {
    flow = JSON.parse(files.flow)
  })
  const waysOf = ({ Transitions: { NextAction, Errors = [], Conditions = [] } }: Action) =>
    [NextAction, ...[...Errors, ...Conditions].map((way) => way.NextAction)].filter((way) => way !== undefined)
  const named = (name: string) => flow.Actions.find(({ Identifier }) => Identifier === name)

  test('leads everywhere, and nowhere else', () => {
    const reached = new Set<string>()
    const follow = (name: string): void => {
      if (reached.has(name)) return
      reached.add(name)
      expect(named(name), name).toBeDefined()
      for (const way of waysOf(named(name)!)) follow(way)
    }
    follow(flow.StartAction)
    const all = flow.Actions.map(({ Identifier }) => Identifier)
    expect([...reached].sort()).toEqual([...all].sort())
    expect(new Set(all).size).toBe(all.length)
    expect(Object.keys(flow.Metadata.ActionMetadata).sort()).toEqual([...all].sort())
  })

  /** What Amazon Connect refuses to publish without. */
  const needed: Record<string, string[]> = {
    InvokeLambdaFunction: ['NoMatchingError'],
    Compare: ['NoMatchingCondition'],
    UpdateContactAttributes: ['NoMatchingError'],
    UpdateContactTargetQueue: ['NoMatchingError'],
    TransferContactToQueue: ['NoMatchingError', 'QueueAtCapacity'],
    DisconnectParticipant: [],
  }

  test('has a way out of every failure, and whatever fails the caller gets to the queue', () => {
    for (const { Type, Transitions } of flow.Actions) {
      const handled = (Transitions.Errors ?? []).map(({ ErrorType }) => ErrorType)
      expect(new Set(handled), Type).toEqual(new Set(needed[Type]))
    }
    for (const name of ['lookup', 'is-found', 'keep-case', 'keep-unknown', 'keep-unreachable'])
      for (const way of waysOf(named(name)!)) expect(waysOf(named(way)!).length, name).toBeGreaterThan(0)
  })

  test('keeps neither name nor treatment with the contact, and takes only what the Lambda gives', () => {
    const kept = flow.Actions.flatMap(({ Parameters }) => Object.entries(Parameters['Attributes'] ?? {}))
    expect([...new Set(kept.map(([name]) => name))].sort()).toEqual(['crm_case_id', 'crm_found', 'crm_url'])
    const used = files.flow.matchAll(/\$\.External\.(\w+)/g)
    for (const [, name] of used) expect(files.lambda).toContain(`'${name}'`)
  })
})
