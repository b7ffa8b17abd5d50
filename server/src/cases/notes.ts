import type { NoteView } from '@clinicacrm/contract/notes.ts'
import { record } from '../audit/audit.ts'
import { notes } from '../db/schema.ts'
import { inTransaction, type Work } from '../work.ts'
import { noSuchCase } from './cases.ts'
import { caseById } from './queries.ts'

/** Adds a note; its text stays out of the audit trail, which outlives erasures. */
export function addNote(
  work: Work,
  caseId: string,
  { body, author }: { body: string; author?: string | undefined },
): Promise<NoteView> {
  return inTransaction(work, async (inside) => {
    const { db, by } = inside
    if (!(await caseById(db, caseId, by))) throw noSuchCase()
    const [note] = await db
      .insert(notes)
      .values({ case_id: caseId, body, author: author ?? by.name })
      .returning()
    await record(inside, { action: 'note.added', subject: 'case', id: caseId, after: { note: note!.id } })
    return note!
  })
}
