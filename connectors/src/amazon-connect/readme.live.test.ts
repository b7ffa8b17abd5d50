import { chmod, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import { type Administrator, openAdministrator } from '../../testing/administrator.ts'
import { openLambda } from '../../testing/lambda.ts'
import { blocksIn, runInShell } from '../../testing/readme-blocks.ts'

const { url, key } = inject('crm')
const readme = await readFile(path.join(import.meta.dirname, 'README.md'), 'utf8')
const blocks = blocksIn(readme)
const [creates, fills, invoked, answered, tells] = blocks.map(({ text }) => text)
const arns = {
  LAMBDA_ARN: 'arn:aws:lambda:eu-central-1:123456789012:function:clinicacrm',
  QUEUE_ARN: 'arn:aws:connect:eu-central-1:123456789012:instance/i/queue/q',
}

let owner: Administrator
let folder: string
const download = async (file: string) => String(await owner.download('amazon-connect', file))

beforeAll(async () => {
  owner = await openAdministrator()
  folder = await mkdtemp(path.join(tmpdir(), 'amazon-connect-'))
})
afterAll(() => rm(folder, { recursive: true, force: true }))

test('every block is one of these', () => {
  expect(blocks.map(({ language }) => language)).toEqual(['bash', 'bash', 'json', 'json', 'bash'])
})

test('the command makes a stack of the file, with parameters that it has', async () => {
  // Stands in for Amazon's command line, which would need an account: it says what it was given.
  const aws = path.join(folder, 'aws')
  await writeFile(aws, '#!/bin/sh\nfor one in "$@"; do printf "%s\\n" "$one"; done\n')
  await chmod(aws, 0o755)
  const command = `PATH=${folder}:$PATH\ncd ${folder}\n${creates!}`
  const given = (await runInShell(command, { ...arns, KEY: key })).trim().split('\n')
  const { Parameters, Resources } = JSON.parse(await download('clinicacrm-connect.template.json'))
  const named = given.filter((one) => one.startsWith('ParameterKey=')).map((one) => /=(\w+),/.exec(one)![1]!)
  expect(named).toEqual(['ApiKey', 'QueueArn'])
  for (const name of named) expect(Parameters).toHaveProperty(name)
  expect(given).toContain('file://clinicacrm-connect.template.json')
  // Roles without names of their own need no more than this.
  expect(given).toContain('CAPABILITY_IAM')
  expect(JSON.stringify(Resources)).not.toContain('RoleName')
  for (const [, name] of readme.matchAll(/^ {3}Parameters: .*$/gm).flatMap(([line]) => line.matchAll(/`([A-Z]\w+)`/g)))
    expect(Parameters).toHaveProperty(name!)
})

test('the flow is filled in with two addresses of Amazon', async () => {
  await writeFile(path.join(folder, 'clinicacrm-flow.json'), await download('clinicacrm-flow.json'))
  await runInShell(`cd ${folder}\n${fills}`, arns)
  const flow = await readFile(path.join(folder, 'flow.json'), 'utf8')
  const { Actions } = JSON.parse(flow) as { Actions: { Parameters: Record<string, unknown> }[] }
  expect(Actions[0]!.Parameters).toMatchObject({ LambdaFunctionARN: arns.LAMBDA_ARN })
  expect(Actions.some(({ Parameters }) => Parameters['QueueId'] === arns.QUEUE_ARN)).toBe(true)
  expect(flow).not.toContain('${')
})

test('the Lambda answers the test event as shown', async () => {
  const lambda = await openLambda(await download('clinicacrm-lookup.cjs'), { CLINICACRM_API_KEY: key })
  const { result } = await lambda.invoke(JSON.parse(invoked!))
  await lambda.close()
  expect(result).toEqual(JSON.parse(answered!.replace('https://crm.example', url)))
})

test('an event is taken as shown', async () => {
  expect(JSON.parse(await runInShell(tells!, { URL: url, KEY: key }))).toEqual({})
  const { calls } = await owner.ask<{ calls: object[] }>('GET', '/api/calls?provider=amazon-connect&limit=200')
  expect(calls).toContainEqual(expect.objectContaining({ call_id: 'readme-1', state: 'ringing', case_id: '9' }))
})

test('says of every trouble what the Lambda answers', async () => {
  const lambda = await download('clinicacrm-lookup.cjs')
  const errors = new Set(readme.matchAll(/`error: (\w+)`/g).map(([, error]) => error!))
  expect(errors).toEqual(new Set(['unreachable', 'timeout', 'unavailable', 'key_refused', 'over_limit', 'no_key']))
  for (const error of errors) expect(lambda).toContain(`'${error}'`)
})
