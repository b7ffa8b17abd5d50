import type pg from 'pg'
import type { Config } from '../config.ts'
import { type EmbeddedPostgres, type EmbeddedPostgresEvent, startEmbeddedPostgres } from './embedded.ts'

export type OpenDatabase = {
  connection: pg.ClientConfig
  /** Null when the server is the operator's own. */
  embedded: EmbeddedPostgres | null
  /** Leaves the database; an embedded one stops if nobody else uses it. */
  close(): Promise<void>
}

/** The operator's server, or our own in `DATA_DIR`. */
export async function openDatabase(
  config: Pick<Config, 'database' | 'dataDir'>,
  onEvent: (event: EmbeddedPostgresEvent) => void,
): Promise<OpenDatabase> {
  if (config.database.kind === 'server') {
    return { connection: { connectionString: config.database.url }, embedded: null, close: async () => undefined }
  }
  const embedded = await startEmbeddedPostgres({ dataDir: config.dataDir, onEvent })
  return { connection: embedded.connection, embedded, close: () => embedded.stop() }
}
