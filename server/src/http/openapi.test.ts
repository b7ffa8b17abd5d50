import { api } from '@clinicacrm/contract/api.ts'
import type { Endpoint } from '@clinicacrm/contract/endpoint.ts'
import { errors } from '@clinicacrm/contract/errors.ts'
import { lookupByBody, lookupByQuery, lookupFound, lookupNotFound } from '@clinicacrm/contract/lookup.ts'
import { permissionsOf, scopeNames } from '@clinicacrm/contract/permissions.ts'
import { expect, test } from 'vitest'
import type { z } from 'zod'
import { openapiDocument } from './openapi.ts'

type Media = { schema: object; examples?: Record<string, { summary: string; value: unknown }> }
type Response = { $ref?: string; content?: Record<string, Media>; headers?: object }
type Parameter = { $ref?: string; name: string; in: string; required: boolean }
type Operation = {
  operationId: string
  tags: string[]
  security: object[]
  description: string
  parameters: Parameter[]
  requestBody?: { content: Record<string, Media> }
  responses: Record<string, Response>
}
type Document = {
  servers: { url: string }[]
  tags: { name: string }[]
  paths: Record<string, Record<string, Operation>>
  components: Record<string, Record<string, Response>>
}

const document = openapiDocument({ publicUrl: 'https://crm.clinic.test' }) as Document
const operations = Object.entries(document.paths).flatMap(([path, methods]) =>
  Object.entries(methods).map(([method, operation]) => ({ path, method, operation })),
)
const operationOf = (name: string) => operations.find(({ operation }) => operation.operationId === name)!.operation
const responseOf = (name: string, status: number): Response => {
  const response = operationOf(name).responses[status]!
  return response.$ref ? document.components.responses![response.$ref.split('/').at(-1)!]! : response
}
const examplesOf = (name: string, status: number, type = 'application/json') =>
  responseOf(name, status).content![type]!.examples!

test('every endpoint of the contract is described under its own name, and the metrics beside them', () => {
  const described = operations.map(({ path, method, operation }) => `${method} ${path} ${operation.operationId}`)
  const declared = api.map(
    ({ path, method, name }) => `${method.toLowerCase()} ${path.replaceAll(/:(\w+)/g, '{$1}')} ${name}`,
  )
  expect(described.toSorted()).toEqual([...declared, 'get /api/metrics metrics'].toSorted())
  expect(new Set(operations.map(({ operation }) => operation.operationId)).size).toBe(operations.length)
})

test('every parameter of a path is declared, and every tag has a description', () => {
  const tags = document.tags.map(({ name }) => name)
  for (const { path, operation } of operations) {
    const declared = (operation.parameters ?? []).filter((parameter) => parameter.in === 'path')
    const named = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name)
    expect(
      declared.map(({ name }) => name),
      path,
    ).toEqual(named)
    expect(
      declared.every(({ required }) => required),
      path,
    ).toBe(true)
    expect(tags, path).toEqual(expect.arrayContaining(operation.tags))
  }
})

