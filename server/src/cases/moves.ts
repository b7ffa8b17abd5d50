import { moveBetween, type StatusCode, statusNeeds } from '@clinicacrm/contract/lifecycle.ts'
import { AppError, wrongFields } from '../app-error.ts'
import { statusChanges } from '../db/schema.ts'
import type { Actor, Work } from '../work.ts'

type Needed = 'follow_up_date' | 'lost_reason'
/** Where a case is, and what it has of that which a status may need. */
type Standing = { status: string } & Record<Needed, string | null>
type Change = {
  status?: string | undefined
  status_reason?: string | undefined
  follow_up_date?: string | null | undefined
  lost_reason?: string | null | undefined
}

type Refusal =
  | { code: 'move_not_offered'; move: 'needs_reason' | 'needs_override' }
  | { code: 'required'; field: Needed }

/** Why a person may not make this move; null when they may. Keys and the system follow no lifecycle. */
export function refusalOf(by: Actor, from: Standing, change: Change): Refusal | null {
  const to = change.status
  if (by.kind !== 'user' || to === undefined || to === from.status) return null
  const move = moveBetween(from.status as StatusCode, to as StatusCode)
  if (move === 'needs_reason' && isBlank(change.status_reason)) return { code: 'move_not_offered', move }
  if (move === 'needs_override' && !by.permissions?.has('cases:override')) return { code: 'move_not_offered', move }
  const after = (field: Needed) => (change[field] === undefined ? from[field] : change[field])
  const field = missingFor(to, { follow_up_date: after('follow_up_date'), lost_reason: after('lost_reason') })
  return field && { code: 'required', field }
}

/** Refuses a person a move that the lifecycle does not offer them, or one that lacks what the new status needs. */
export function checkMove(by: Actor, from: Standing, change: Change): void {
  const refusal = refusalOf(by, from, change)
  if (refusal?.code === 'required') throw required(refusal.field, change.status)
  if (refusal) {
    const { move } = refusal
    throw new AppError('move_not_offered', sentences[move], { move, from: from.status, to: change.status })
  }
}

/** A person opens no case in a status that lacks what it needs. */
export function checkStart(by: Actor, fields: Change): void {
  const field = by.kind === 'user' && fields.status ? missingFor(fields.status, fields) : null
  if (field) throw required(field, fields.status)
}

/** A case that is no longer lost has no reason for being lost. */
export function lostReasonAfter(from: Standing, change: Change): string | null | undefined {
  const isFound = from.status === 'PERSO' && change.status !== undefined && change.status !== 'PERSO'
  return change.lost_reason === undefined && isFound ? null : change.lost_reason
}

/** Keeps moves for good, in the transaction that makes them. */
export async function recordMoves(
  { db, by }: Pick<Work, 'db' | 'by'>,
  moves: { case_id: string; from_status: string; to_status: string }[],
  reason: string | undefined,
): Promise<void> {
  if (!moves.length) return
  const shared = { reason: isBlank(reason) ? null : reason!.trim(), actor: by.actor }
  await db.insert(statusChanges).values(moves.map((move) => ({ ...move, ...shared })))
}

function missingFor(status: string, has: Pick<Change, Needed>): Needed | null {
  const needs: readonly Needed[] = statusNeeds[status as keyof typeof statusNeeds] ?? []
  return needs.find((field) => isBlank(has[field])) ?? null
}

const required = (field: Needed, status: string | undefined) =>
  wrongFields({ field, message: `is required for the status ${status}` })

const isBlank = (text: string | null | undefined) => !text?.trim()

const sentences = {
  needs_reason: 'Say in status_reason why this case is opened again.',
  needs_override: 'The lifecycle does not offer this move: somebody with the permission cases:override can make it.',
} as const
