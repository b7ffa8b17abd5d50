import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { startEmbeddedPostgres } from '../server/src/db/embedded.ts'
import { migrate } from '../server/src/db/migrate.ts'

export type Cluster = {
  dataDir: string
  version: string
  postmaster: number
  /** For `DATABASE_URL`, as the program's own account. */
  url(database: string): string
  /** For postgres.js, as superuser: may load without checking foreign keys. */
  superuser(database: string): { host: string; username: string; password: string; database: string }
  /** Creates a database with the program's tables. */
  create(database: string): Promise<void>
  /** A session of the program's account, which may ask for a checkpoint and see who is working. */
  admin: pg.Client
  /** Shuts the server down and leaves its folder. */
  halt(): Promise<void>
  stop(): Promise<void>
}

/** An embedded PostgreSQL with the settings of production, on a folder of its own. */
export async function openCluster(): Promise<Cluster> {
  const dataDir = mkdtempSync(join(tmpdir(), 'clinicacrm-bench-'))
  const embedded = await startEmbeddedPostgres({ dataDir, supervise: false })
  const { host, user, password } = embedded.connection
  const superPassword = readFileSync(join(embedded.dataDir, 'password'), 'utf8').trim()
  const postmaster = Number(readFileSync(join(embedded.dataDir, 'data', 'postmaster.pid'), 'utf8').split('\n')[0])
  const admin = new pg.Client({ ...embedded.connection, application_name: 'bench' })
  await admin.connect()
  let halted: Promise<void> | undefined
  const halt = () => (halted ??= admin.end().then(() => embedded.stopNow()))
  return {
    dataDir,
    version: embedded.version,
    postmaster,
    url: (database) =>
      `postgresql://${user}:${encodeURIComponent(password)}@localhost/${database}?host=${encodeURIComponent(host)}`,
    superuser: (database) => ({ host, username: 'postgres', password: superPassword, database }),
    async create(database) {
      if (database !== embedded.connection.database) await admin.query(`create database ${database}`)
      await migrate({ ...embedded.connection, database })
    },
    admin,
    halt,
    async stop() {
      await halt()
      rmSync(dataDir, { recursive: true, force: true })
      if (embedded.relocated) rmSync(embedded.dataDir, { recursive: true, force: true })
    },
  }
}
