import { z } from 'zod'
import { endpoint } from './endpoint.ts'
import { id, instant, requiredText } from './fields.ts'

export const noteView = z
  .object({
    id,
    case_id: id,
    author: z.string(),
    author_id: id.nullable().meta({ description: 'Null when a key or an import wrote it.' }),
    body: z.string(),
    mentions: z.array(id).meta({ description: 'The colleagues named in it.' }),
    created_at: instant,
    edited_at: instant.nullable(),
    version: z.int(),
  })
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
    author: requiredText(200).optional().meta({
      description: 'Who wrote it, for keys; the key’s name when left out. People always write as themselves.',
    }),
    mentions: z.array(id).max(20).optional(),
  }),
  examples: {
    body: { note: { summary: 'A note', value: { body: 'Prefers to be called after 17:00.', author: 'Giulia' } } },
  },
  reply: noteView,
  status: 201,
  errors: ['not_found'],
  idempotent: true,
})

export const editNote = endpoint({
  name: 'editNote',
  method: 'PATCH',
  path: '/api/cases/:id/notes/:note_id',
  needs: 'cases:write',
  tag: 'Desk',
  summary: 'Change a note of your own; what it said before is kept',
  params: z.object({ id, note_id: id }),
  body: z.strictObject({
    body: requiredText(20_000),
    mentions: z.array(id).max(20).optional(),
    version: z.int(),
  }),
  reply: noteView,
  errors: ['not_found', 'forbidden', 'note_changed'],
})

export const listNoteVersions = endpoint({
  name: 'listNoteVersions',
  method: 'GET',
  path: '/api/cases/:id/notes/:note_id/versions',
  needs: 'cases:read',
  tag: 'Desk',
  summary: 'What a note said before, newest first',
  params: z.object({ id, note_id: id }),
  reply: z.object({
    versions: z.array(z.object({ version: z.int(), body: z.string(), replaced_at: instant, replaced_by: z.string() })),
  }),
  errors: ['not_found'],
})
