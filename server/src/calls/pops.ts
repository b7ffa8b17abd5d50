import type { PopView } from '@clinicacrm/contract/pops.ts'
import { and, desc, eq, inArray, or, sql } from 'drizzle-orm'
import { AppError } from '../app-error.ts'
import type { Disclosures } from '../audit/disclosures.ts'
import { casesById, viewOf } from '../cases/cases.ts'
import type { Db } from '../db/client.ts'
import { calls, pops, users, wrapUpDrafts } from '../db/schema.ts'
import type { Work } from '../work.ts'
import { callersOf } from './callers.ts'
import { callRows, type ShownCall, viewOfCall } from './queries.ts'

export type Showing = Work & { disclosures: Disclosures; by: Work['by'] & { id: string } }
type PopRow = typeof pops.$inferSelect

const most = 50

/**
 * What waits for somebody by telephone: calls that ring at them or that they hold, calls of today that no page of theirs
 * has shown, and calls whose wrap-up they owe. Asking for them is being told of them.
 */
export async function popsOf(work: Showing): Promise<PopView[]> {
  const { db, by } = work
  const isMine = eq(pops.user_id, by.id)
  const rings = and(sql`${calls.state} <> 'ended'`, sql`${calls.started_at} > now() - interval '8 hours'`)
  const isHeld = or(eq(calls.agent_id, by.id), and(eq(calls.state, 'ringing'), sql`${calls.answered_at} is null`))
  const isUnseen = and(
    eq(calls.state, 'ended'),
    sql`${calls.result} <> 'answered'`,
    sql`${calls.ended_at} > now() - interval '12 hours'`,
    sql`${pops.shown_at} is null`,
  )
  const waits = and(sql`${pops.dismissed_at} is null`, or(and(rings, isHeld), isUnseen))
  const found = await callRows(db, by)
    .innerJoin(pops, eq(pops.call, calls.id))
    .where(and(isMine, or(waits, eq(calls.owed_by, by.id))))
    .orderBy(desc(calls.started_at), desc(calls.id))
    .limit(most)
  await delivered(
    db,
    by.id,
    found.map(({ call }) => call.id),
  )
  const rows = await popRows(
    db,
    by.id,
    found.map(({ call }) => call.id),
  )
  return Promise.all(
    found.flatMap((call) => (rows.has(call.call.id) ? popOf(work, call, rows.get(call.call.id)!) : [])),
  )
}

/** One of somebody's calls, as the card shows it. */
export async function popById(work: Showing, callId: string): Promise<PopView> {
  const { db, by } = work
  const [call] = await callRows(db, by)
    .innerJoin(pops, eq(pops.call, calls.id))
    .where(and(eq(calls.id, callId), eq(pops.user_id, by.id)))
  if (!call) throw noSuchCall()
  await delivered(db, by.id, [callId])
  const rows = await popRows(db, by.id, [callId])
  return popOf(work, call, rows.get(callId)!)
}

export const noSuchCall = () => new AppError('not_found', 'There is no call of yours with this id.')

const moments = { shown: pops.shown_at, opened: pops.opened_at, dismissed: pops.dismissed_at }
const columnOf = { shown: 'shown_at', opened: 'opened_at', dismissed: 'dismissed_at' } as const

/** What became of the card. Only the first page that says so is told that it was the first. */
export async function markPop(
  { db, by }: Pick<Showing, 'db' | 'by'>,
  callId: string,
  { what, after_ms }: { what: keyof typeof moments; after_ms?: number | undefined },
): Promise<{ first: boolean }> {
  const isMine = and(eq(pops.call, callId), eq(pops.user_id, by.id))
  const changed = await db
    .update(pops)
    .set({
      [columnOf[what]]: sql`now()`,
      ...(what === 'shown' && after_ms !== undefined && { shown_after_ms: Math.round(after_ms) }),
    })
    .where(and(isMine, sql`${moments[what]} is null`))
    .returning({ call: pops.call })
  if (changed.length > 0) return { first: true }
  const [known] = await db.select({ call: pops.call }).from(pops).where(isMine)
  if (!known) throw noSuchCall()
  return { first: false }
}

