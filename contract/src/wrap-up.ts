import { z } from 'zod'
import { callView } from './calls.ts'
import { endpoint } from './endpoint.ts'
import { id, instant, instantInput, requiredText, text } from './fields.ts'
import { statusCodes } from './lifecycle.ts'

/** What a call came to. `note` is a draft until it is saved with the rest. */
export const wrapUpFields = z.strictObject({
  disposition: text(200),
  note: text(20_000).optional(),
  status: z.enum(statusCodes).optional(),
  status_reason: text(500).optional(),
  follow_up_date: instantInput.nullable().optional(),
  lost_reason: text(500).optional(),
  outcome: text(500).optional(),
  wrong_number: z.boolean().optional().meta({ description: 'Nobody of that name is at this number.' }),
})
export type WrapUpFields = z.infer<typeof wrapUpFields>

export const wrapUpCall = endpoint({
  name: 'wrapUpCall',
  method: 'POST',
  path: '/api/calls/:id/wrap-up',
  needs: 'calls:handle',
  tag: 'Calls',
  summary: 'Write down what a call came to; case, note, callback and call are saved together',
  params: z.object({ id }),
  body: wrapUpFields.extend({ disposition: requiredText(200) }),
  reply: callView,
  errors: ['not_found', 'move_not_offered', 'case_changed'],
  idempotent: true,
})

export const saveWrapUpDraft = endpoint({
  name: 'saveWrapUpDraft',
  method: 'PUT',
  path: '/api/calls/:id/draft',
  needs: 'calls:handle',
  tag: 'Calls',
  summary: 'Keep what is being written about a call; a colleague who takes the call over reads the note',
  params: z.object({ id }),
  body: wrapUpFields.partial(),
  reply: z.object({ saved_at: instant }),
  errors: ['not_found'],
})

export const getWrapUpDraft = endpoint({
  name: 'getWrapUpDraft',
  method: 'GET',
  path: '/api/calls/:id/draft',
  needs: 'calls:handle',
  tag: 'Calls',
  summary: 'What you were writing about a call',
  params: z.object({ id }),
  reply: z.object({ draft: wrapUpFields.partial().nullable(), saved_at: instant.nullable() }),
  errors: ['not_found'],
})
