import type { NoteView } from '@clinicacrm/contract/notes.ts'
import { changesBetween, record } from '../audit/audit.ts'
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
  return inTransaction(work, async ({ db, by, events }) => {
    if (!(await caseById(db, caseId, by))) throw noSuchCase()
    const [note] = await db
      .insert(notes)
      .values({ case_id: caseId, body, author: author ?? by.name })
      .returning()
    const changes = changesBetween({}, { note: note!.id })
    await record(db, { actor: by.actor, action: 'note.added', subject: 'case', subject_id: caseId, changes })
    events.changed(by.actor, 'note.added', 'case', caseId)
    return note!
  })
}
