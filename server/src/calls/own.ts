import type { CallEvent, CallEventReply, ownCallEvent } from '@clinicacrm/contract/calls.ts'
import { and, eq } from 'drizzle-orm'
import type { z } from 'zod'
import { AppError } from '../app-error.ts'
import { casesVisibleTo } from '../cases/cases.ts'
import { calls, cases, pops } from '../db/schema.ts'
import type { Person } from '../http/caller.ts'
import { lookedUp } from './looked-up.ts'
import { type Recording, recordCall } from './record.ts'

type Own = z.output<typeof ownCallEvent>
type House = Omit<Recording, 'by'> & { by: Person }

/** Begins or joins a call; everything else is for whoever has it already. */
const joins: ReadonlySet<CallEvent['event']> = new Set(['ringing', 'answered'])

/** What the telephone in an agent's own page tells: of a call of theirs, and in their name alone. */
export async function recordOwnCall(house: House, event: Own): Promise<CallEventReply> {
  const { by, db } = house
  if (!joins.has(event.event) && !(await isOnCall(house, event)))
    throw new AppError('not_found', 'This call never rang at you.')
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

async function isOnCall({ db, by }: House, { provider, call_id }: Own): Promise<boolean> {
  const [row] = await db
    .select({ call: pops.call })
    .from(pops)
    .innerJoin(calls, eq(calls.id, pops.call))
    .where(and(eq(calls.provider, provider), eq(calls.call_id, call_id), eq(pops.user_id, by.id)))
  return row !== undefined
}

async function maySee({ db, by }: House, caseId: string): Promise<boolean> {
  const [row] = await db
    .select({ id: cases.id })
    .from(cases)
    .where(and(eq(cases.id, caseId), casesVisibleTo(by)))
  return row !== undefined
}
