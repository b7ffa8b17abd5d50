import { type Connector, problemOf } from '@clinicacrm/connectors/connector.ts'
import { z } from 'zod'
import { wrongFields } from '../app-error.ts'
import { isSealed, type Seals } from '../http/sealed.ts'

export type Settings = Record<string, unknown>

/** What is to be set, as JSON Schema: a form is drawn from it. `secret` marks what nobody reads again. */
export const schemaOf = ({ settings }: Connector) => z.toJSONSchema(settings, { io: 'input' })

/** The names of settings that nobody reads again, each with the one that says where it is sent. */
const secretsByConnector = new WeakMap<Connector, Map<string, string | null>>()
function secretsIn(connector: Connector): Map<string, string | null> {
  const known = secretsByConnector.get(connector)
  if (known) return known
  const { properties = {} } = schemaOf(connector)
  const found = Object.entries(properties).flatMap(([name, field]) =>
    typeof field === 'object' && 'secret' in field
      ? [[name, 'sent_to' in field ? String(field['sent_to']) : null] as const]
      : [],
  )
  const secrets = new Map(found)
  secretsByConnector.set(connector, secrets)
  return secrets
}

export const secretsOf = (connector: Connector): string[] => [...secretsIn(connector).keys()]

/** As they are kept: checked, secrets sealed. A secret that is not given stays as it was; an empty one is gone. */
export function keptSettings(connector: Connector, seals: Seals, given: Settings, before: Settings): Settings {
  const secrets = secretsOf(connector)
  const stay = secrets.filter((name) => given[name] === undefined && isSealed(before[name]))
  const opened = Object.fromEntries(stay.map((name) => [name, seals.open(before[name] as string) ?? '']))
  const read = connector.settings.safeParse({ ...given, ...opened })
  if (!read.success) throw wrongFields(...read.error.issues.map(wrongOf))
  const settings: Settings = { ...read.data }
  refuseElsewhere(connector, settings, { before, stay })
  for (const name of secrets) {
    const text = settings[name]
    if (typeof text === 'string' && text) settings[name] = seals.seal(text)
  }
  return settings
}

/** A secret that nobody may read is not to be had by changing where it is sent. */
function refuseElsewhere(
  connector: Connector,
  settings: Settings,
  { before, stay }: { before: Settings; stay: string[] },
) {
  for (const name of stay) {
    const where = secretsIn(connector).get(name)
    if (where && settings[name] && settings[where] !== before[where])
      throw wrongFields({ field: `settings.${name}`, message: `must be entered again, as ${where} has changed` })
  }
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
