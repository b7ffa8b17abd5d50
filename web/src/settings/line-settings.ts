import type { Connector } from './telephony-lines.tsx'

/** One thing to set, as the connector's JSON Schema describes it. */
export type SettingFieldView = {
  name: string
  description: string
  initial: string
  choices: string[] | null
  isLong: boolean
}
type Property = { type?: string; description?: string; default?: unknown; enum?: unknown[]; maxLength?: number }

/** Longer texts, such as keys, get room for several lines. */
const longFrom = 500

export function fieldsOf({ settings_schema }: Pick<Connector, 'settings_schema'>): SettingFieldView[] {
  const properties = (settings_schema.properties ?? {}) as Record<string, Property>
  return Object.entries(properties).map(
    ([name, { description = '', default: initial, enum: choices, maxLength = 0 }]) => ({
      name,
      description,
      initial: typeof initial === 'string' ? initial : '',
      choices: choices ? choices.map(String) : null,
      isLong: maxLength >= longFrom,
    }),
  )
}
