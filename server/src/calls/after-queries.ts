import type { CallbackView } from '@clinicacrm/contract/callbacks.ts'
import { and, eq, inArray, type SQL, sql } from 'drizzle-orm'
import { isoInstant } from '../db/columns.ts'
import type { Db } from '../db/client.ts'
import { callbacks, clinics, patients, phoneFacts } from '../db/schema.ts'
import { wrongFields } from '../app-error.ts'
import { patientsVisibleTo } from '../patients/patients.ts'
import type { Actor } from '../work.ts'
import { escalatesAfterMs, ladderLength } from './ladder.ts'

/** A callback belongs to whoever may see its clinic; without one, to whoever may see the patient. */
export function callbacksVisibleTo(by: Actor): SQL | undefined {
  if (!by.clinicIds) return undefined
  const own = inArray(callbacks.clinic_id, [...by.clinicIds])
  return sql`(${own} or (${callbacks.clinic_id} is null and (${callbacks.patient_id} is null or ${patientsVisibleTo(by)})))`
}

const isWrong = sql<boolean>`exists (select from ${phoneFacts} where ${phoneFacts.patient_id} = ${callbacks.patient_id}
  and ${phoneFacts.key} = ${callbacks.phone_key} and ${phoneFacts.wrong_at} is not null)`

/** Whom nobody may call waits for ever, behind all others. */
const isBarred = sql<boolean>`coalesce(${patients.do_not_contact}, false)`
export const isOverdue = sql`(${callbacks.due_at} < now() and not ${isBarred})`

export const isEscalated = sql`(not ${isBarred} and (${callbacks.attempts} >= ${ladderLength}
  or ${callbacks.due_at} < now() - ${escalatesAfterMs} * interval '1 millisecond'))`

/** A page is in the order of this, then of the id. */
const urgency = sql<string>`case when ${isBarred} then 'infinity' else ${callbacks.due_at} end`
const recency = sql<string>`coalesce(${callbacks.closed_at}, ${callbacks.updated_at})`

const columns = (by: Actor, key: SQL) => ({
  callback: callbacks,
  clinic: clinics.name,
  first_name: patients.first_name,
  last_name: patients.last_name,
  is_patient_known: sql<boolean>`(${patients.id} is not null and ${patientsVisibleTo(by) ?? sql`true`})`,
  is_wrong: isWrong,
  is_barred: isBarred,
  barred_because: patients.do_not_contact_reason,
  sort_key: sql<string>`(${key})::text`,
})

export const callbackRows = (db: Db, by: Actor, key: SQL = urgency) =>
  db
    .select(columns(by, key))
    .from(callbacks)
    .leftJoin(clinics, eq(clinics.id, callbacks.clinic_id))
    .leftJoin(patients, eq(patients.id, callbacks.patient_id))
    .$dynamic()
export type ShownCallback = Awaited<ReturnType<typeof callbackRows>>[number]

export async function callbackById(db: Db, id: string, by: Actor): Promise<ShownCallback | null> {
  const [row] = await callbackRows(db, by).where(and(eq(callbacks.id, id), callbacksVisibleTo(by)))
  return row ?? null
}

type Asked = {
  state: CallbackView['state']
  assigned_to: string | null | undefined
  clinic?: string[] | undefined
  due: 'overdue' | 'escalated' | 'today' | 'all'
}

/** A page of callbacks: those open by the index on when they are due, a few hundred at most; the others newest first. */
export function pageOfCallbacks(
  db: Db,
  by: Actor,
  asked: Asked,
  { place, limit }: { place: Place | null; limit: number },
): Promise<ShownCallback[]> {
  const isOpen = asked.state === 'open'
  const key = isOpen ? urgency : recency
  const beyond =
    place && sql`(${key}, ${callbacks.id}) ${isOpen ? sql`>` : sql`<`} (${place.key}::timestamptz, ${place.id}::bigint)`
  return callbackRows(db, by, key)
    .where(and(fits(by, asked), beyond ?? undefined))
    .orderBy(...(isOpen ? [key, callbacks.id] : [sql`${key} desc`, sql`${callbacks.id} desc`]))
    .limit(limit + 1)
}

export async function countOfCallbacks(db: Db, by: Actor, asked: Asked): Promise<number> {
  const [row] = await db
    .select({ count: sql<number>`count(*)::int` })
    .from(callbacks)
    .leftJoin(clinics, eq(clinics.id, callbacks.clinic_id))
    .leftJoin(patients, eq(patients.id, callbacks.patient_id))
    .where(fits(by, asked))
  return row!.count
}

function fits(by: Actor, { state, assigned_to, clinic, due }: Asked): SQL | undefined {
  const zone = sql`coalesce(${clinics.zone}, 'UTC')`
  const tomorrow = sql`(date_trunc('day', now() at time zone ${zone}) + interval '1 day') at time zone ${zone}`
  return and(
    callbacksVisibleTo(by),
    eq(callbacks.state, state),
    assigned_to === undefined ? undefined : sql`${callbacks.assigned_to} is not distinct from ${assigned_to}`,
    clinic && inArray(clinics.name, clinic),
    due === 'overdue' ? isOverdue : undefined,
    due === 'escalated' ? isEscalated : undefined,
    due === 'today' ? sql`(${callbacks.due_at} < ${tomorrow} and not ${isBarred})` : undefined,
  )
}

type Place = { key: string; id: string }

export const cursorAfter = ({ sort_key, callback }: ShownCallback): string =>
  Buffer.from(`${sort_key} ${callback.id}`).toString('base64url')

export function callbackPlace(cursor: string | undefined): Place | null {
  if (cursor === undefined) return null
  const [, key, id] =
    /^(infinity|\d{4}-\d\d-\d\d \d\d:\d\d:\d\d(?:\.\d{1,6})?\+00) (\d{1,18})$/.exec(
      Buffer.from(cursor, 'base64url').toString(),
    ) ?? []
  if (!key || !id || (key !== 'infinity' && Number.isNaN(Date.parse(isoInstant(key))))) {
    throw wrongFields({ field: 'cursor', message: 'use the next_cursor of the page before' })
  }
  return { key, id }
}
