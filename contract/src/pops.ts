import { z } from 'zod'
import { callerView, callView, heardOptional } from './calls.ts'
import { caseView } from './cases.ts'
import { endpoint } from './endpoint.ts'
import { id, instant } from './fields.ts'

/** What the desk shows of a call that rings, lasts, or waits for its wrap-up. */
export const popView = z
  .object({
    id,
    call: callView,
    callers: z.array(callerView).max(10),
    caller_count: z.int(),
    case: caseView.nullable().meta({ description: 'The case to open, when it is clear whose call it is.' }),
    note_so_far: z.string().nullable().meta({ description: 'What a colleague wrote who transferred the call.' }),
    transferred_by: z.string().nullable(),
    blocked: z
      .enum(['do_not_contact', 'wrong_number'])
      .nullable()
      .meta({ description: 'Why nobody should call back.' }),
    blocked_reason: z.string().nullable(),
    missed_today: z.int().meta({ description: 'How often this number called today without an answer.' }),
    created_at: instant,
    delivered_at: instant.nullable(),
    shown_at: instant.nullable(),
    opened_at: instant.nullable(),
    dismissed_at: instant.nullable(),
  })
  .meta({ id: 'Pop' })
export type PopView = z.infer<typeof popView>

export const listPops = endpoint({
  name: 'listPops',
  method: 'GET',
  path: '/api/pops',
  needs: 'signed_in',
  tag: 'Calls',
  summary: 'Your calls: those that ring or last, those you have not seen, those whose wrap-up you owe',
  reply: z.object({ pops: z.array(popView) }),
})

export const getPop = endpoint({
  name: 'getPop',
  method: 'GET',
  path: '/api/pops/:id',
  needs: 'signed_in',
  tag: 'Calls',
  summary: 'One of your calls, as the card shows it',
  params: z.object({ id: id.meta({ description: 'The call.' }) }),
  reply: popView,
  errors: ['not_found'],
})

export const markPop = endpoint({
  name: 'markPop',
  method: 'POST',
  path: '/api/pops/:id',
  needs: 'signed_in',
  tag: 'Calls',
  summary: 'Say that the card of a call was shown, opened or put away',
  params: z.object({ id: id.meta({ description: 'The call.' }) }),
  body: z.strictObject({
    what: z.enum(['shown', 'opened', 'dismissed']),
    after_ms: z
      .number()
      .min(0)
      .max(600_000)
      .optional()
      .meta({ description: 'How long after the event the card was painted.' }),
  }),
  reply: z.object({ first: z.boolean().meta({ description: 'No other page had said so.' }) }),
  errors: ['not_found'],
})

/** Surface B: where a browser goes that a platform opened with a number, a call or a case. */
export const resolvePop = endpoint({
  name: 'resolvePop',
  method: 'GET',
  path: '/api/pops/resolve',
  needs: 'signed_in',
  tag: 'Calls',
  summary: 'What a number, call or case leads to: a case, people to choose from, or a new case',
  description: 'Placeholders that a platform left unfilled, such as `@Call.ANI@` or `{{phone}}`, count as empty.',
  query: z.object({
    phone: heardOptional(256),
    call_id: heardOptional(250),
    provider: heardOptional(40),
    case_id: heardOptional(40),
    patient_id: heardOptional(40),
  }),
  reply: z.object({
    leads_to: z.enum(['case', 'chooser', 'patient', 'new_case', 'search']),
    path: z.string().meta({ description: 'Address in the app, without the language: `/cases/9`.' }),
    callers: z.array(callerView),
    phone: z.string().nullable(),
    notice: z.enum(['stale_id', 'withheld', 'internal']).nullable(),
  }),
})
