import { and, asc, gt, inArray, ne, sql } from 'drizzle-orm'
import type { Db } from '../db/client.ts'
import { installation, patients } from '../db/schema.ts'
import type { Work } from '../work.ts'
import { currentKeyVersion, indexPhonesOfMany, phoneKeyRows } from './phone-index.ts'
import { searchColumns } from './search-text.ts'

type Country = Work['config']
export type Progress = (done: number, total: number) => void

const perStep = 200

/** True when the rules, the library or the default country changed since the index was built. */
export async function isIndexStale(db: Db, country: Country): Promise<boolean> {
  const [row] = await db.select({ version: installation.phone_key_version }).from(installation)
  return row?.version !== currentKeyVersion(country)
}

/**
 * Reads every stale patient's numbers again from what was typed. Each step is a transaction that also marks its patients,
 * so it may be stopped and started at any moment, also in two processes, and goes on where it was.
 */
export async function reindex(
  db: Db,
  country: Country,
  progress: Progress = () => undefined,
  stop?: AbortSignal,
): Promise<number> {
  const version = currentKeyVersion(country)
  const stale = ne(patients.key_version, version)
  const total = await db.$count(patients, stale)
  let done = 0
  // A step passes over patients somebody else has locked: go round again until none is left.
  while (!stop?.aborted && (await db.$count(patients, stale))) {
    let last: string | undefined = '0'
    while (last !== undefined && !stop?.aborted) {
      const step = await reindexStep(db, country, version, last)
      last = step.last
      done += step.count
      if (step.count) progress(Math.min(done, total), total)
    }
  }
  if (!stop?.aborted) await db.update(installation).set({ phone_key_version: version })
  return done
}

function reindexStep(
  db: Db,
  country: Country,
  version: string,
  last: string,
): Promise<{ count: number; last: string | undefined }> {
  return db.transaction(async (tx) => {
    const stale = await tx
      .select()
      .from(patients)
      .where(and(gt(patients.id, last), ne(patients.key_version, version)))
      .orderBy(asc(patients.id))
      .limit(perStep)
      .for('update', { skipLocked: true })
    await indexPhonesOfMany(tx, stale, country)
    await mark(tx, stale, country, version)
    return { count: stale.length, last: stale.at(-1)?.id }
  })
}

async function mark(tx: Db, stale: (typeof patients.$inferSelect)[], country: Country, key_version: string) {
  if (!stale.length) return
  const texts = stale.map((person) => searchColumns(person, phoneKeyRows('', person, country)))
  const ids = stale.map(({ id }) => id)
  const ofEach = (column: keyof (typeof texts)[number]) =>
    sql`(${sql.param(texts.map((row) => row[column]))}::text[])[array_position(${sql.param(ids)}::bigint[], ${patients.id})]`
  await tx
    .update(patients)
    .set({
      key_version,
      search_text: ofEach('search_text'),
      folded_name: ofEach('folded_name'),
      sort_name: ofEach('sort_name'),
    })
    .where(inArray(patients.id, ids))
}
