import type { CallEvent, CallEventReply, ownCallEvent } from '@clinicacrm/contract/calls.ts'
import { and, eq } from 'drizzle-orm'
import type { z } from 'zod'
import { AppError } from '../app-error.ts'
import { casesVisibleTo } from '../cases/cases.ts'
import { calls, cases, pops } from '../db/schema.ts'
import type { Person } from '../http/caller.ts'
import { hasPages } from '../telephony/telephony.ts'
import { lookedUp } from './looked-up.ts'
import type { CallRow } from './queries.ts'
import { type Recording, recordCall, replyOf } from './record.ts'

type Own = z.output<typeof ownCallEvent>
type House = Omit<Recording, 'by'> & { by: Person }

/** Begins or joins a call; everything else is for whoever has it already. */
const joins: ReadonlySet<CallEvent['event']> = new Set(['ringing', 'answered'])

/** What the telephone in an agent's own page tells: of a call of theirs, and in their name alone. */
export async function recordOwnCall(house: House, event: Own): Promise<CallEventReply> {
  const { by, db } = house
  // Elsewhere the platform tells of calls itself, some under ids that anybody could guess.
  if (!hasPages(event.provider)) throw new AppError('not_found', 'This platform has no page here that tells of calls.')
  if (!joins.has(event.event)) {
    const call = await callOnceTheirs(house, event)
    if (!call) throw new AppError('not_found', 'This call never rang at you.')
    // A colleague speaks: that it is over for whoever it rang at as well, or who gave it on, does not end it.
    if (call.answered_at && call.agent_id !== by.id) return replyOf({ ...house, db }, call)
  }
  const found = event.from ? null : await lookedUp(db, event)
  const isTheirs = !!event.case_id && (await maySee(house, event.case_id))
  // Spelled out: whatever else a page might send has no place here.
  const said: CallEvent = {
    ...event,
    from: event.from ?? found?.phone ?? null,
    to: event.to ?? found?.called ?? null,
    // The page may have told of it before the number was known: that was another event.
    ...(found && { event_id: `looked-up:${by.id}:${event.event_id ?? event.event}` }),
    case_id: isTheirs ? event.case_id : null,
    agent: by.email,
  }
  return recordCall({ ...house, db }, said)
}

async function callOnceTheirs({ db, by }: House, { provider, call_id }: Own): Promise<CallRow | null> {
  const [row] = await db
    .select({ call: calls })
    .from(pops)
    .innerJoin(calls, eq(calls.id, pops.call))
    .where(and(eq(calls.provider, provider), eq(calls.call_id, call_id), eq(pops.user_id, by.id)))
  return row?.call ?? null
}

async function maySee({ db, by }: House, caseId: string): Promise<boolean> {
  const [row] = await db
    .select({ id: cases.id })
    .from(cases)
    .where(and(eq(cases.id, caseId), casesVisibleTo(by)))
  return row !== undefined
}
