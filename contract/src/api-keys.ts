import { z } from 'zod'
import { endpoint } from './endpoint.ts'
import { id, instant, instantInput, requiredText, text } from './fields.ts'
import { disclosureProfiles, scopeNames } from './permissions.ts'

const maxListed = 200

const ipRange = z.union([z.ipv4(), z.ipv6(), z.cidrv4(), z.cidrv6()], {
  error: 'must be an address or a range such as 203.0.113.0/24',
})

export const apiKeyFields = z.strictObject({
  name: requiredText(200),
  description: text(1000).nullable(),
  scopes: z.array(z.enum(scopeNames)).min(1, 'must name at least one scope').max(maxListed),
  profile: z.enum(disclosureProfiles).meta({
    description: 'What a lookup tells this key: `full` (the guide’s shape), `greeting`, `minimal` (id and URL).',
  }),
  clinics: z
    .array(requiredText(200))
    .min(1)
    .max(maxListed)
    .nullable()
    .meta({ description: 'Clinic names; null means all.' }),
  ip_ranges: z
    .array(ipRange)
    .min(1)
    .max(maxListed)
    .nullable()
    .meta({ description: 'Where calls may come from; null: anywhere.' }),
  expires_at: instantInput.nullable(),
  limit_per_minute: z.int().min(1).max(1_000_000),
  active: z.boolean(),
  sandbox: z.boolean().meta({
    description:
      'Answers from made-up people only (the guide’s two numbers among them), and keeps nothing. Decided when it is made.',
  }),
})
export type ApiKeyFields = z.infer<typeof apiKeyFields>

export const apiKeyView = apiKeyFields
  .extend({
    id,
    hint: z.string().meta({ description: 'Enough of the key to recognise it, never enough to use it.' }),
    ip_ranges: z.array(z.string()).nullable(),
    expires_at: instant.nullable(),
    last_used_at: instant.nullable(),
    requests: z.int().meta({ description: 'Requests in the last 24 hours.' }),
    sparkline: z.array(z.int()).meta({ description: 'Requests of each of the last 24 hours, oldest first.' }),
    previous_valid_until: instant.nullable().meta({ description: 'End of the overlap after a rotation.' }),
    revoked_at: instant.nullable(),
    created_at: instant,
  })
  .meta({ id: 'ApiKey' })
export type ApiKeyView = z.infer<typeof apiKeyView>

const shownOnce = apiKeyView
  .extend({ key: z.string().meta({ description: 'The key itself. Shown this once.' }) })
  .meta({ id: 'NewApiKey' })

export const listApiKeys = endpoint({
  name: 'listApiKeys',
  method: 'GET',
  path: '/api/api-keys',
  needs: 'keys:manage',
  tag: 'API keys',
  summary: 'The API keys, without their secrets',
  reply: z.object({ api_keys: z.array(apiKeyView) }),
})

export const createApiKey = endpoint({
  name: 'createApiKey',
  method: 'POST',
  path: '/api/api-keys',
  needs: 'keys:manage',
  tag: 'API keys',
  summary: 'Create a key; never with more rights than the key that asks',
  body: apiKeyFields.partial().required({ name: true, scopes: true }),
  examples: {
    body: {
      contact_centre: {
        summary: 'For a contact centre’s lookups',
        value: { name: 'Genesys Cloud', scopes: ['lookup:read'], limit_per_minute: 1000 },
      },
    },
  },
  reply: shownOnce,
  status: 201,
})

export const saveApiKey = endpoint({
  name: 'saveApiKey',
  method: 'PATCH',
  path: '/api/api-keys/:id',
  needs: 'keys:manage',
  tag: 'API keys',
  summary: 'Change a key; in force everywhere within 5 seconds',
  params: z.object({ id }),
  body: apiKeyFields.omit({ sandbox: true }).partial(),
  examples: { body: { paused: { summary: 'Stop it for now', value: { active: false } } } },
  reply: apiKeyView,
  errors: ['not_found'],
})

export const rotateApiKey = endpoint({
  name: 'rotateApiKey',
  method: 'POST',
  path: '/api/api-keys/:id/rotate',
  needs: 'keys:manage',
  tag: 'API keys',
  summary: 'Give a key a new secret; the old one works until the overlap ends',
  params: z.object({ id }),
  body: z.strictObject({
    overlap_hours: z.number().min(0).max(168).default(24).meta({ description: 'How long the old secret still works.' }),
  }),
  reply: shownOnce,
  errors: ['not_found'],
})

export const revokeApiKey = endpoint({
  name: 'revokeApiKey',
  method: 'DELETE',
  path: '/api/api-keys/:id',
  needs: 'keys:manage',
  tag: 'API keys',
  summary: 'Revoke a key for good; dead everywhere within 5 seconds',
  params: z.object({ id }),
  reply: z.void(),
  status: 204,
  errors: ['not_found'],
})

export const getKeyUsage = endpoint({
  name: 'getKeyUsage',
  method: 'GET',
  path: '/api/api-keys/:id/usage',
  needs: 'keys:manage',
  tag: 'API keys',
  summary: 'Requests of a key over time',
  params: z.object({ id }),
  query: z.strictObject({ span: z.enum(['hour', 'day', 'week', 'month']).default('day') }),
  reply: z.object({
    bucket_minutes: z.int(),
    buckets: z.array(z.object({ at: instant, requests: z.int(), refused: z.int() })),
  }),
  errors: ['not_found'],
})
