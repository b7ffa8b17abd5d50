import { z } from 'zod'
import { callEventReply } from './calls.ts'
import { endpoint } from './endpoint.ts'
import { instant, requiredText } from './fields.ts'

const name = requiredText(40).meta({ description: 'The connector, e.g. `genesys-cloud`.' })

/** How a connection fares: the newest of its lines, of events with a key, and of lookups that name it. */
const health = z.object({
  lines: z.int().meta({ description: 'Lines that are in use.' }),
  last_event_at: instant.nullable(),
  event_count: z.int(),
  last_lookup_at: instant.nullable(),
  lookups_today: z.int(),
  last_error: z.string().nullable(),
  last_error_at: instant.nullable(),
})

const connectorSummary = z.object({
  name,
  title: z.string(),
  summary: z.string().meta({ description: 'What it does, in the language asked for.' }),
  takes: z
    .enum(['line', 'key'])
    .nullable()
    .meta({ description: 'How its events come: to an address with a secret, or with an API key.' }),
  is_untested: z.boolean().meta({ description: 'Documentation only.' }),
  health,
})

export const connectorView = connectorSummary
  .extend({
    flow: z.array(z.string()),
    steps: z.array(z.string()),
    fields: z.record(
      z.string(),
      z.object({
        label: z.string(),
        text: z.string().optional(),
        choices: z.record(z.string(), z.string()).optional(),
      }),
    ),
    settings_schema: z.record(z.string(), z.unknown()).meta({ description: 'JSON Schema of its settings.' }),
    settings: z.record(z.string(), z.unknown()).meta({ description: 'As saved, without secrets.' }),
    secrets_set: z.array(z.string()).meta({ description: 'Which secrets are saved.' }),
    files: z.array(z.object({ file: z.string(), text: z.string() })),
    in_files: z.array(z.string()).meta({ description: 'Settings that stand in its files.' }),
    has_panel: z.boolean().meta({ description: 'Whether its platform shows our panel in a frame.' }),
    has_softphone: z.boolean().meta({ description: 'Whether its telephone can be shown in a page of ours.' }),
    version: z.int().meta({ description: '0 until something was saved.' }),
  })
  .meta({ id: 'Connector' })
export type ConnectorView = z.infer<typeof connectorView>

const inLanguage = z.object({ locale: z.enum(['it', 'en', 'es']).optional() })

export const listConnectors = endpoint({
  name: 'listConnectors',
  method: 'GET',
  path: '/api/connectors',
  needs: 'telephony:read',
  tag: 'Connectors',
  summary: 'The platforms that can be connected, and how each fares',
  query: inLanguage,
  reply: z.object({ connectors: z.array(connectorSummary) }),
})

export const getConnector = endpoint({
  name: 'getConnector',
  method: 'GET',
  path: '/api/connectors/:name',
  needs: 'telephony:read',
  tag: 'Connectors',
  summary: 'A connector: what is to be done, its settings, its files',
  params: z.object({ name }),
  query: inLanguage,
  reply: connectorView,
  errors: ['not_found'],
})

export const saveConnector = endpoint({
  name: 'saveConnector',
  method: 'PUT',
  path: '/api/connectors/:name',
  needs: 'telephony:write',
  tag: 'Connectors',
  summary: 'Save the settings of a connector; a secret that is left out stays',
  params: z.object({ name }),
  query: inLanguage,
  body: z.strictObject({ settings: z.record(z.string(), z.unknown()), version: z.int().optional() }),
  reply: connectorView,
  errors: ['not_found', 'changed'],
})

export const getConnectorFile = endpoint({
  name: 'getConnectorFile',
  method: 'GET',
  path: '/api/connectors/:name/files/:file',
  needs: 'telephony:read',
  tag: 'Connectors',
  summary: 'A file to import at the platform, with the address of this installation filled in, and never a key',
  params: z.object({ name, file: requiredText(100) }),
  reply: z.string(),
  errors: ['not_found'],
})

export const tryConnector = endpoint({
  name: 'tryConnector',
  method: 'POST',
  path: '/api/connectors/:name/test-call',
  needs: 'telephony:write',
  tag: 'Connectors',
  summary: 'Let a call ring at yourself as the platform would tell of it; it ends by itself',
  params: z.object({ name }),
  body: z.strictObject({
    from: requiredText(64).default('+39 06 2222 4444').meta({ description: 'Who calls.' }),
  }),
  reply: callEventReply.extend({ sent: z.string().meta({ description: 'What the platform would send.' }) }),
  errors: ['not_found'],
})
