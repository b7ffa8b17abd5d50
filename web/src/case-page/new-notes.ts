import { addNote, type NoteView } from '@clinicacrm/contract/notes.ts'
import { call } from '../api.ts'
import { onceAs } from '../idempotency.ts'

/** A note on its way to the server. */
export type NewNote = { body: string; mentions: string[]; at: string }

export const noteNow = (body: string, mentions: string[] = []): NewNote => ({
  body: body.trim(),
  mentions,
  at: new Date().toISOString(),
})

/** However often it is sent, it is written down once. */
export const sendNote = (id: string, { body, mentions }: NewNote, key: string): Promise<NoteView> =>
  call(addNote, { params: { id }, body: { body, mentions } }, onceAs(key))
