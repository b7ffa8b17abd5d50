import type { NoteView } from '@clinicacrm/contract/notes.ts'
import { eq, sql } from 'drizzle-orm'
import { AppError, wrongFields } from '../app-error.ts'
import { record } from '../audit/audit.ts'
import { cases, notes, noteVersions } from '../db/schema.ts'
import { publish } from '../live/live.ts'
import { inTransaction, type Work } from '../work.ts'
import { lockedNote, noteById, usersWhoSee } from './notes-queries.ts'
import { caseById, type CaseRow, noSuchCase } from './queries.ts'

type Kase = NonNullable<CaseRow>
type Written = { body: string; mentions?: string[] | undefined }

/** Adds a note; its text stays out of the audit trail, which outlives erasures. */
export function addNote(
  work: Work,
  caseId: string,
  { body, author, mentions = [] }: Written & { author?: string | undefined },
): Promise<NoteView> {
  return inTransaction(work, async (inside) => {
    const { db, by } = inside
    const isPerson = by.kind === 'user'
    if (isPerson && author !== undefined) {
      throw wrongFields({ field: 'author', message: 'leave it out: people write as themselves' })
    }
    const kase = await knownCase(inside, caseId)
    const named = [...new Set(mentions)]
    await requireReaders(inside, kase, named)
    const [note] = await db
      .insert(notes)
      .values({ case_id: caseId, body, author: author ?? by.name, author_id: isPerson ? by.id : null, mentions: named })
      .returning()
    // What the system writes by itself is no conversation with the patient.
    if (by.kind) await markContact(inside, caseId)
    await record(inside, { action: 'note.added', subject: 'case', id: caseId, after: { note: note!.id } })
    await tell(inside, kase)
    return note!
  })
}

/** Changes a note of one's own; what it said before is kept. `version` guards against a save in between. */
export function editNote(
  work: Work,
  caseId: string,
  noteId: string,
  { body, mentions, version }: Written & { version: number },
): Promise<NoteView> {
  return inTransaction(work, async (inside) => {
    const { db, by } = inside
    const kase = await knownCase(inside, caseId)
    const before = await lockedNote(db, caseId, noteId)
    if (!before) throw noSuchNote()
    if (by.kind !== 'user' || before.author_id !== by.id) {
      throw new AppError('forbidden', 'Only who wrote a note may change it.')
    }
    if (before.version !== version) {
      throw new AppError('note_changed', 'This note was changed in between.', { current: before })
    }
    const named = mentions ? [...new Set(mentions)] : before.mentions
    const added = named.filter((id) => !before.mentions.includes(id))
    await requireReaders(inside, kase, added)
    if (body === before.body && !added.length && named.length === before.mentions.length) return before
    await db
      .insert(noteVersions)
      .values({ note_id: noteId, version: before.version, body: before.body, replaced_by: by.actor })
    const [note] = await db
      .update(notes)
      .set({ body, mentions: named, edited_at: sql`now()`, version: sql`${notes.version} + 1` })
      .where(eq(notes.id, noteId))
      .returning()
    await record(inside, { action: 'note.changed', subject: 'case', id: caseId, after: { note: noteId } })
    await tell(inside, kase)
    return note!
  })
}

/** A note of a case, refused when there is none. */
export async function knownNote(work: Pick<Work, 'db' | 'by'>, caseId: string, noteId: string) {
  const kase = await knownCase(work, caseId)
  if (!(await noteById(work.db, caseId, noteId))) throw noSuchNote()
  return kase
}

async function knownCase({ db, by }: Pick<Work, 'db' | 'by'>, id: string): Promise<Kase> {
  const kase = await caseById(db, id, by)
  if (!kase) throw noSuchCase()
  return kase
}

/** Whoever is named in a note is told of it: it must be somebody who may read it. */
async function requireReaders({ db }: Work, { clinic_id }: Kase, userIds: string[]) {
  if (!userIds.length) return
  const readers = new Set(await usersWhoSee(db, clinic_id, userIds))
  const blind = userIds.filter((id) => !readers.has(id))
  if (blind.length) {
    throw wrongFields({ field: 'mentions', message: `there is nobody who may see this case under ${blind.join(', ')}` })
  }
}

/** Not a change of the case as people edit it: whoever has it open goes on with the version they have. */
export async function markContact({ db }: Pick<Work, 'db'>, caseId: string) {
  await db
    .update(cases)
    .set({ last_contact_at: sql`greatest(${cases.last_contact_at}, now())` })
    .where(eq(cases.id, caseId))
}

const tell = (work: Work, { id, patient_id, clinic_id }: Kase) =>
  publish(work, { kind: 'case', id, case_id: id, patient_id, clinic_id, what: 'note' })

const noSuchNote = () => new AppError('not_found', 'There is no note with this id on this case.')