async function delivered(db: Db, userId: string, callIds: string[]): Promise<void> {
  if (callIds.length === 0) return
  await db
    .update(pops)
    .set({ delivered_at: sql`now()` })
    .where(and(eq(pops.user_id, userId), inArray(pops.call, callIds), sql`${pops.delivered_at} is null`))
}

async function popRows(db: Db, userId: string, callIds: string[]): Promise<Map<string, PopRow>> {
  if (callIds.length === 0) return new Map()
  const rows = await db
    .select()
    .from(pops)
    .where(and(eq(pops.user_id, userId), inArray(pops.call, callIds)))
  return new Map(rows.map((row) => [row.call, row]))
}

async function popOf(work: Showing, shown: ShownCall, row: PopRow): Promise<PopView> {
  const { db, by } = work
  const call = viewOfCall(shown)
  const { phone_key } = shown.call
  const asksWho = call.match === 'many' || call.match === 'one' || call.match === 'linked' || call.match === 'none'
  const [callers, cases, before, missedToday] = await Promise.all([
    asksWho ? callersOf(db, phone_key, by) : [],
    call.case_id ? casesById(db, [call.case_id], by) : [],
    beforeTransfer(db, call.id, row),
    missedTodayBy(db, shown),
  ])
  const kase = cases[0] ? viewOf(cases[0], work) : null
  disclose(work, call, { callers, kase })
  return {
    id: call.id,
    call,
    callers,
    caller_count: callers.length,
    case: kase,
    ...before,
    ...blockOf(shown),
    missed_today: missedToday,
    created_at: row.created_at,
    delivered_at: row.delivered_at,
    shown_at: row.shown_at,
    opened_at: row.opened_at,
    dismissed_at: row.dismissed_at,
  }
}

/** Why nobody should call this number back; the reason is for who may see the patient. */
function blockOf({ is_barred, is_wrong, is_patient_known, barred_because }: ShownCall) {
  const blocked = is_barred ? ('do_not_contact' as const) : is_wrong ? ('wrong_number' as const) : null
  return { blocked, blocked_reason: is_barred && is_patient_known ? barred_because : null }
}

/** Who gave the call on, and what they wrote about it so far. */
async function beforeTransfer(db: Db, callId: string, row: PopRow) {
  if (!row.transferred_by) return { note_so_far: null, transferred_by: null }
  const [giver] = await db
    .select({ name: users.name, draft: wrapUpDrafts.draft })
    .from(users)
    .leftJoin(wrapUpDrafts, and(eq(wrapUpDrafts.user_id, users.id), eq(wrapUpDrafts.call, callId)))
    .where(eq(users.id, row.transferred_by))
  const { note } = (giver?.draft ?? {}) as { note?: string }
  return { note_so_far: note?.trim() || null, transferred_by: giver?.name ?? null }
}

/** How often the number called in vain since midnight at the clinic. */
async function missedTodayBy(db: Db, { call, zone }: ShownCall): Promise<number> {
  if (!call.phone_key) return 0
  const { rows } = await db.execute<{ count: number }>(sql`
    select count(*)::int as count from calls
     where phone_key = ${call.phone_key} and direction = 'inbound' and result in ('missed', 'voicemail') and id <> ${call.id}
       and started_at >= date_trunc('day', now() at time zone ${zone ?? 'UTC'}) at time zone ${zone ?? 'UTC'}`)
  return rows[0]!.count
}

function disclose(
  { disclosures, by }: Showing,
  call: PopView['call'],
  seen: { callers: PopView['callers']; kase: PopView['case'] },
) {
  const about = { actor: by.actor, provider: call.provider, conversation_id: call.call_id }
  for (const { patient_id, case_id } of seen.callers) {
    disclosures.record({ ...about, action: 'patient.listed', case_id, patient_id, profile: 'match' })
  }
  if (seen.kase) {
    disclosures.record({ ...about, action: 'case.listed', case_id: seen.kase.id, patient_id: seen.kase.patient_id })
  }
}
