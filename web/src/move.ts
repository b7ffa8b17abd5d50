import type { CasePage } from '@clinicacrm/contract/case-page.ts'
import type { SaveCase } from '@clinicacrm/contract/cases.ts'
import type { StatusCode } from '@clinicacrm/contract/lifecycle.ts'
import { isSettled, needsOf } from './move-rules.ts'
import { isMomentOf, readMoment, type TypedMoment, typedFrom } from './typed-moment.ts'

/** What of a case's page its next step depends on. */
export type Standing = Pick<CasePage, 'case' | 'clinic_zone' | 'offered_statuses'>

/** A step of the case as somebody is typing it. */
export type TypedMove = { status: StatusCode; moment: TypedMoment; lost_reason: string; reason: string }
export type Missing = 'moment' | 'lost_reason' | 'reason'

export const noMove = ({ case: kase, clinic_zone: zone }: Standing): TypedMove => ({
  status: kase.status as StatusCode,
  moment: typedFrom(kase.follow_up_date, zone),
  lost_reason: kase.lost_reason ?? '',
  reason: '',
})

/** What it changes, and what it still lacks. */
export function readMove(
  page: Standing,
  typed: TypedMove,
  mayOverride: boolean,
): { change: SaveCase; missing: Missing[] } {
  const { case: kase, clinic_zone: zone } = page
  const { moment, problem } = readMoment(typed.moment, zone)
  const needs = needsOf(typed.status)
  const isMoved = typed.status !== kase.status
  // Nobody has to come back to what has ended.
  const isEnded = isSettled(typed.status) && !needs.includes('follow_up_date')
  const needsReason = wayTo(page, typed.status, mayOverride) === 'needs_reason'
  const missing: (Missing | false)[] = [
    ((!isEnded && problem !== null) || (needs.includes('follow_up_date') && !moment)) && 'moment',
    needs.includes('lost_reason') && !typed.lost_reason.trim() && 'lost_reason',
    needsReason && !typed.reason.trim() && 'reason',
  ]
  const change: SaveCase = {
    ...(isMoved && { status: typed.status }),
    ...(isEnded && isMoved
      ? { follow_up_date: null }
      : !isMomentOf(typed.moment, kase.follow_up_date, zone) && { follow_up_date: moment }),
    ...(needs.includes('lost_reason') && { lost_reason: typed.lost_reason.trim() }),
    ...(needsReason && { status_reason: typed.reason.trim() }),
  }
  return { change, missing: missing.filter((one) => one !== false) }
}

/** Whether this person can take the case there: at once, with a reason, or not at all. */
export function wayTo(
  { case: { status }, offered_statuses }: Standing,
  to: StatusCode,
  mayOverride: boolean,
): 'open' | 'needs_reason' | 'closed' {
  const move = to === status ? 'offered' : offered_statuses.find(({ code }) => code === to)?.move
  if (move === 'offered') return 'open'
  if (move === 'needs_reason') return 'needs_reason'
  return move === 'needs_override' && mayOverride ? 'open' : 'closed'
}
