import { z } from 'zod'
import { endpoint } from './endpoint.ts'
import { id, instant, requiredText } from './fields.ts'

export const noteView = z
  .object({ id, case_id: id, author: z.string(), body: z.string(), created_at: instant })
  .meta({ id: 'Note' })
export type NoteView = z.infer<typeof noteView>

export const listNotes = endpoint({
  name: 'listNotes',
  method: 'GET',
  path: '/api/cases/:id/notes',
  needs: 'cases:read',
  tag: 'Cases',
  summary: 'The notes of a case, newest first',
  params: z.object({ id }),
  reply: z.object({ notes: z.array(noteView) }),
  errors: ['not_found'],
})

export const addNote = endpoint({
  name: 'addNote',
  method: 'POST',
  path: '/api/cases/:id/notes',
  needs: 'cases:write',
  tag: 'Cases',
  summary: 'Add a note',
  params: z.object({ id }),
  body: z.strictObject({
    body: requiredText(20_000),
    author: requiredText(200).optional().meta({ description: 'Who wrote it; the key’s name when left out.' }),
  }),
  examples: {
    body: { note: { summary: 'A note', value: { body: 'Prefers to be called after 17:00.', author: 'Giulia' } } },
  },
  reply: noteView,
  status: 201,
  errors: ['not_found'],
  idempotent: true,
})
