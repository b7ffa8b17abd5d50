import { createServer, type IncomingMessage, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { getCase, listCases, saveCase } from '@clinicacrm/contract/cases.ts'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { ApiError, call, onSignedOut } from './api.ts'
import { preloaded } from './preloaded.ts'

type Answer = { status?: number; type?: string; body?: string; hangs?: boolean }
let server: Server
let asked: { method: string; url: string; headers: IncomingMessage['headers']; body: string }
let answer: Answer = {}

beforeAll(async () => {
  server = createServer((request, response) => {
    let body = ''
    request.on('data', (chunk: Buffer) => (body += chunk.toString()))
    request.on('end', () => {
      asked = { method: request.method!, url: request.url!, headers: request.headers, body }
      if (answer.hangs) {
        response.destroy()
        return
      }
      response.writeHead(answer.status ?? 200, { 'content-type': answer.type ?? 'application/json' })
      response.end(answer.body ?? '{}')
    })
  })
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve))
  preloaded.base_path = `http://127.0.0.1:${(server.address() as AddressInfo).port}/crm`
})
afterAll(() => server.close())
beforeEach(() => (answer = {}))

const refused = (work: Promise<unknown>) =>
  work.then(
    () => expect.unreachable(),
    (error: unknown) => error as ApiError,
  )

test('a call fills the path, repeats lists, leaves out what is not said, and says who it is', async () => {
  await call(listCases, { query: { status: ['NUOVO', 'IN_CORSO'], search: 'à & b', cursor: undefined } })
  expect(asked.url).toBe('/crm/api/cases?status=NUOVO&status=IN_CORSO&search=%C3%A0+%26+b')
  expect(asked.headers).toMatchObject({ 'x-clinicacrm': '1', accept: 'application/json' })
  expect(asked.headers['content-type']).toBeUndefined()

  await call(saveCase, { params: { id: '9/../8' }, body: { version: 1 } }, { headers: { 'idempotency-key': 'k' } })
  expect(asked).toMatchObject({ method: 'PATCH', url: '/crm/api/cases/9%2F..%2F8', body: '{"version":1}' })
  expect(asked.headers).toMatchObject({ 'content-type': 'application/json', 'idempotency-key': 'k' })
})

test('a refusal is thrown with its code, sentence, fields and details', async () => {
  const fields = [{ field: 'email', message: 'must be an e-mail address' }]
  answer = {
    status: 409,
    body: JSON.stringify({
      error: 'Case changed',
      message: 'Somebody…',
      code: 'case_changed',
      fields,
      current: { id: '9' },
    }),
  }
  const error = await refused(call(getCase, { params: { id: '9' } }))
  expect(error).toBeInstanceOf(ApiError)
  expect(error).toMatchObject({
    status: 409,
    code: 'case_changed',
    message: 'Somebody…',
    fields,
    details: { current: { id: '9' } },
  })
})

test('no answer, and a gateway that gives up in words of its own, are both "offline"', async () => {
  answer = { hangs: true }
  expect(await refused(call(getCase, { params: { id: '9' } }))).toMatchObject({ status: 0, code: 'offline' })
  answer = { status: 502, type: 'text/html', body: '<h1>Bad gateway</h1>' }
  expect(await refused(call(getCase, { params: { id: '9' } }))).toMatchObject({ status: 502, code: 'offline' })
})

test('whoever asks is told when the session is over, and not when a password is wrong', async () => {
  let times = 0
  const stop = onSignedOut(() => (times += 1))
  answer = { status: 401, body: '{"error":"Unauthorized"}' }
  expect(await refused(call(getCase, { params: { id: '9' } }))).toMatchObject({ status: 401, code: 'unauthorized' })
  answer = { status: 401, body: '{"error":"Wrong credentials","code":"wrong_credentials"}' }
  await refused(call(getCase, { params: { id: '9' } }))
  stop()
  answer = { status: 401, body: '{"error":"Unauthorized"}' }
  await refused(call(getCase, { params: { id: '9' } }))
  expect(times).toBe(1)
})

test('a call that nobody waits for any more is aborted, not offline', async () => {
  const leaving = new AbortController()
  leaving.abort()
  expect((await refused(call(getCase, { params: { id: '9' } }, { signal: leaving.signal }))).name).toBe('AbortError')
})

test('an answer without a body is undefined', async () => {
  answer = { status: 204, body: '' }
  expect(await call(getCase, { params: { id: '9' } })).toBeUndefined()
})
