import type { Example } from '@clinicacrm/contract/endpoint.ts'
import { z } from 'zod'

export type Json = Record<string, unknown>
export type Schemas = ReturnType<typeof createSchemas>

/** Zod's JSON Schema, where every schema with an id of its own becomes a component. */
export function createSchemas() {
  const components: Json = {}

  /** What a caller sends. */
  const input = (schema: z.ZodType): Json => convert(schema, 'input')
  /** What a caller gets. Open to further fields: a client that refuses them would break with the next version. */
  const output = (schema: z.ZodType): Json => convert(schema, 'output')

  function convert(schema: z.ZodType, io: 'input' | 'output'): Json {
    // Inside an object, a schema with an id is a reference at the top as well as further down.
    const { $defs = {}, properties } = z.toJSONSchema(z.object({ it: schema }), {
      io,
      target: 'draft-2020-12',
      unrepresentable: 'any',
      override: ({ jsonSchema }) => readable(jsonSchema, io),
    })
    Object.assign(components, relinked($defs))
    return relinked(properties!.it as Json)
  }

  return { components, input, output }
}

/** Without what only repeats itself: a format's regular expression, the bounds of every JavaScript integer. */
function readable(schema: z.core.JSONSchema.BaseSchema, io: 'input' | 'output') {
  if (schema.format) delete schema.pattern
  if (schema.minimum === Number.MIN_SAFE_INTEGER) delete schema.minimum
  if (schema.maximum === Number.MAX_SAFE_INTEGER) delete schema.maximum
  if (io === 'output') delete schema.additionalProperties
}

function relinked(schema: Json): Json {
  return JSON.parse(JSON.stringify(schema).replaceAll('"#/$defs/', '"#/components/schemas/')) as Json
}

/** A JSON body, as requests and answers describe it. */
export const json = (schema: Json, examples?: Record<string, Example>): Json => ({
  'application/json': { schema, ...(examples && { examples }) },
})
