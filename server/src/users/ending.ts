import { and, eq, isNull, like, or, type SQL, sql } from 'drizzle-orm'
import type { Db } from '../db/client.ts'
import { invitations, sessions, users, verifications } from '../db/schema.ts'
import { publish } from '../live/live.ts'
import type { Work } from '../work.ts'

type Inside = Pick<Work, 'db' | 'by'>

/** Ends these sessions at once, on open pages too; when they were last used stays known. */
export async function endSessions({ db, by }: Inside, which: SQL | undefined): Promise<number> {
  const ended = await db
    .delete(sessions)
    .where(which)
    .returning({ user_id: sessions.user_id, used_at: sessions.updated_at })
  for (const { user_id, used_at } of ended) {
    await db
      .update(users)
      .set({ last_seen_at: sql`greatest(${users.last_seen_at}, ${used_at.toISOString()}::timestamptz)` })
      .where(eq(users.id, user_id))
  }
  for (const id of new Set(ended.map(({ user_id }) => user_id))) await unsettle({ db, by }, id)
  return ended.length
}

/** Their open pages ask again who they are, and whether they still are. */
export const unsettle = ({ db, by }: Inside, userId: string): Promise<void> =>
  publish({ db, by }, { kind: 'session_ended', id: userId, what: 'changed' })

/** The browsers that were trusted to need no code. */
export const forgetDevices = (db: Db, userId: string): Promise<void> => forget(db, userId, ['trust-device-%'])

/** Those, half-done sign-ins, and links to a new password. */
export const forgetProofs = (db: Db, userId: string): Promise<void> =>
  forget(db, userId, ['trust-device-%', '2fa-%', 'password-reset:%'])

async function forget(db: Db, userId: string, kinds: string[]) {
  const which = or(...kinds.map((kind) => like(verifications.identifier, kind)))
  await db.delete(verifications).where(and(eq(verifications.value, userId), which))
}

/** What somebody promised who may not promise it any more. */
export async function withdrawInvitations(db: Db, by: string): Promise<void> {
  await db
    .update(invitations)
    .set({ revoked_at: sql`now()` })
    .where(and(eq(invitations.invited_by, by), isNull(invitations.accepted_at), isNull(invitations.revoked_at)))
}
