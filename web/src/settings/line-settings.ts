import type { ConnectorView } from '@clinicacrm/contract/connectors.ts'

/** One thing to set, as the connector's JSON Schema describes it. */
export type SettingFieldView = {
  name: string
  description: string
  kind: 'text' | 'long' | 'choice' | 'switch' | 'secret'
  initial: string | boolean
  choices: string[]
}
/** What is typed; of a secret, null leaves what is saved, and an empty one takes it away. */
export type SettingValue = string | boolean | null
export type SettingValues = Record<string, SettingValue>

type Schema = Record<string, unknown>
type Property = {
  type?: string
  description?: string
  default?: unknown
  enum?: unknown[]
  maxLength?: number
  secret?: boolean
}

/** Longer texts, such as keys, get room for several lines. */
const longFrom = 500

export function fieldsOf(schema: Schema): SettingFieldView[] {
  const properties = (schema.properties ?? {}) as Record<string, Property>
  return Object.entries(properties).map(([name, property]) => ({
    name,
    description: property.description ?? '',
    kind: kindOf(property),
    initial: typeof property.default === 'boolean' ? property.default : textOf(property.default),
    choices: (property.enum ?? []).map(String),
  }))
}

function kindOf({ type, enum: choices, secret, maxLength = 0 }: Property): SettingFieldView['kind'] {
  if (secret) return 'secret'
  if (choices) return 'choice'
  if (type === 'boolean') return 'switch'
  return maxLength >= longFrom ? 'long' : 'text'
}

type SetUp = Pick<ConnectorView, 'takes' | 'in_files' | 'settings_schema'>

/**
 * What is set once for a platform. Over a line each line has settings of its own, and only what stands in the files is the
 * platform's.
 */
export function ownFields({ takes, in_files, settings_schema }: SetUp): SettingFieldView[] {
  return fieldsOf(settings_schema).filter(({ name }) => takes !== 'line' || in_files.includes(name))
}

const textOf = (value: unknown) => (typeof value === 'string' ? value : '')

/** As a form begins: what was saved, or what the connector begins with. */
export function valuesOf(fields: SettingFieldView[], saved: Record<string, unknown>): SettingValues {
  return Object.fromEntries(
    fields.map(({ name, kind, initial }) => {
      const value = saved[name]
      if (kind === 'secret') return [name, null]
      return [name, typeof value === 'string' || typeof value === 'boolean' ? value : initial]
    }),
  )
}

/** What is sent: a secret that nobody touched stays at home. */
export const settingsFrom = (values: SettingValues): Record<string, string | boolean> =>
  Object.fromEntries(Object.entries(values).filter((entry): entry is [string, string | boolean] => entry[1] !== null))
