import { type Connector, problemOf } from '@clinicacrm/connectors/connector.ts'
import { z } from 'zod'
import { wrongFields } from '../app-error.ts'
import { isSealed, type Seals } from '../http/sealed.ts'

export type Settings = Record<string, unknown>

/** What is to be set, as JSON Schema: a form is drawn from it. `secret` marks what nobody reads again. */
export const schemaOf = ({ settings }: Connector) => z.toJSONSchema(settings, { io: 'input' })

/** The names of settings that nobody reads again. */
export function secretsOf(connector: Connector): string[] {
  const { properties = {} } = schemaOf(connector)
  return Object.entries(properties).flatMap(([name, field]) =>
    typeof field === 'object' && 'secret' in field ? [name] : [],
  )
}

/** As they are kept: checked, secrets sealed. A secret that is not given stays as it was; an empty one is gone. */
export function keptSettings(connector: Connector, seals: Seals, given: Settings, before: Settings): Settings {
  const secrets = secretsOf(connector)
  const stay = secrets.filter((name) => given[name] === undefined && isSealed(before[name]))
  const opened = Object.fromEntries(stay.map((name) => [name, seals.open(before[name] as string) ?? '']))
  const read = connector.settings.safeParse({ ...given, ...opened })
  if (!read.success) throw wrongFields(...read.error.issues.map(wrongOf))
  const settings: Settings = { ...read.data }
  for (const name of secrets) {
    const text = settings[name]
    if (typeof text === 'string' && text) settings[name] = seals.seal(text)
  }
  return settings
}

function wrongOf(issue: z.core.$ZodIssue) {
  const [field = '', ...message] = problemOf(issue, null).split(': ')
  return { field: `settings.${field}`, message: message.join(': ') }
}

/** As a connector reads them. A secret that cannot be opened, such as after a move to another machine, is none. */
export const openSettings = (seals: Seals, kept: Settings): Settings =>
  Object.fromEntries(
    Object.entries(kept).map(([name, value]) => [name, isSealed(value) ? (seals.open(value) ?? '') : value]),
  )

/** As anybody may see them. */
export const shownSettings = (kept: Settings): Settings =>
  Object.fromEntries(Object.entries(kept).filter(([, value]) => !isSealed(value)))

export const secretsSet = (kept: Settings): string[] =>
  Object.entries(kept).flatMap(([name, value]) => (isSealed(value) ? [name] : []))
