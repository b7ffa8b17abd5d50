import { addNote, type NoteView } from '@clinicacrm/contract/notes.ts'
import { call } from '../api.ts'
import type { useT } from '../i18n.ts'
import { onceAs } from '../idempotency.ts'

/** A note on its way to the server. */
export type NewNote = { body: string; mentions: string[]; at: string }

const mostLetters = 20_000

/** What is wrong with a note before it is sent. A text that is too long is kept whole, to be cut by who wrote it. */
export const problemOfNote = (t: ReturnType<typeof useT>, body: string): string | null =>
  body.trim().length > mostLetters ? t('case.problems.too_long', { count: mostLetters }) : null

export const noteNow = (body: string, mentions: string[] = []): NewNote => ({
  body: body.trim(),
  mentions,
  at: new Date().toISOString(),
})

/** However often it is sent, it is written down once. */
export const sendNote = (id: string, { body, mentions }: NewNote, key: string): Promise<NoteView> =>
  call(addNote, { params: { id }, body: { body, mentions } }, onceAs(key))
