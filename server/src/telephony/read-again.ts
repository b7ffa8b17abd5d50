import type { Reading } from '@clinicacrm/connectors/connector.ts'
import { connectorNamed } from '@clinicacrm/connectors/index.ts'
import { eq } from 'drizzle-orm'
import type { Db } from '../db/client.ts'
import { connectorLines } from '../db/schema.ts'
import type { Seals } from '../http/sealed.ts'
import { openSettings, type Settings } from './settings.ts'
import { settingsOf } from './setups.ts'

type House = { db: Db; seals: Seals }
type Sent = { connector: string; actor: string; contentType: string; body: string }

/** What a connector reads today in what was sent some time ago. Signatures were of that day and are not asked for. */
export async function readAgain(house: House, { connector: name, actor, contentType, body }: Sent): Promise<Reading> {
  const connector = connectorNamed(name)
  if (!connector?.events) return { events: [], problems: ['There is no connector of this name that takes events.'] }
  const lineId = /^line:(\d+)$/.exec(actor)?.[1]
  const settings = lineId ? await settingsOfLine(house, lineId) : await settingsOf(house, name)
  if (!settings || !connector.settings.safeParse(settings).success)
    return { events: [], problems: ['Its settings are gone, or no longer valid.'] }
  const headers = { 'content-type': contentType }
  const request = { method: 'POST', headers, rawBody: Buffer.from(body), query: {}, contentType }
  return connector.events.readEvents(request, settings)
}

async function settingsOfLine({ db, seals }: House, id: string): Promise<Settings | null> {
  const [line] = await db
    .select({ settings: connectorLines.settings })
    .from(connectorLines)
    .where(eq(connectorLines.id, id))
  return line ? openSettings(seals, line.settings as Settings) : null
}
