import { z } from 'zod'
import { endpoint } from './endpoint.ts'
import { id, instant, locale, requiredText, text } from './fields.ts'

export const identityKinds = ['email', 'extension', 'external_id', 'username'] as const
export type IdentityKind = (typeof identityKinds)[number]

/** How a platform calls one of our people. Without any, the address they sign in with. */
export const identityView = z
  .object({
    id,
    user_id: id,
    user_name: z.string(),
    provider: z.string().meta({ description: 'Empty: whatever platform.' }),
    kind: z.enum(identityKinds),
    value: z.string(),
  })
  .meta({ id: 'AgentIdentity' })
export type IdentityView = z.infer<typeof identityView>

export const listIdentities = endpoint({
  name: 'listIdentities',
  method: 'GET',
  path: '/api/telephony/identities',
  needs: 'telephony:read',
  tag: 'Telephony',
  summary: 'How platforms name our agents, and names nobody has that called lately',
  reply: z.object({
    identities: z.array(identityView),
    people: z.array(z.object({ id, name: z.string() })).meta({ description: 'Who can be named.' }),
    unknown_agents: z.array(z.object({ provider: z.string(), value: z.string(), last_at: instant, count: z.int() })),
  }),
})

export const addIdentity = endpoint({
  name: 'addIdentity',
  method: 'POST',
  path: '/api/telephony/identities',
  needs: 'telephony:write',
  tag: 'Telephony',
  summary: 'Say how a platform names an agent',
  body: z.strictObject({
    user_id: id,
    provider: text(40).default(''),
    kind: z.enum(identityKinds),
    value: requiredText(254),
  }),
  reply: identityView,
  status: 201,
  errors: ['already_exists', 'not_found'],
  idempotent: true,
})

export const removeIdentity = endpoint({
  name: 'removeIdentity',
  method: 'DELETE',
  path: '/api/telephony/identities/:id',
  needs: 'telephony:write',
  tag: 'Telephony',
  summary: 'A platform no longer names an agent so',
  params: z.object({ id }),
  reply: z.null(),
  status: 204,
  errors: ['not_found'],
})

/** A number of ours that people call: it tells clinic, language and where a lead comes from. */
export const dialledNumberFields = z.strictObject({
  number: requiredText(64),
  label: text(200),
  clinic_id: id.nullable(),
  locale: locale.nullable(),
  channel: text(40).nullable(),
  origin: text(200).nullable(),
  campaign: text(200).nullable(),
})
export const dialledNumberView = dialledNumberFields
  .extend({ id, clinic: z.string().nullable(), version: z.int() })
  .meta({ id: 'DialledNumber' })
export type DialledNumberView = z.infer<typeof dialledNumberView>

export const listDialledNumbers = endpoint({
  name: 'listDialledNumbers',
  method: 'GET',
  path: '/api/telephony/numbers',
  needs: 'telephony:read',
  tag: 'Telephony',
  summary: 'Our own numbers',
  reply: z.object({ numbers: z.array(dialledNumberView) }),
})

export const addDialledNumber = endpoint({
  name: 'addDialledNumber',
  method: 'POST',
  path: '/api/telephony/numbers',
  needs: 'telephony:write',
  tag: 'Telephony',
  summary: 'Add a number of ours',
  body: dialledNumberFields.partial().required({ number: true }),
  reply: dialledNumberView,
  status: 201,
  errors: ['already_exists', 'not_found'],
  idempotent: true,
})

export const saveDialledNumber = endpoint({
  name: 'saveDialledNumber',
  method: 'PATCH',
  path: '/api/telephony/numbers/:id',
  needs: 'telephony:write',
  tag: 'Telephony',
  summary: 'Change a number of ours',
  params: z.object({ id }),
  body: dialledNumberFields.partial().extend({ version: z.int().optional() }),
  reply: dialledNumberView,
  errors: ['not_found', 'already_exists', 'changed'],
})

export const removeDialledNumber = endpoint({
  name: 'removeDialledNumber',
  method: 'DELETE',
  path: '/api/telephony/numbers/:id',
  needs: 'telephony:write',
  tag: 'Telephony',
  summary: 'A number is no longer ours',
  params: z.object({ id }),
  reply: z.null(),
  status: 204,
  errors: ['not_found'],
})

/** A line to a platform that cannot send a header: its address holds a secret, shown once. */
export const connectorLineView = z
  .object({
    id,
    connector: z.string(),
    name: z.string(),
    hint: z.string().meta({ description: 'The last characters of the secret.' }),
    active: z.boolean(),
    settings: z.record(z.string(), z.unknown()).meta({ description: 'As saved, without secrets.' }),
    secrets_set: z.array(z.string()).meta({ description: 'Which secrets are saved.' }),
    last_event_at: instant.nullable(),
    last_error: z.string().nullable(),
    last_error_at: instant.nullable(),
    event_count: z.int(),
    created_at: instant,
    version: z.int(),
  })
  .meta({ id: 'ConnectorLine' })
export type ConnectorLineView = z.infer<typeof connectorLineView>

export const listConnectorLines = endpoint({
  name: 'listConnectorLines',
  method: 'GET',
  path: '/api/telephony/lines',
  needs: 'telephony:read',
  tag: 'Telephony',
  summary: 'The connectors there are, and the lines set up to platforms',
  reply: z.object({
    connectors: z.array(
      z.object({
        name: z.string(),
        title: z.string(),
        takes_events: z.boolean(),
        settings_schema: z.record(z.string(), z.unknown()).meta({ description: 'JSON Schema of its settings.' }),
        frame_origins: z
          .array(z.string())
          .meta({ description: 'Where the platform’s desktop may frame our pages from.' }),
      }),
    ),
    lines: z.array(connectorLineView),
  }),
})

export const addConnectorLine = endpoint({
  name: 'addConnectorLine',
  method: 'POST',
  path: '/api/telephony/lines',
  needs: 'telephony:write',
  tag: 'Telephony',
  summary: 'Set up a line to a platform; its address with the secret is told once',
  body: z.strictObject({
    connector: requiredText(40),
    name: requiredText(100),
    settings: z.record(z.string(), z.unknown()).default({}),
  }),
  reply: connectorLineView.extend({ url: z.string() }),
  status: 201,
  errors: ['not_found'],
})

export const saveConnectorLine = endpoint({
  name: 'saveConnectorLine',
  method: 'PATCH',
  path: '/api/telephony/lines/:id',
  needs: 'telephony:write',
  tag: 'Telephony',
  summary: 'Rename, set or stop a line; `renew` makes a new secret and ends the old one',
  params: z.object({ id }),
  body: z.strictObject({
    name: requiredText(100).optional(),
    active: z.boolean().optional(),
    settings: z.record(z.string(), z.unknown()).optional(),
    renew: z.boolean().optional(),
    version: z.int().optional(),
  }),
  reply: connectorLineView.extend({ url: z.string().nullable() }),
  errors: ['not_found', 'changed'],
})

export const removeConnectorLine = endpoint({
  name: 'removeConnectorLine',
  method: 'DELETE',
  path: '/api/telephony/lines/:id',
  needs: 'telephony:write',
  tag: 'Telephony',
  summary: 'Take a line down',
  params: z.object({ id }),
  reply: z.null(),
  status: 204,
  errors: ['not_found'],
})
