import { type SQL, sql } from 'drizzle-orm'
import type { Db } from '../db/client.ts'
import { publish } from '../live/live.ts'
import { inTransaction, type Work } from '../work.ts'
import { noSuchCase } from './cases.ts'
import { caseById } from './queries.ts'

export type Viewer = { user_id: string; name: string; editing: boolean }

/** Somebody who was not heard of for so long has left. */
const isHere = sql`case_viewers.seen_at > now() - interval '45 seconds'`

/** Notes that a person has a case open, or has left it, and tells others when that is news; answers who else has. */
export function watchCase(
  work: Work,
  caseId: string,
  { editing, leaving }: { editing: boolean; leaving: boolean },
): Promise<Viewer[]> {
  return inTransaction(work, async (inside) => {
    const { db, by } = inside
    const kase = by.permissions?.has('cases:read') ? await caseById(db, caseId, by) : null
    if (!kase) throw noSuchCase()
    const before = await db.execute<{ editing: boolean }>(sql`select editing from case_viewers
      where case_id = ${caseId} and user_id = ${by.id} and ${isHere} for update`)
    await db.execute(leaving ? leave(caseId, by.id!) : stay(caseId, by.id!, editing))
    const [was] = before.rows
    const isNews = leaving ? Boolean(was) : was?.editing !== editing
    if (isNews) {
      const { patient_id, clinic_id } = kase
      await publish(inside, { kind: 'viewers', id: caseId, case_id: caseId, patient_id, clinic_id, what: 'changed' })
    }
    return viewersOf(db, caseId, by.id!)
  })
}

const leave = (caseId: string, userId: string): SQL =>
  sql`delete from case_viewers where case_id = ${caseId} and user_id = ${userId}`

const stay = (caseId: string, userId: string, editing: boolean): SQL =>
  sql`insert into case_viewers (case_id, user_id, editing) values (${caseId}, ${userId}, ${editing})
    on conflict (case_id, user_id) do update set editing = excluded.editing, seen_at = now()`

/** Who else has a case open, by the primary key. */
export async function viewersOf(db: Db, caseId: string, exceptUserId: string): Promise<Viewer[]> {
  const { rows } = await db.execute<Viewer>(sql`
    select users.id as user_id, users.name, case_viewers.editing
      from case_viewers join users on users.id = case_viewers.user_id
     where case_viewers.case_id = ${caseId} and users.id <> ${exceptUserId} and users.active and ${isHere}
     order by users.name, users.id`)
  return rows
}
