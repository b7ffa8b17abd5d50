import type { listCalls } from '@clinicacrm/contract/call-log.ts'
import { and, desc, eq, inArray, type SQL, sql } from 'drizzle-orm'
import type { z } from 'zod'
import type { Db } from '../db/client.ts'
import { after, type Position } from '../db/pages.ts'
import { callEvents, calls, clinics, patients, pops, wrapUpDrafts } from '../db/schema.ts'
import { patientsVisibleTo, personSearch } from '../patients/patients.ts'
import type { Actor } from '../work.ts'
import { callRows, callsVisibleTo, type ShownCall } from './queries.ts'

export type Filters = Omit<z.output<NonNullable<(typeof listCalls)['query']>>, 'cursor' | 'limit'>

/** A page of the call log, newest first, by the index on `started_at, id`. */
export function pageOfCalls(
  db: Db,
  by: Actor,
  page: { filters: Filters; position: Position | null; limit: number },
): Promise<ShownCall[]> {
  return callRows(db, by)
    .where(and(callsVisibleTo(by), ...conditions(page.filters, by), after(placeOfCalls, page.position)))
    .orderBy(desc(calls.started_at), desc(calls.id))
    .limit(page.limit + 1)
}

/** Where a page of calls ends, as pages of everything else do. */
const placeOfCalls = { created_at: calls.started_at, id: calls.id }

const oneOf = (column: typeof calls.state | typeof calls.agent_id, values: string[] | undefined) =>
  values && inArray(column, values)

function conditions(filters: Filters, by: Actor): (SQL | undefined)[] {
  const { clinic, search, from, to } = filters
  return [
    oneOf(calls.state, filters.state),
    oneOf(calls.result as never, filters.result),
    oneOf(calls.direction as never, filters.direction),
    oneOf(calls.match as never, filters.match),
    oneOf(calls.agent_id, filters.agent_id),
    oneOf(calls.provider as never, filters.provider),
    clinic && inArray(clinics.name, clinic),
    filters.patient_id ? and(eq(calls.patient_id, filters.patient_id), patientsVisibleTo(by)) : undefined,
    filters.case_id ? and(eq(calls.case_id, filters.case_id), patientsVisibleTo(by)) : undefined,
    filters.owed && sql`${calls.owed_by} is not null`,
    filters.pop && popped(filters.pop),
    search?.trim() ? searched(search, by) : undefined,
    from ? sql`${calls.started_at} >= ${moment(from)}` : undefined,
    to ? sql`${calls.started_at} < ${moment(to)}` : undefined,
  ]
}

/** By the index on a call's pops. */
function popped(which: NonNullable<Filters['pop']>): SQL {
  const ofCall = sql`select from ${pops} where ${pops.call} = ${calls.id}`
  const isShown = sql`exists (${ofCall} and ${pops.shown_at} is not null)`
  if (which === 'shown') return isShown
  return which === 'offered' ? sql`exists (${ofCall})` : sql`(exists (${ofCall}) and not ${isShown})`
}

/** A day alone begins where the call's clinic is. */
const moment = (text: string) =>
  text.length === 'YYYY-MM-DD'.length
    ? sql`(${text}::timestamp at time zone coalesce(${clinics.zone}, 'UTC'))`
    : sql`${text}::timestamptz`

/** Digits of the number, or a name of a patient whom the actor may see. */
function searched(search: string, by: Actor): SQL {
  const digits = search.replace(/\D+/g, '')
  const isNumber = digits.length > 2 && !/\p{L}/u.test(search)
  if (isNumber) return sql`coalesce(${calls.phone_key}, ${calls.phone}, '') like ${`%${digits}%`}`
  const visible = patientsVisibleTo(by) ?? sql`true`
  return sql`(${patients.id} is not null and ${visible} and ${personSearch(search).holds})`
}

/** What happened to a call, in the order it happened. */
export async function eventsOfCall(db: Db, id: string) {
  const rows = await db.select().from(callEvents).where(eq(callEvents.call, id)).orderBy(callEvents.at, callEvents.name)
  return rows.map(({ kind, at, said }) => ({
    event: kind as 'ringing',
    at,
    agent: (said as { agent?: string | null }).agent ?? null,
  }))
}

/** The newest thing anybody is writing about a call. */
export async function noteOnCall(db: Db, id: string): Promise<string | null> {
  const [row] = await db
    .select({ draft: wrapUpDrafts.draft })
    .from(wrapUpDrafts)
    .where(eq(wrapUpDrafts.call, id))
    .orderBy(desc(wrapUpDrafts.updated_at))
    .limit(1)
  return (row?.draft as { note?: string } | undefined)?.note ?? null
}
