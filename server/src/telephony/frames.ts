import { connectorNamed, connectors } from '@clinicacrm/connectors/index.ts'
import { sql } from 'drizzle-orm'
import { AppError } from '../app-error.ts'
import { record } from '../audit/audit.ts'
import type { Db } from '../db/client.ts'
import { frameOrigins } from '../db/schema.ts'
import { type Actor, inTransaction, type Work } from '../work.ts'

/** For each connector, who may show our panel in a frame, and whom its platform would have us allow. */
export async function frames(db: Db) {
  const rows = await db.select().from(frameOrigins)
  const saved = new Map(rows.map(({ connector, origins }) => [connector, origins]))
  return connectors.map(({ name, frameOrigins: presets }) => ({
    connector: name,
    origins: saved.get(name) ?? [],
    presets: [...presets],
  }))
}

export function saveFrames(work: Work, name: string, given: readonly string[]) {
  mustActForAll(work.by)
  const connector = connectorNamed(name)
  if (!connector) throw new AppError('not_found', 'There is no connector of this name.')
  const origins = [...new Set(given)]
  return inTransaction(work, async (inside) => {
    const before = (await frames(inside.db)).find((frame) => frame.connector === name)!
    await inside.db
      .insert(frameOrigins)
      .values({ connector: name, origins })
      .onConflictDoUpdate({ target: frameOrigins.connector, set: { origins, updated_at: sql`now()` } })
    const after = { origins }
    await record(inside, { action: 'frame_origins.changed', subject: 'frame_origins', id: name, before, after })
    return { connector: name, origins }
  })
}

/** Lines and frames are of the whole installation: what comes through them concerns every clinic. */
export function mustActForAll({ clinicIds }: Actor): void {
  if (clinicIds) throw new AppError('forbidden', 'Whoever is limited to clinics cannot change this for all of them.')
}
