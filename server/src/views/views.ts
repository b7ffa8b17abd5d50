import type { SavedView } from '@clinicacrm/contract/case-lists.ts'
import { and, eq, sql } from 'drizzle-orm'
import { AppError, wrongFields } from '../app-error.ts'
import { record } from '../audit/audit.ts'
import { savedViews, users } from '../db/schema.ts'
import type { Person } from '../http/caller.ts'
import { inTransaction, type Work } from '../work.ts'
import { ownView } from './queries.ts'

type Fields = Pick<SavedView, 'name' | 'shape' | 'query' | 'shared'>
type Changed = { [F in keyof Fields]?: Fields[F] | undefined }
type ViewWork = Work & { by: Person }

/** Nobody reads a longer list of their own. */
const maxOwn = 200

export function createView(work: ViewWork, fields: Fields): Promise<SavedView> {
  return inTransaction(work, async (inside) => {
    const by = refuseSharing(work, fields)
    // Two browsers of one person count one after the other.
    await inside.db.select({ id: users.id }).from(users).where(eq(users.id, by.id)).for('update')
    if ((await inside.db.$count(savedViews, eq(savedViews.owner_id, by.id))) >= maxOwn)
      throw wrongFields({ field: 'name', message: `you have ${maxOwn} views: delete one first` })
    const [row] = await inside.db
      .insert(savedViews)
      .values({ ...fields, owner_id: by.id })
      .returning({ id: savedViews.id })
    await record(inside, { action: 'view.created', subject: 'view', id: row!.id, after: fields })
    return (await ownView(inside.db, row!.id, by.id))!
  })
}

/** Changes a view of one's own; `version` guards against another tab. */
export function saveView(work: ViewWork, id: string, input: Changed & { version?: number | undefined }) {
  return inTransaction(work, async (inside) => {
    const by = refuseSharing(work, input)
    const before = await lockedView(inside, id, by)
    const { version, ...fields } = input
    if (version !== undefined && version !== before.version)
      throw new AppError('changed', 'You changed this view elsewhere.', { current: before })
    await inside.db
      .update(savedViews)
      .set({ ...(fields as Partial<Fields>), updated_at: sql`now()`, version: sql`${savedViews.version} + 1` })
      .where(eq(savedViews.id, id))
    await record(inside, { action: 'view.changed', subject: 'view', id, before, after: fields })
    return (await ownView(inside.db, id, by.id))!
  })
}

export function deleteView(work: ViewWork, id: string): Promise<void> {
  return inTransaction(work, async (inside) => {
    const before = await lockedView(inside, id, work.by)
    await inside.db.delete(savedViews).where(eq(savedViews.id, id))
    await record(inside, { action: 'view.deleted', subject: 'view', id, before })
  })
}

async function lockedView({ db }: Work, id: string, by: Person): Promise<SavedView> {
  const own = and(eq(savedViews.id, id), eq(savedViews.owner_id, by.id))
  await db.select({ id: savedViews.id }).from(savedViews).where(own).for('update')
  const view = await ownView(db, id, by.id)
  if (!view) throw new AppError('not_found', 'You have no view with this id.')
  return view
}

function refuseSharing({ by }: ViewWork, { shared }: Changed): Person {
  if (shared && !by.permissions.has('views:share'))
    throw new AppError('forbidden', 'shared: your role lacks the permission views:share.')
  return by
}
