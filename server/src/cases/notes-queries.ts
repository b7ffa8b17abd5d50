import { rolesWith } from '@clinicacrm/contract/permissions.ts'
import { and, desc, eq, inArray, isNull, or, sql } from 'drizzle-orm'
import { nameOfActor } from '../audit/actors.ts'
import type { Db } from '../db/client.ts'
import { notes, noteVersions, users } from '../db/schema.ts'

const isNote = (caseId: string, id: string) => and(eq(notes.id, id), eq(notes.case_id, caseId))

/** By primary key; whether the case may be seen is asked before. */
export async function noteById(db: Db, caseId: string, id: string) {
  const [note] = await db.select().from(notes).where(isNote(caseId, id))
  return note ?? null
}

/** The same, locked until the transaction ends. */
export async function lockedNote(db: Db, caseId: string, id: string) {
  const [note] = await db.select().from(notes).where(isNote(caseId, id)).for('update')
  return note ?? null
}

/** What a note said before, newest first, by the primary key. */
export function versionsOf(db: Db, noteId: string) {
  return db
    .select({
      version: noteVersions.version,
      body: noteVersions.body,
      replaced_at: noteVersions.replaced_at,
      replaced_by: nameOfActor(noteVersions.replaced_by),
    })
    .from(noteVersions)
    .where(eq(noteVersions.note_id, noteId))
    .orderBy(desc(noteVersions.version))
}

/** Of these people, those whose role and clinics let them see cases of this clinic. */
export async function usersWhoSee(db: Db, clinicId: string, userIds: string[]): Promise<string[]> {
  const rows = await db
    .select({ id: users.id })
    .from(users)
    .where(
      and(
        inArray(users.id, userIds),
        eq(users.active, true),
        inArray(users.role, [...rolesWith['cases:read']]),
        or(isNull(users.clinic_ids), sql`${clinicId}::bigint = any(${users.clinic_ids})`),
      ),
    )
  return rows.map(({ id }) => id)
}
