import type { z } from 'zod'
import type { ErrorCode } from './errors.ts'
import type { Permission } from './permissions.ts'

/** For the documentation: one value, and what it is an example of. */
export type Example = { summary: string; value: unknown }

/**
 * One HTTP call, declared once: the server serves this value, clients call it, OpenAPI is printed from it.
 * `needs` has no default on purpose: an endpoint that does not say who may call it does not compile.
 */
export type Endpoint<
  Params extends z.ZodType = z.ZodType,
  Query extends z.ZodType = z.ZodType,
  Body extends z.ZodType = z.ZodType,
  Reply extends z.ZodType = z.ZodType,
  Needs extends Permission | 'public' | 'signed_in' = Permission | 'public' | 'signed_in',
> = {
  name: string
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  /** Fastify's notation, e.g. `/api/cases/:id`. */
  path: `/api/${string}`
  /** `signed_in`: any person with a session, whatever their role; an API key is never one. */
  needs: Needs
  tag: string
  summary: string
  description?: string
  params?: Params
  query?: Query
  body?: Body
  reply: Reply
  /** Status of the usual success; 200 unless said. */
  status?: 200 | 201 | 204
  /** Other answers that are not errors, by status (a lookup's 404). */
  otherReplies?: Record<number, { description: string; schema: z.ZodType }>
  /** Refusals of its own, beside those every endpoint shares. */
  errors?: ErrorCode[]
  /** A field whose absence or wrong type has a refusal of its own. */
  refusals?: Record<string, { code: ErrorCode; message: string }>
  /** For the documentation: shapes besides the usual one, by status (`200`) or status and type (`200 text/plain`). */
  otherShapes?: Record<string, z.ZodType>
  /** For the documentation: examples of the `body`, of a parameter (`?phone`) or of an answer, named as above. */
  examples?: Record<string, Record<string, Example>>
  /** Honours `Idempotency-Key`: the first answer is kept for a day and given again. */
  idempotent?: true
}

export function endpoint<
  Params extends z.ZodType = z.ZodUndefined,
  Query extends z.ZodType = z.ZodUndefined,
  Body extends z.ZodType = z.ZodUndefined,
  Reply extends z.ZodType = z.ZodType,
  const Needs extends Endpoint['needs'] = Endpoint['needs'],
>(description: Endpoint<Params, Query, Body, Reply, Needs>): Endpoint<Params, Query, Body, Reply, Needs> {
  return description
}
