import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest'
import { type Administrator, openAdministrator } from '../../testing/administrator.ts'
import { openLambda } from '../../testing/lambda.ts'
import { openServer } from '../../testing/slow-crm.ts'

const { url, key } = inject('crm')
/** What the flow waits, the block's limit included: `InvocationTimeLimitSeconds`. */
const flowMs = 6_000
const secretArn = 'arn:aws:secretsmanager:eu-central-1:123456789012:secret:clinicacrm-AbCdEf'
const known = '+393332224444'

let owner: Administrator
let code: string
const closing: (() => Promise<void>)[] = []

beforeAll(async () => {
  owner = await openAdministrator()
  const stack = JSON.parse(String(await owner.download('amazon-connect', 'clinicacrm-connect.template.json')))
  code = stack.Resources.LookupFunction.Properties.Code.ZipFile
})
afterAll(() => Promise.all(closing.map((close) => close())))

const here = (name: string) => readFile(path.join(import.meta.dirname, 'fixtures/flow-events', `${name}.json`), 'utf8')

let contacts = 0
const anotherContact = () => `aaaaaaaa-1111-4000-8000-${String(++contacts).padStart(12, '0')}`

async function eventOf(name: string, from = known, contactId = anotherContact()) {
  return JSON.parse((await here(name)).replaceAll('{{from}}', from).replaceAll('{{contact_id}}', contactId))
}

async function open(environment: Record<string, string> = {}) {
  const lambda = await openLambda(code, { CLINICACRM_URL: url, CLINICACRM_API_KEY: key, ...environment })
  closing.push(lambda.close)
  return async (event: unknown) => {
    const invoked = await lambda.invoke(event)
    // What a flow with STRING_MAP takes, whatever happened.
    for (const value of Object.values(invoked.result)) expect(value).toBeTypeOf('string')
    expect(Buffer.byteLength(JSON.stringify(invoked.result))).toBeLessThan(32 * 1024)
    expect(invoked.ms).toBeLessThan(flowMs)
    expect(invoked.log).not.toContain('Dorato')
    for (const [number] of JSON.stringify(event).matchAll(/\+\d{9,12}/g))
      expect(invoked.log).not.toContain(number.slice(1))
    return invoked
  }
}

async function server(...[answer]: Parameters<typeof openServer>) {
  const { url: at, close } = await openServer(answer)
  closing.push(close)
  return at
}

describe('a call in the flow', () => {
  let ask: Awaited<ReturnType<typeof open>>
  beforeAll(async () => {
    ask = await open()
  })

  test('of somebody known gets the case and the link, and neither name nor treatment', async () => {
    const { result } = await ask(await eventOf('voice'))
    expect(result).toEqual({
      found: 'true',
      case_id: '9',
      screen_pop_url: `${url}/it/cases/9`,
      match_count: expect.stringMatching(/^\d+$/),
      people_count: '1',
    })
  })

  test.each(['voice-without-parameters', 'outbound', 'transfer'])('%s finds the same case', async (name) => {
    expect((await ask(await eventOf(name))).result).toMatchObject({ found: 'true', case_id: '9' })
  })

  test('of several people with one number is found, and says how many cases there are', async () => {
    const { result } = await ask(await eventOf('voice', '+390622224444'))
    expect(result['found']).toBe('true')
    expect(result['people_count']).toBe('2')
  })

  test.each([
    ['voice', '+391234567890', { found: 'false', reason: 'not_found', match_count: '0' }],
    ['anonymous', '', { found: 'false', reason: 'withheld', match_count: '0' }],
    ['chat', '', { found: 'false', reason: 'no_number' }],
  ])('%s “%s” of nobody is everyday life', async (name, from, wanted) => {
    const { result, log } = await ask(await eventOf(name, from))
    expect(result).toEqual(wanted)
    expect(JSON.parse(log)).toMatchObject({ event: 'lookup', found: 'false', reason: wanted.reason })
  })

  test('is kept for the panel, with the number that was called', async () => {
    const contactId = anotherContact()
    await ask(await eventOf('voice', known, contactId))
    const kept = () => fetch(`${url}/api/lookup/amazon-connect/${contactId}`, { headers: { 'x-api-key': key } })
    await expect.poll(async () => (await kept()).status).toBe(200)
  })

  test('without anything of an event does not fail', async () => {
    expect((await ask({})).result).toEqual({ found: 'false', error: 'failed' })
  })
})

