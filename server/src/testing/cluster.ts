import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestProject } from 'vitest/node'
import { startEmbeddedPostgres } from '../db/embedded.ts'
import { migrate } from '../db/migrate.ts'

declare module 'vitest' {
  interface ProvidedContext {
    cluster: { host: string; port: number; user: string; password: string }
  }
}

/** The database every test database is copied from. */
export const template = 'template_clinicacrm'

/** One PostgreSQL for the whole run, with one migrated template in it. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const dataDir = mkdtempSync(join(tmpdir(), 'clinicacrm-test-'))
  // The database's own account must be able to enter; mkdtemp lets nobody but us.
  chmodSync(dataDir, 0o711)
  const postgres = await startEmbeddedPostgres({ dataDir, database: template, throwaway: true })
  await migrate(postgres.connection)
  const { host, port, user, password } = postgres.connection
  project.provide('cluster', { host, port, user, password })
  return async () => {
    await postgres.stopNow()
    rmSync(dataDir, { recursive: true, force: true })
    if (postgres.relocated) rmSync(postgres.dataDir, { recursive: true, force: true })
  }
}
