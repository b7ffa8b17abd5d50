import type { CaseView } from '@clinicacrm/contract/cases.ts'
import { moveBetween, type StatusCode, statusCodes } from '@clinicacrm/contract/lifecycle.ts'
import type { WrapUpFields } from '@clinicacrm/contract/wrap-up.ts'
import { type Missing, noMove, readMove, type Standing, type TypedMove } from '../move.ts'
import { typedFrom } from '../typed-moment.ts'

/** What somebody writes about a call, from its first note to its end; no `move` until one is proposed. */
export type CallForm = { disposition: string; note: string; wrong_number: boolean; move: TypedMove | null }
export type Lacking = Missing | 'disposition'
export type Written = { [Field in keyof WrapUpFields]?: WrapUpFields[Field] | undefined }

export const emptyForm: CallForm = { disposition: '', note: '', wrong_number: false, move: null }

/** Where the case of a call stands and may go. */
export function standingOf(kase: CaseView, clinic_zone: string): Standing {
  const from = kase.status as StatusCode
  const offered_statuses = statusCodes
    .filter((code) => code !== from)
    .map((code) => ({ code, move: moveBetween(from, code) }))
  return { case: kase, clinic_zone, offered_statuses }
}

/** What is sent of it, and what it still lacks. */
export function readForm(
  { disposition, note, wrong_number, move }: CallForm,
  standing: Standing | null,
  mayOverride: boolean,
): { fields: Written; lacks: Lacking[] } {
  const { change, missing } =
    standing && move ? readMove(standing, move, mayOverride) : { change: {}, missing: [] as Missing[] }
  const { status, status_reason, follow_up_date, lost_reason } = change
  const fields: Written = {
    ...(disposition && { disposition }),
    ...(note.trim() && { note }),
    ...(wrong_number && { wrong_number }),
    ...(status && { status: status as StatusCode }),
    ...(status_reason && { status_reason }),
    ...(follow_up_date !== undefined && { follow_up_date }),
    ...(lost_reason && { lost_reason }),
  }
  return { fields, lacks: disposition ? missing : ['disposition', ...missing] }
}

/** As it would have been typed: what the server kept of an earlier visit, or of another browser. */
export function formFrom(kept: Written, standing: Standing | null): CallForm {
  const { disposition = '', note = '', wrong_number = false, status, follow_up_date, lost_reason, status_reason } = kept
  const stands = standing && noMove(standing)
  return {
    disposition,
    note,
    wrong_number,
    move:
      disposition && stands
        ? {
            status: status ?? stands.status,
            moment: follow_up_date === undefined ? stands.moment : typedFrom(follow_up_date, standing.clinic_zone),
            lost_reason: lost_reason ?? stands.lost_reason,
            reason: status_reason ?? '',
          }
        : null,
  }
}
