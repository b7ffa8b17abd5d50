import type { Connector } from '@clinicacrm/connectors/connector.ts'
import { connectorNamed, connectors } from '@clinicacrm/connectors/index.ts'
import type { ConnectorView } from '@clinicacrm/contract/connectors.ts'
import { eq, sql } from 'drizzle-orm'
import { AppError, wrongFields } from '../app-error.ts'
import { record } from '../audit/audit.ts'
import type { Config, Locale } from '../config.ts'
import type { Db } from '../db/client.ts'
import { connectorSetups } from '../db/schema.ts'
import { createTargets } from '../http/outgoing-targets.ts'
import type { Seals } from '../http/sealed.ts'
import { inTransaction, type Work } from '../work.ts'
import { mustActForAll } from './frames.ts'
import { healthOf, setupOf } from './setup-queries.ts'
import { keptSettings, openSettings, schemaOf, secretsSet, type Settings, shownSettings } from './settings.ts'

type SetupWork = Work & { seals: Seals; config: Pick<Config, 'outgoingAllowedHosts'> }

export function mustKnow(name: string): Connector {
  const connector = connectorNamed(name)
  if (connector) return connector
  throw new AppError('not_found', 'There is no connector of this name.')
}

export async function connectorList(db: Db, locale: Locale) {
  const health = await healthOf(db)
  return connectors.map((connector) => ({ ...summaryOf(connector, locale), health: health(connector.name) }))
}

const summaryOf = ({ name, title, words, takes, isUntested }: Connector, locale: Locale) => ({
  name,
  title,
  summary: words[locale].summary,
  takes,
  is_untested: isUntested === true,
})

export async function connectorPage(db: Db, name: string, locale: Locale): Promise<ConnectorView> {
  const connector = mustKnow(name)
  const [health, setup] = [await healthOf(db), await setupOf(db, name)]
  const { flow, steps, fields = {}, files: about = {} } = connector.words[locale]
  const kept = (setup?.settings ?? {}) as Settings
  return {
    ...summaryOf(connector, locale),
    health: health(name),
    flow: [...flow],
    steps: [...steps],
    fields: mutable(fields),
    settings_schema: schemaOf(connector),
    settings: { ...shownSettings(connector.settings.parse({}) as Settings), ...shownSettings(kept) },
    secrets_set: secretsSet(kept),
    files: connector.files.map(({ file }) => ({ file, text: about[file] ?? file })),
    in_files: Object.keys(connector.values({})).filter((setting) => setting in connector.settings.shape),
    has_panel: connector.frameOrigins.length > 0,
    has_softphone: connector.softphone !== null,
    version: setup?.version ?? 0,
  }
}

const mutable = (fields: NonNullable<Connector['words'][Locale]['fields']>) =>
  Object.fromEntries(
    Object.entries(fields).map(([name, { choices, ...field }]) => [
      name,
      { ...field, ...(choices && { choices: { ...choices } }) },
    ]),
  )

type Given = { settings: Settings; version?: number | undefined }

export function saveSetup(work: SetupWork, name: string, { settings, version }: Given): Promise<void> {
  mustActForAll(work.by)
  const connector = mustKnow(name)
  return inTransaction(work, async (inside) => {
    const { db } = inside
    await db.insert(connectorSetups).values({ connector: name, version: 0 }).onConflictDoNothing()
    const before = (await setupOf(db, name, true))!
    if (version !== undefined && version !== before.version)
      throw new AppError('changed', 'Somebody else has changed this in between.')
    const kept = keptSettings(connector, work.seals, settings, before.settings as Settings)
    refuseStrangers(connector, kept, work.config)
    const set = { settings: kept, updated_at: sql`now()`, version: sql`${connectorSetups.version} + 1` }
    await db.update(connectorSetups).set(set).where(eq(connectorSetups.connector, name))
    await record(inside, {
      action: 'connector.changed',
      subject: 'connector',
      id: name,
      before: shownSettings(before.settings as Settings),
      after: { ...shownSettings(kept), secrets: secretsSet(kept).join(', ') || null },
    })
  })
}

/** A program that runs in our pages comes from its platform, or from where the operator says. */
function refuseStrangers({ softphone }: Connector, settings: Settings, config: Pick<Config, 'outgoingAllowedHosts'>) {
  const targets = createTargets(config.outgoingAllowedHosts)
  for (const [name, domains] of Object.entries(softphone?.trusted ?? {})) {
    const target = targets.read(String(settings[name]))
    const isTrusted =
      typeof target === 'object' &&
      (domains.some((domain) => `.${target.host}`.endsWith(`.${domain}`)) || targets.isNamed(target))
    if (isTrusted) continue
    const message = `must be at ${domains.join(' or ')}; the operator may name another host in OUTGOING_ALLOWED_HOSTS`
    throw wrongFields({ field: `settings.${name}`, message })
  }
}

/** As the connector reads them; as they begin, where nothing was saved. */
export async function settingsOf({ db, seals }: { db: Db; seals: Seals }, name: string): Promise<Settings> {
  const setup = await setupOf(db, name)
  const opened = openSettings(seals, (setup?.settings ?? {}) as Settings)
  const read = mustKnow(name).settings.safeParse(opened)
  return read.success ? (read.data as Settings) : opened
}

/** What a page may know of them: everything but the secrets. */
export async function shownSettingsOf(db: Db, connector: Connector): Promise<Settings> {
  return shownSettingsIn(connector, await setupOf(db, connector.name))
}

export function shownSettingsIn(connector: Connector, setup: { settings: unknown } | undefined): Settings {
  const shown = shownSettings((setup?.settings ?? {}) as Settings)
  const read = connector.settings.safeParse(shown)
  return read.success ? shownSettings(read.data as Settings) : shown
}
