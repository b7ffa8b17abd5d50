import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { sql } from 'drizzle-orm'
import { drizzle } from 'drizzle-orm/node-postgres'
import { migrate as runMigrations } from 'drizzle-orm/node-postgres/migrator'
import type pg from 'pg'
import { type Db, withClient } from './client.ts'

const migrationsFolder = fileURLToPath(new URL('../../migrations', import.meta.url))
/** Any number will do, as long as nobody else in this database uses it. */
const migrationLock = 4_717_003_125

/** Brings the database to this version. Two programs starting together: one migrates, the other waits and finds it done. */
export async function migrate(connection: pg.ClientConfig): Promise<void> {
  await withClient(connection, async (client) => {
    if (await isMigrated(drizzle(client))) return
    await client.query('select pg_advisory_lock($1)', [migrationLock])
    // A lock that an old reader holds must not stall every lookup behind our ALTER TABLE.
    await client.query("set lock_timeout = '5s'")
    await runMigrations(drizzle(client), { migrationsFolder })
  })
}

/** True when every migration this program knows has run; a newer database counts, as migrations stay readable backwards. */
export async function isMigrated(db: Pick<Db, 'execute'>): Promise<boolean> {
  const { rows } = await db.execute(sql`select to_regclass('drizzle.__drizzle_migrations') is not null as present`)
  if (!rows[0]?.present) return false
  const done = await db.execute(sql`select max(created_at) as last from drizzle.__drizzle_migrations`)
  return Number(done.rows[0]?.last ?? 0) >= lastMigrationMillis
}

const journal = JSON.parse(readFileSync(`${migrationsFolder}/meta/_journal.json`, 'utf8')) as {
  entries: { when: number }[]
}
const lastMigrationMillis = Math.max(...journal.entries.map((entry) => entry.when))