test('no reference dangles and none but components are referred to', () => {
  const text = JSON.stringify(document)
  const references = new Set([...text.matchAll(/"\$ref":"([^"]+)"/g)].map(([, reference]) => reference!))
  expect(references.size).toBeGreaterThan(20)
  for (const reference of references) {
    const [root, components, kind, name] = reference.split('/')
    expect([root, components], reference).toEqual(['#', 'components'])
    expect(document.components[kind!]?.[name!], reference).toBeDefined()
  }
  expect(text).not.toContain('$defs')
})

test('who may call is said, and only what is public goes without a key or a session', () => {
  const [keys, session] = [[{ apiKey: [] }, { bearer: [] }], { session: [] }]
  const expected = (needs: Endpoint['needs']) => {
    if (needs === 'public') return { security: [], says: 'Open to everybody: no API key.' }
    if (needs === 'signed_in') return { security: [session], says: 'Whoever is signed in; no API key.' }
    return scopeNames.some((scope) => permissionsOf([scope]).has(needs))
      ? { security: [...keys, session], says: 'API key with the scope `' }
      : { security: [session], says: 'No API key.' }
  }
  for (const { name, needs } of api) {
    const { security, description } = operationOf(name)
    const { says, ...rest } = expected(needs)
    expect({ security }, name).toEqual(rest)
    expect(description, name).toContain(says)
  }
  expect(operationOf('listCases').description).toContain('API key with the scope `cases:read` or `cases:write`.')
  expect(operationOf('deleteCase').description).toContain(
    'A person whose role is `team_lead` or `clinic_admin` or `owner`.',
  )
})

test('every refusal that an endpoint declares has its status', () => {
  for (const endpoint of api) {
    const described = Object.keys(operationOf(endpoint.name).responses)
    const expected = (endpoint.errors ?? []).map((code) => String(errors[code].status))
    if (endpoint.needs !== 'public') expected.push('401', '403', '429')
    if (endpoint.body) expected.push('413', '415')
    if (endpoint.idempotent) expected.push('422')
    expect(described, endpoint.name).toEqual(expect.arrayContaining(['400', '503', ...expected]))
  }
})

test('an Idempotency-Key is offered where it is honoured', () => {
  const offering = api.filter(({ name }) => JSON.stringify(operationOf(name).parameters).includes('IdempotencyKey'))
  expect(offering).toEqual(api.filter(({ idempotent }) => idempotent))
})

test('the lookup shows the bodies of the integration guide', () => {
  for (const lookup of ['lookupByQuery', 'lookupByBody']) {
    expect(examplesOf(lookup, 200).found!.value).toMatchObject({
      found: true,
      case_id: '9',
      patient: { name: 'Antonio Dorato', cell_phone: '+39 333 222 4444', email: 'antonio.dorato@email.com' },
      case: { status: 'APPUNTAMENTO', created_at: '2025-07-08T16:57:06.836704+00:00' },
      screen_pop_url: 'https://crm.clinic.test/it/cases/9',
      phone_searched: '+39 06 2222 4444',
    })
    expect(examplesOf(lookup, 404).unknown!.value).toMatchObject({
      found: false,
      message: 'No case found for phone number: +391234567890',
      phone: '+391234567890',
    })
    expect(Object.values(examplesOf(lookup, 401)).map(({ value }) => value)).toEqual([{ error: 'Unauthorized' }])
  }
  expect(examplesOf('lookupByQuery', 400).phone_required!.value).toEqual({
    error: 'Phone number is required',
    message: 'Please provide a phone number in the query parameter: ?phone=+391234567890',
  })
  expect(examplesOf('lookupByQuery', 200, 'text/plain').line!.value).toBe('Antonio Dorato - APPUNTAMENTO')
})

test('every example is one that the contract accepts', () => {
  const schemas: Record<string, z.ZodType> = {
    found: lookupFound,
    unknown_as_200: lookupNotFound,
    unknown: lookupNotFound,
    withheld: lookupNotFound,
    flat: lookupByQuery.otherShapes!['404']!,
  }
  for (const status of [200, 404]) {
    for (const [name, { value }] of Object.entries(examplesOf('lookupByQuery', status))) {
      expect(schemas[name]!.safeParse(value).error, name).toBeUndefined()
    }
  }
  for (const { name, body } of api) {
    const shown = Object.values(operationOf(name).requestBody?.content['application/json']?.examples ?? {})
    for (const { summary, value } of shown) expect(body!.safeParse(value).error, `${name}: ${summary}`).toBeUndefined()
  }
  expect(lookupByBody.examples!.body).toBeDefined()
})

test('links and the server carry the address of this installation', () => {
  expect(document.servers.map(({ url }) => url)).toEqual(['https://crm.clinic.test'])
  expect(JSON.stringify(document)).not.toContain('crm.example')
})