describe('a CRM that cannot answer', () => {
  test('is not there', async () => {
    const gone = await openServer(() => undefined)
    await gone.close()
    const { result } = await (await open({ CLINICACRM_URL: gone.url }))(await eventOf('voice'))
    expect(result).toEqual({ found: 'false', error: 'unreachable' })
  })

  test('hung up once: it is asked again', async () => {
    let asked = 0
    const at = await server((request, response) => {
      asked += 1
      if (asked === 1) return void request.socket.destroy()
      response.setHeader('content-type', 'application/json').end('{"found":"true","case_id":"9"}')
    })
    const { result } = await (await open({ CLINICACRM_URL: `${at}/` }))(await eventOf('voice'))
    expect(result).toEqual({ found: 'true', case_id: '9' })
    expect(asked).toBe(2)
  })

  test('takes five seconds', async () => {
    let asked = 0
    const at = await server((_request, response) => {
      asked += 1
      setTimeout(() => response.end('{"found":"true"}'), 5_000).unref()
    })
    const { result, ms } = await (await open({ CLINICACRM_URL: at }))(await eventOf('voice'))
    expect(result).toEqual({ found: 'false', error: 'timeout' })
    expect(ms).toBeLessThan(3_500)
    expect(asked).toBe(1)
  })

  test.each([
    [503, '<html>busy</html>', 'unavailable'],
    [302, '', 'status_302'],
    [404, '<html>no such page</html>', 'status_404'],
    [200, '<html>sign in</html>', 'status_200'],
  ])('answers %i %s', async (status, body, error) => {
    const at = await server((_request, response) => response.writeHead(status, { location: '/elsewhere' }).end(body))
    const { result } = await (await open({ CLINICACRM_URL: at }))(await eventOf('voice'))
    expect(result).toEqual({ found: 'false', error })
  })

  test('answers 404 for nobody, as the guide has it', async () => {
    const at = await server((_request, response) => response.writeHead(404).end('{"found":"false"}'))
    const { result } = await (await open({ CLINICACRM_URL: at }))(await eventOf('voice'))
    expect(result).toEqual({ found: 'false' })
  })
})

describe('the key', () => {
  const made = (more: object = {}) =>
    owner.ask<{ id: string; key: string }>('POST', '/api/api-keys', {
      name: 'Amazon Connect',
      scopes: ['lookup:read'],
      profile: 'greeting',
      ...more,
    })

  test('was revoked', async () => {
    const own = await made()
    const ask = await open({ CLINICACRM_API_KEY: own.key })
    expect((await ask(await eventOf('voice'))).result).toMatchObject({ found: 'true' })
    await owner.ask('DELETE', `/api/api-keys/${own.id}`)
    expect((await ask(await eventOf('voice'))).result).toEqual({ found: 'false', error: 'key_refused' })
  })

  test('is over its limit', async () => {
    const own = await made({ limit_per_minute: 1 })
    const ask = await open({ CLINICACRM_API_KEY: own.key })
    await ask(await eventOf('voice'))
    expect((await ask(await eventOf('voice'))).result).toEqual({ found: 'false', error: 'over_limit' })
  })

  test('is nowhere', async () => {
    const ask = await open({ CLINICACRM_API_KEY: '' })
    expect((await ask(await eventOf('voice'))).result).toEqual({ found: 'false', error: 'no_key' })
  })

  test('comes from Secrets Manager once, and again after it was renewed', async () => {
    const [first, second] = [await made(), await made()]
    const secrets = [first.key, JSON.stringify({ api_key: second.key })]
    const read: unknown[] = []
    const manager = await server((request, response) => {
      request.on('data', (body) => read.push([request.headers['x-amz-target'], JSON.parse(String(body)).SecretId]))
      request.on('end', () => {
        const SecretString = secrets[Math.min(read.length, secrets.length) - 1]
        response.setHeader('content-type', 'application/x-amz-json-1.1').end(JSON.stringify({ SecretString }))
      })
    })
    const ask = await open({
      CLINICACRM_API_KEY: '',
      CLINICACRM_SECRET_ARN: secretArn,
      AWS_ENDPOINT_URL_SECRETS_MANAGER: manager,
      AWS_ACCESS_KEY_ID: 'a',
      AWS_SECRET_ACCESS_KEY: 'b',
    })
    expect((await ask(await eventOf('voice'))).result).toMatchObject({ found: 'true' })
    expect((await ask(await eventOf('voice'))).result).toMatchObject({ found: 'true' })
    expect(read).toEqual([['secretsmanager.GetSecretValue', secretArn]])
    await owner.ask('DELETE', `/api/api-keys/${first.id}`)
    expect((await ask(await eventOf('voice'))).result).toMatchObject({ found: 'true' })
    expect(read).toHaveLength(2)
  })

  test('cannot be read for five seconds: the flow hears so in time', async () => {
    const manager = await server(() => undefined)
    const ask = await open({
      CLINICACRM_API_KEY: '',
      CLINICACRM_SECRET_ARN: secretArn,
      AWS_ENDPOINT_URL_SECRETS_MANAGER: manager,
      AWS_ACCESS_KEY_ID: 'a',
      AWS_SECRET_ACCESS_KEY: 'b',
    })
    expect((await ask(await eventOf('voice'))).result).toEqual({ found: 'false', error: 'no_key' })
  })
})
