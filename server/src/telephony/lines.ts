import { hash, randomBytes } from 'node:crypto'
import { connectorNamed, connectors } from '@clinicacrm/connectors/index.ts'
import type { ConnectorLineView } from '@clinicacrm/contract/telephony.ts'
import { asc, eq, sql } from 'drizzle-orm'
import { AppError } from '../app-error.ts'
import { record } from '../audit/audit.ts'
import { connectorLines } from '../db/schema.ts'
import type { Seals } from '../http/sealed.ts'
import { inTransaction, type Work } from '../work.ts'
import { mustActForAll } from './frames.ts'
import { keptSettings, schemaOf, secretsSet, type Settings, shownSettings } from './settings.ts'

type Line = typeof connectorLines.$inferSelect
type LineWork = Work & { seals: Seals }

const notFound = () => new AppError('not_found', 'There is no line with this id.')

/** The connectors there are, with what is to be set for each, and the lines. */
export async function linesAndConnectors({ db }: Pick<Work, 'db'>) {
  const lines = await db.select().from(connectorLines).orderBy(asc(connectorLines.name), asc(connectorLines.id))
  return {
    connectors: connectors.map((connector) => {
      const { name, title, takes, frameOrigins, events } = connector
      return {
        name,
        title,
        takes_events: events !== null && takes === 'line',
        settings_schema: schemaOf(connector),
        frame_origins: [...frameOrigins],
      }
    }),
    lines: lines.map(viewOf),
  }
}

/** The address holds the secret: 256 bits that nobody can read again, so a plain SHA-256 keeps it. */
export function addLine(work: LineWork, given: { connector: string; name: string; settings: Settings }) {
  mustActForAll(work.by)
  const connector = connectorNamed(given.connector)
  if (!connector?.events || connector.takes !== 'line')
    throw new AppError('not_found', 'There is no connector of this name that takes events over a line.')
  const secret = newSecret()
  const { name } = given
  const settings = keptSettings(connector, work.seals, given.settings, {})
  const values = { connector: connector.name, name, settings, ...kept(secret) }
  return inTransaction(work, async (inside) => {
    const [line] = await inside.db.insert(connectorLines).values(values).returning()
    const after = { connector: connector.name, name, settings: shownSettings(settings), hint: values.hint }
    await record(inside, { action: 'line.created', subject: 'line', id: line!.id, after })
    return { ...viewOf(line!), url: addressOf(work, line!.connector, secret) }
  })
}

type Changes = {
  name?: string | undefined
  active?: boolean | undefined
  settings?: Record<string, unknown> | undefined
  renew?: boolean | undefined
  version?: number | undefined
}

export function saveLine(work: LineWork, id: string, { settings, renew, version, ...fields }: Changes) {
  mustActForAll(work.by)
  return inTransaction(work, async (inside) => {
    const before = await lockedLine(inside, id)
    if (version !== undefined && version !== before.version)
      throw new AppError('changed', 'Somebody else has changed this in between.')
    const connector = connectorNamed(before.connector)
    if (settings && !connector) throw notFound()
    const secret = renew ? newSecret() : null
    const was = before.settings as Settings
    const after = { ...fields, ...(settings && { settings: keptSettings(connector!, work.seals, settings, was) }) }
    const [line] = await inside.db
      .update(connectorLines)
      .set({ ...defined(after), ...(secret && kept(secret)), version: sql`${connectorLines.version} + 1` })
      .where(eq(connectorLines.id, id))
      .returning()
    const hint = secret ? { hint: line!.hint } : {}
    await record(inside, {
      action: 'line.changed',
      subject: 'line',
      id,
      before: { ...before, settings: shownSettings(was) },
      after: { ...after, ...hint, ...(after.settings && { settings: shownSettings(after.settings) }) },
    })
    return { ...viewOf(line!), url: secret && addressOf(work, line!.connector, secret) }
  })
}

export function removeLine(work: Work, id: string): Promise<null> {
  mustActForAll(work.by)
  return inTransaction(work, async (inside) => {
    const before = await lockedLine(inside, id)
    await inside.db.delete(connectorLines).where(eq(connectorLines.id, id))
    await record(inside, { action: 'line.removed', subject: 'line', id, before, after: { name: null, hint: null } })
    return null
  })
}

async function lockedLine({ db }: Work, id: string): Promise<Line> {
  const [line] = await db.select().from(connectorLines).where(eq(connectorLines.id, id)).for('update')
  if (!line) throw notFound()
  return line
}

const newSecret = () => randomBytes(32).toString('base64url')
/** What an address holds where the secret should be; anything else is not even looked for. */
export const secretShape = /^[\w-]{43}$/
export const hashOf = (secret: string): string => hash('sha256', secret, 'hex')
const kept = (secret: string) => ({ token_hash: hashOf(secret), hint: secret.slice(-4) })

export const addressOf = ({ config }: Pick<Work, 'config'>, connector: string, secret: string): string =>
  `${config.publicUrl}/api/telephony/events/${connector}/${secret}`

const defined = (fields: object) =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as Partial<Line>

const viewOf = ({ token_hash: _, ...line }: Line): ConnectorLineView => ({
  ...line,
  settings: shownSettings(line.settings as Settings),
  secrets_set: secretsSet(line.settings as Settings),
})
