import { z } from 'zod'
import { caseView } from './cases.ts'
import { endpoint } from './endpoint.ts'
import { id } from './fields.ts'
import { noteView } from './notes.ts'

const due = z.object({ count: z.int(), cases: z.array(caseView) })

export const getDesk = endpoint({
  name: 'getDesk',
  method: 'GET',
  path: '/api/desk',
  needs: 'signed_in',
  tag: 'Desk',
  summary: 'What waits for you: follow-ups, what nobody owns, where you were mentioned',
  reply: z.object({
    overdue: due,
    today: due,
    tomorrow: due,
    unassigned: due.meta({ description: 'Open cases that are new or due and have no owner; counted to 1000.' }),
    mentions: z.array(z.object({ note: noteView, case_id: id, patient_id: id, name: z.string() })),
    booked_this_week: z.int(),
    booked_last_week: z.int(),
  }),
})

/**
 * Server-sent events, people only; not in the list of endpoints, as its reply is a stream. Each event is JSON in `data`:
 * which case or patient changed, what happened to it, and who did it. Ids only: the page asks for what it may see. A
 * stream that comes back with the `Last-Event-ID` it saw hears what it missed, or `refresh` when that is too long ago.
 */
export const livePath = '/api/live'
export type LiveEvent = {
  /** `refresh`: something was missed, ask again for all that is shown. `session_ended`: the stream ends with it. */
  kind: 'case' | 'patient' | 'viewers' | 'call' | 'refresh' | 'session_ended'
  /** The case, or the patient for `patient`, the call for `call`; the person for `session_ended`; empty for `refresh`. */
  id: string
  case_id?: string
  patient_id?: string
  clinic_id?: string
  /** `created`, `changed`, `deleted`, `note`; of a call `ringing`, `answered`, `changed`, `ended`. */
  what: string
  /** The people it is for, nobody else hears it: whose call it is. */
  to?: string[]
  /** When the call's event arrived, in ms since 1970 by the server's clock. */
  at?: number
  /** As traces name them: `user:5`. */
  actor: string
}
