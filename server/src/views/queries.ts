import type { SavedView } from '@clinicacrm/contract/case-lists.ts'
import { and, asc, eq, or } from 'drizzle-orm'
import type { Db } from '../db/client.ts'
import { savedViews, users } from '../db/schema.ts'

/** A person's own views and those shared with all, by name; one small table. */
export async function viewsFor(db: Db, userId: string): Promise<SavedView[]> {
  const rows = await from(db)
    .where(or(eq(savedViews.owner_id, userId), savedViews.shared))
    .orderBy(asc(savedViews.name), asc(savedViews.id))
  return rows.map((row) => shown(row, userId))
}

/** One view, if it is the person's own. */
export async function ownView(db: Db, id: string, userId: string): Promise<SavedView | null> {
  const [row] = await from(db).where(and(eq(savedViews.id, id), eq(savedViews.owner_id, userId)))
  return row ? shown(row, userId) : null
}

const from = (db: Db) =>
  db
    .select({
      id: savedViews.id,
      name: savedViews.name,
      shape: savedViews.shape,
      query: savedViews.query,
      shared: savedViews.shared,
      owner: users.name,
      owner_id: savedViews.owner_id,
      version: savedViews.version,
      updated_at: savedViews.updated_at,
    })
    .from(savedViews)
    .innerJoin(users, eq(users.id, savedViews.owner_id))
    .$dynamic()

type Row = Awaited<ReturnType<typeof from>>[number]

const shown = ({ owner_id, ...row }: Row, userId: string) => ({ ...row, mine: owner_id === userId }) as SavedView
