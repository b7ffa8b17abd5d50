import { STATUS_CODES } from 'node:http'
import { api } from '@clinicacrm/contract/api.ts'
import type { Endpoint, Example } from '@clinicacrm/contract/endpoint.ts'
import { exampleOrigin } from '@clinicacrm/contract/lookup-examples.ts'
import { type Permission, rolesWith, type Scope, scopeNames, scopes } from '@clinicacrm/contract/permissions.ts'
import type { z } from 'zod'
import { about, eitherKey, idempotencyKey, metrics, securitySchemes, session, tags } from './openapi-about.ts'
import { refusalComponents, refusalsOf } from './openapi-refusals.ts'
import { type Json, type Schemas, createSchemas, json } from './openapi-schemas.ts'

type Examples = NonNullable<Endpoint['examples']>

/** The contract as OpenAPI 3.1. Links in the examples begin with `publicUrl`, as those of real answers do. */
export function openapiDocument({ publicUrl }: { publicUrl: string }): object {
  const schemas = createSchemas()
  const paths: Record<string, Json> = {}
  for (const endpoint of api) {
    const path = endpoint.path.replaceAll(/:(\w+)/g, '{$1}')
    paths[path] = { ...paths[path], [endpoint.method.toLowerCase()]: operation(endpoint, schemas) }
  }
  const shared = refusalComponents()
  const document = {
    openapi: '3.1.0',
    info: about,
    servers: [{ url: publicUrl, description: 'This installation' }],
    tags: Object.entries(tags).map(([name, description]) => ({ name, description })),
    paths: { ...paths, '/api/metrics': { get: metrics } },
    components: {
      ...shared,
      schemas: { ...schemas.components, ...shared.schemas },
      parameters: { IdempotencyKey: idempotencyKey },
      securitySchemes,
    },
  }
  return JSON.parse(JSON.stringify(document).replaceAll(exampleOrigin, publicUrl)) as object
}

function operation(endpoint: Endpoint, schemas: Schemas): Json {
  const { name, tag, summary, body, examples = {} } = endpoint
  return {
    operationId: name,
    tags: [tag],
    summary,
    description: [endpoint.description, whoMay(endpoint.needs)].filter(Boolean).join('\n\n'),
    security: securityOf(endpoint.needs),
    parameters: parameters(endpoint, schemas),
    ...(body && { requestBody: requestBody(schemas.input(body), examples.body) }),
    responses: responses(endpoint, schemas),
  }
}

/** A body whose every field has a default may be left out. */
function requestBody(schema: Json, examples: Record<string, Example> | undefined): Json {
  const required = Object.values(schema.properties ?? {}).some((field) => !('default' in (field as Json)))
  return { required, content: json(schema, examples) }
}

function securityOf(needs: Endpoint['needs']) {
  if (needs === 'public') return []
  if (needs === 'signed_in') return session
  return scopesWith(needs).length ? [...eitherKey, ...session] : session
}

function whoMay(needs: Endpoint['needs']) {
  if (needs === 'public') return 'Open to everybody: no API key.'
  if (needs === 'signed_in') return 'Whoever is signed in; no API key.'
  const granting = scopesWith(needs)
  const roles = `A person whose role is ${either(rolesWith[needs])}.`
  if (!granting.length) return `${roles} No API key.`
  return `API key with the scope ${either(granting)}. ${roles}`
}

const scopesWith = (permission: Permission) =>
  scopeNames.filter((scope: Scope) => (scopes[scope] as readonly Permission[]).includes(permission))

const either = (names: readonly string[]) => names.map((name) => `\`${name}\``).join(' or ')

function parameters({ params, query, examples = {}, idempotent }: Endpoint, schemas: Schemas): Json[] {
  return [
    ...parametersIn('path', params, schemas, examples),
    ...parametersIn('query', query, schemas, examples),
    ...(idempotent ? [{ $ref: '#/components/parameters/IdempotencyKey' }] : []),
  ]
}

function parametersIn(
  place: 'path' | 'query',
  schema: z.ZodType | undefined,
  schemas: Schemas,
  examples: Examples,
): Json[] {
  if (!schema) return []
  const { properties = {}, required = [] } = schemas.input(schema) as { properties?: Json; required?: string[] }
  return Object.entries(properties).map(([name, described]) => {
    const { description, ...rest } = described as Json
    const shown = examples[`?${name}`]
    return {
      name,
      in: place,
      required: required.includes(name),
      ...(description ? { description } : undefined),
      schema: rest,
      ...(shown && { examples: shown }),
    }
  })
}

/** Successes, other answers and refusals; where two share a status, either may come. */
function responses(endpoint: Endpoint, schemas: Schemas): Json {
  const { status = 200, reply, otherReplies = {} } = endpoint
  const all = refusalsOf(endpoint)
  const answers = { ...otherReplies, [status]: { description: STATUS_CODES[status]!, schema: reply } }
  for (const [code, { description, schema }] of Object.entries(answers)) {
    const refusal = all[code] ? [{ $ref: '#/components/schemas/Error' }] : []
    all[code] = { description, ...(code !== '204' && { content: content(endpoint, code, schema, refusal, schemas) }) }
  }
  return all
}

function content(
  { otherShapes = {}, examples = {} }: Endpoint,
  status: string,
  schema: z.ZodType,
  refusal: Json[],
  schemas: Schemas,
) {
  const other = otherShapes[status]
  const plain = otherShapes[`${status} text/plain`]
  const either = [schemas.output(schema), ...(other ? alternatives(schemas.output(other)) : []), ...refusal]
  return {
    ...json(either.length > 1 ? { anyOf: either } : either[0]!, examples[status]),
    ...(plain && { 'text/plain': { schema: schemas.output(plain), examples: examples[`${status} text/plain`] } }),
  }
}

const alternatives = (schema: Json) => (schema.anyOf as Json[] | undefined) ?? [schema]
