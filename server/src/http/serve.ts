import type { Endpoint } from '@clinicacrm/contract/endpoint.ts'
import type { FastifyInstance, FastifyReply, FastifyRequest, HTTPMethods } from 'fastify'
import type { z } from 'zod'
import { AppError, type WrongField, wrongFields } from '../app-error.ts'
import type { Db } from '../db/client.ts'
import { Answer } from './answer.ts'
import type { Caller, Person } from './caller.ts'
import type { Doorman } from './doorman.ts'
import { once } from './idempotency.ts'

/** What features register their endpoints on. */
export type App = {
  fastify: FastifyInstance
  db: Db
  doorman: Doorman
  /** By path. */
  declared: Map<string, Pick<Endpoint, 'method' | 'needs'>[]>
}

declare module 'fastify' {
  interface FastifyRequest {
    /** By `performance.now()`. */
    startedAt: number
    caller: Caller | null
  }
}

type Input<E extends Endpoint> = {
  params: z.output<NonNullable<E['params']>>
  query: z.output<NonNullable<E['query']>>
  body: z.output<NonNullable<E['body']>>
  /** The database, or the transaction that an `Idempotency-Key` opened. */
  db: Db
}
type CallerOf<Needs> = Needs extends 'public' ? null : Needs extends 'signed_in' ? Person : Caller
type Handler<E extends Endpoint> = (
  input: Input<E>,
  caller: CallerOf<E['needs']>,
  request: FastifyRequest,
) => Promise<z.input<E['reply']> | Answer> | z.input<E['reply']> | Answer

/** Turns a declared endpoint into a route: who are you, may you, what do you ask, in this order. */
export function serve<E extends Endpoint>(
  app: App,
  endpoint: E,
  handler: Handler<E>,
  options: { bodyLimit?: number } = {},
) {
  app.declared.set(endpoint.path, [...(app.declared.get(endpoint.path) ?? []), endpoint])
  app.fastify.route({
    method: endpoint.method,
    url: endpoint.path,
    ...options,
    onRequest: app.doorman.admit(endpoint.needs),
    handler: (request, reply) => answer(app, endpoint, handler, request, reply),
  })
}

async function answer<E extends Endpoint>(
  app: App,
  endpoint: E,
  handler: Handler<E>,
  request: FastifyRequest,
  reply: FastifyReply,
) {
  const input = read(endpoint, request)
  const run = (db: Db) => handler({ ...input, db } as Input<E>, request.caller as never, request)
  const key = endpoint.idempotent && request.headers['idempotency-key']
  const result =
    typeof key === 'string' && request.caller
      ? await once(
          app.db,
          { key, actor: request.caller.actor, question: [endpoint.name, input], status: endpoint.status ?? 200 },
          run,
        )
      : await run(app.db)
  if (!(result instanceof Answer)) return reply.code(endpoint.status ?? 200).send(result)
  if (result.contentType) reply.type(result.contentType)
  if (result.cookies.length) reply.header('set-cookie', result.cookies)
  return reply.code(result.status).headers(result.headers).send(result.body)
}

function read(endpoint: Endpoint, request: FastifyRequest) {
  const params = endpoint.params?.safeParse(request.params)
  // An id that cannot be one belongs to nothing: not found, like any other id that is not there.
  if (params && !params.success) throw new AppError('not_found', 'There is nothing with this id.')
  return {
    params: params?.data,
    query: parse(endpoint, endpoint.query, request.query),
    body: parse(endpoint, endpoint.body, request.body ?? {}),
  }
}

function parse(endpoint: Endpoint, schema: z.ZodType | undefined, value: unknown) {
  if (!schema) return undefined
  const parsed = schema.safeParse(value)
  if (parsed.success) return parsed.data
  const { issues } = parsed.error
  for (const issue of issues) {
    const refusal = endpoint.refusals?.[String(issue.path[0])]
    if (refusal) throw new AppError(refusal.code, refusal.message)
  }
  throw wrongFields(...issues.flatMap(named))
}

/** One line for each wrong field, by its name. */
function named(issue: z.core.$ZodIssue): WrongField[] {
  if (issue.code === 'unrecognized_keys') return issue.keys.map((field) => ({ field, message: 'unknown field' }))
  return [{ field: issue.path.join('.') || 'body', message: issue.message.replace(/^Invalid input: /, '') }]
}

/** Every other method of a declared path is 405 with `Allow`, but only for who may ask at all. */
export function refuseOtherMethods(app: App) {
  const methods: HTTPMethods[] = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'HEAD']
  for (const [url, endpoints] of app.declared) {
    const served = new Set<string>(endpoints.map(({ method }) => method))
    if (served.has('GET')) served.add('HEAD')
    const allow = methods.filter((method) => served.has(method)).join(', ')
    const refuse = async () => {
      throw new AppError('method_not_allowed', `This address answers ${allow}.`, {}, { allow })
    }
    const isOpen = endpoints.some((endpoint) => endpoint.needs === 'public')
    const method = methods.filter((name) => !served.has(name))
    // Refused before the body is read, whatever it holds.
    app.fastify.route({ method, url, onRequest: isOpen ? refuse : [app.doorman.admit('any'), refuse], handler: refuse })
  }
}
