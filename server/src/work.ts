import type { Permission } from '@clinicacrm/contract/permissions.ts'
import type { Config } from './config.ts'
import type { Db } from './db/client.ts'

/** What every verb is given: where it writes, by which rules, and for whom. */
export type Work = {
  db: Db
  config: Pick<Config, 'defaultCountry' | 'defaultLocale' | 'publicUrl'>
  by: Actor
}

/** Whoever acts: a key, a person, or the system; `clinicIds` null means every clinic. */
export type Actor = {
  kind?: 'api_key' | 'user'
  id?: string
  actor: string
  name: string
  clinicIds: readonly string[] | null
  permissions?: ReadonlySet<Permission>
}

/** The command line and jobs. */
export const system: Actor = { actor: 'system', name: 'system', clinicIds: null }

/** The same work inside one transaction. */
export function inTransaction<T>(work: Work, run: (work: Work) => Promise<T>): Promise<T> {
  return work.db.transaction((tx) => run({ ...work, db: tx }))
}
