import { hash, randomBytes } from 'node:crypto'
import { type Connector, problemOf } from '@clinicacrm/connectors/connector.ts'
import { connectorNamed, connectors } from '@clinicacrm/connectors/index.ts'
import type { ConnectorLineView } from '@clinicacrm/contract/telephony.ts'
import { asc, eq, sql } from 'drizzle-orm'
import { z } from 'zod'
import { AppError, wrongFields } from '../app-error.ts'
import { record } from '../audit/audit.ts'
import { connectorLines } from '../db/schema.ts'
import { inTransaction, type Work } from '../work.ts'
import { mustActForAll } from './frames.ts'

type Line = typeof connectorLines.$inferSelect

const notFound = () => new AppError('not_found', 'There is no line with this id.')

/** The connectors there are, with what is to be set for each, and the lines. */
export async function linesAndConnectors({ db }: Pick<Work, 'db'>) {
  const lines = await db.select().from(connectorLines).orderBy(asc(connectorLines.name), asc(connectorLines.id))
  return {
    connectors: connectors.map(({ name, title, settings, frameOrigins, events }) => ({
      name,
      title,
      takes_events: events !== null,
      settings_schema: z.toJSONSchema(settings, { io: 'input' }),
      frame_origins: [...frameOrigins],
    })),
    lines: lines.map(viewOf),
  }
}

/** The address holds the secret: 256 bits that nobody can read again, so a plain SHA-256 keeps it. */
export function addLine(work: Work, given: { connector: string; name: string; settings: Record<string, unknown> }) {
  mustActForAll(work.by)
  const connector = connectorNamed(given.connector)
  if (!connector?.events) throw new AppError('not_found', 'There is no connector of this name that takes events.')
  const secret = newSecret()
  const { name } = given
  const values = { connector: connector.name, name, settings: readSettings(connector, given.settings), ...kept(secret) }
  return inTransaction(work, async (inside) => {
    const [line] = await inside.db.insert(connectorLines).values(values).returning()
    const { token_hash: _, ...after } = values
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

export function saveLine(work: Work, id: string, { settings, renew, version, ...fields }: Changes) {
  mustActForAll(work.by)
  return inTransaction(work, async (inside) => {
    const before = await lockedLine(inside, id)
    if (version !== undefined && version !== before.version)
      throw new AppError('changed', 'Somebody else has changed this in between.')
    const connector = connectorNamed(before.connector)
    if (settings && !connector) throw notFound()
    const secret = renew ? newSecret() : null
    const after = { ...fields, ...(settings && { settings: readSettings(connector!, settings) }) }
    const [line] = await inside.db
      .update(connectorLines)
      .set({ ...defined(after), ...(secret && kept(secret)), version: sql`${connectorLines.version} + 1` })
      .where(eq(connectorLines.id, id))
      .returning()
    const hint = secret ? { hint: line!.hint } : {}
    await record(inside, { action: 'line.changed', subject: 'line', id, before, after: { ...after, ...hint } })
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

function readSettings({ settings: schema }: Connector, given: Record<string, unknown>): Record<string, unknown> {
  const read = schema.safeParse(given)
  if (read.success) return read.data
  throw wrongFields(
    ...read.error.issues.map((issue) => {
      const [field = '', ...message] = problemOf(issue, null).split(': ')
      return { field: `settings.${field}`, message: message.join(': ') }
    }),
  )
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
  settings: line.settings as ConnectorLineView['settings'],
})
