import type { CallEvent, CallEventReply } from '@clinicacrm/contract/calls.ts'
import { and, eq, like, sql } from 'drizzle-orm'
import { announce, type Told } from '../audit/outbox.ts'
import { casesVisibleTo } from '../cases/cases.ts'
import { callEvents, calls, cases, pops } from '../db/schema.ts'
import { newCaseUrl, screenPopUrl } from '../http/links.ts'
import { publish } from '../live/live.ts'
import type { Lookup } from '../lookup/lookup.ts'
import { agentsNamed, dialledNumberOf } from '../telephony/telephony.ts'
import { inTransaction, type Work } from '../work.ts'
import { callbackForMissed, callbackReached } from './callbacks.ts'
import type { Deliveries } from './deliveries.ts'
import { type Folded, foldCall, nameOfEvent, type Said, type StoredEvent } from './fold.ts'
import { type Match, matchOf, otherSide } from './match.ts'
import { type CallRow, lockedCall } from './queries.ts'

/** Calls that an administrator tries a connection with: nobody is called back for them, and they are forgotten. */
export const trialPrefix = 'clinicacrm-trial-'

export async function forgetTrial(db: Work['db'], id: string): Promise<void> {
  await db.delete(calls).where(and(eq(calls.id, id), like(calls.call_id, `${trialPrefix}%`)))
}

export type Recording = Work & { lookup: Lookup; deliveries: Deliveries }

type Recorded = {
  row: CallRow
  folded: Folded
  /** Agent as the platform names them → our person, if they are one. */
  agents: ReadonlyMap<string, string | null>
  /** At whom it rings since this event. */
  rang: string[]
  repeated: boolean
}

/**
 * Takes in what happened to a call: once it returns, the event is kept. Events of one call wait for each other; the row is
 * made anew of all its events each time, so that order, repeats and gaps do not matter.
 */
export async function recordCall(work: Recording, event: CallEvent, receivedAt = Date.now()): Promise<CallEventReply> {
  const recorded = await inTransaction(work, (inside) => take({ ...work, ...inside }, event, receivedAt))
  const { row, folded, agents, rang, repeated } = recorded
  const told = await work.deliveries.told(row.id, rang)
  const named = folded.agents.map((agent) => {
    const userId = agents.get(agent) ?? null
    return { agent, known: userId !== null, delivered: userId !== null && told.has(userId) }
  })
  const delivered = named.some((one) => one.delivered)
  return { ...(await replyOf(work, row)), delivered, agents: named, repeated }
}

/** How the call stands, where nothing is told of it. A case of a clinic that is not theirs, nobody is led to. */
export async function replyOf(work: Work, row: CallRow): Promise<CallEventReply> {
  const isHidden = row.case_id !== null && !(await isVisible(work, row.case_id))
  return {
    id: row.id,
    state: row.state as CallEventReply['state'],
    result: row.result as CallEventReply['result'],
    match: row.match as CallEventReply['match'],
    case_id: isHidden ? null : row.case_id,
    screen_pop_url: isHidden ? null : landingOf(work, row),
    delivered: true,
    agents: [],
    repeated: true,
  }
}

async function isVisible({ db, by }: Work, caseId: string): Promise<boolean> {
  if (!by.clinicIds) return true
  const found = await db
    .select({ id: cases.id })
    .from(cases)
    .where(and(eq(cases.id, caseId), casesVisibleTo(by)))
  return found.length > 0
}

async function take(work: Recording, event: CallEvent, receivedAt: number): Promise<Recorded> {
  const before = await lockedCall(work.db, event)
  const isNew = await keep(work, before.id, event, receivedAt)
  const folded = foldCall(await eventsOf(work, before.id))
  const agents = await agentsNamed(work.db, event.provider, folded.agents)
  if (!isNew) return { row: before, folded, agents, rang: [], repeated: true }
  const match = await matchAgain(work, before, folded)
  const row = await write(work, before, { folded, match, agents })
  const rang = await ring(work, row, { folded, agents })
  await tell(work, { before, row, rang, receivedAt })
  await announce(work, toldOf(before, row))
  if (row.state === 'ended' && before.state !== 'ended') await afterEnd(work, row)
  else if (row.answered_at && !before.answered_at) await callbackReached(work, row)
  return { row, folded, agents, rang, repeated: false }
}

/** False when the event had been kept before. */
async function keep({ db }: Recording, call: string, event: CallEvent, receivedAt: number): Promise<boolean> {
  const { provider: _, call_id: __, event: kind, event_id: ___, at, ...said } = event
  const values = { call, name: nameOfEvent(event), kind, at: at ?? new Date(receivedAt).toISOString(), said }
  const kept = await db.insert(callEvents).values(values).onConflictDoNothing().returning({ call: callEvents.call })
  return kept.length > 0
}

async function eventsOf({ db }: Recording, call: string): Promise<StoredEvent[]> {
  const rows = await db.select().from(callEvents).where(eq(callEvents.call, call))
  return rows.map(({ name, kind, at, said }) => ({ name, kind: kind as StoredEvent['kind'], at, said: said as Said }))
}

/** What a person said of the call stays; otherwise whoever the number or the platform names now. */
async function matchAgain(work: Recording, before: CallRow, folded: Folded): Promise<Match> {
  const { match, phone_key, phone, patient_id, case_id } = before
  const known = { match, phone_key, phone, patient_id, case_id } as Match
  const isSettled = match === 'linked' || (match !== null && before.relinked_at !== null)
  if (isSettled) return known
  const isSame = match !== null && before.from_text === folded.from && before.to_text === folded.to
  const isNamed = folded.case_id !== null || folded.patient_id !== null
  if (isSame && (!isNamed || match === 'explicit')) return known
  if (match === null && otherSide(folded) === null && !isNamed) return known
  return matchOf(work, folded)
}

type Made = { folded: Folded; match: Match; agents: ReadonlyMap<string, string | null> }

async function write({ db, config }: Recording, before: CallRow, { folded, match, agents }: Made): Promise<CallRow> {
  const own = folded.direction === 'outbound' ? folded.from : folded.to
  const dialled = own === before.to_text && before.dialled_number_id ? null : await dialledNumberOf({ db, config }, own)
  const answeredBy = folded.answered_by && (agents.get(folded.answered_by) ?? null)
  const clinic_id = dialled?.clinic_id ?? before.clinic_id ?? (match.case_id && (await clinicOf(db, match.case_id)))
  const [row] = await db
    .update(calls)
    .set({
      ...match,
      direction: folded.direction,
      state: folded.state,
      result: folded.result,
      from_text: folded.from,
      to_text: folded.to,
      queue: folded.queue,
      agent_text: folded.agent,
      agent_id: folded.agent ? (agents.get(folded.agent) ?? null) : null,
      started_at: folded.started_at,
      ringing_at: folded.ringing_at,
      answered_at: folded.answered_at,
      ended_at: folded.ended_at,
      reason: folded.reason,
      recording_url: folded.recording_url,
      ...(dialled?.id && { dialled_number_id: dialled.id }),
      clinic_id,
      owed_by: owes(before, folded, match) ? answeredBy : null,
      updated_at: sql`now()`,
      version: sql`${calls.version} + 1`,
    })
    .where(eq(calls.id, before.id))
    .returning()
  return row!
}

/** Whoever spoke with somebody from outside says what it came to, once. */
const owes = (before: CallRow, folded: Folded, match: Match) =>
  folded.state === 'ended' &&
  folded.result === 'answered' &&
  match.match !== 'internal' &&
  !before.wrapped_up_at &&
  !before.call_id.startsWith(trialPrefix)

async function clinicOf(db: Work['db'], caseId: string): Promise<string | null> {
  const [found] = await db.select({ clinic_id: cases.clinic_id }).from(cases).where(eq(cases.id, caseId))
  return found?.clinic_id ?? null
}

/** One row for each of our people it ever rang at, so that nobody is told twice; those who are new to it come back. */
async function ring({ db }: Recording, row: CallRow, { folded, agents }: Omit<Made, 'match'>): Promise<string[]> {
  if (row.match === 'internal' || row.direction === 'internal') return []
  const people = new Map<string, string | null>()
  for (const agent of folded.agents) {
    const userId = agents.get(agent)
    const giver = folded.given_by[agent]
    if (userId && !people.has(userId)) people.set(userId, (giver && agents.get(giver)) || null)
  }
  if (people.size === 0) return []
  const values = [...people].map(([user_id, transferred_by]) => ({ call: row.id, user_id, transferred_by }))
  const added = await db.insert(pops).values(values).onConflictDoNothing().returning({ user_id: pops.user_id })
  return added.map(({ user_id }) => user_id)
}

type Telling = { before: CallRow; row: CallRow; rang: string[]; receivedAt: number }

/** Those it rings at hear that it rings, everybody else it concerns what became of it. */
async function tell(work: Recording, { before, row, rang, receivedAt }: Telling): Promise<void> {
  const rows = await work.db.select({ user_id: pops.user_id }).from(pops).where(eq(pops.call, row.id))
  const others = rows.map(({ user_id }) => user_id).filter((id) => !rang.includes(id))
  const about = { kind: 'call' as const, id: row.id, at: receivedAt }
  if (rang.length > 0) await publish(work, { ...about, what: row.state === 'ended' ? 'ended' : 'ringing', to: rang })
  if (others.length === 0) return
  const what = row.state === 'ended' ? 'ended' : row.answered_at && !before.answered_at ? 'answered' : 'changed'
  await publish(work, { ...about, what, to: others })
}

/** For the outside, each thing once; an end that turns out to have been another one is told again. */
function toldOf(before: CallRow, row: CallRow): Told[] {
  if (row.match === 'internal' || row.direction === 'internal') return []
  const about = { about: 'call' as const, id: row.id }
  const isOver = row.state === 'ended' && (before.state !== 'ended' || before.result !== row.result)
  const isMissed = isOver && row.direction === 'inbound' && row.result !== 'answered'
  return [
    ...(row.state === 'ringing' && row.ringing_at && !before.ringing_at
      ? [{ type: 'call.ringing' as const, ...about }]
      : []),
    ...(row.answered_at && !before.answered_at ? [{ type: 'call.answered' as const, ...about }] : []),
    ...(isOver ? [{ type: 'call.ended' as const, ...about, data: { result: row.result } }] : []),
    ...(isMissed ? [{ type: 'call.missed' as const, ...about, data: { result: row.result } }] : []),
  ]
}

async function afterEnd(work: Recording, row: CallRow): Promise<void> {
  const isAboutSomebody = row.phone_key !== null || row.patient_id !== null
  if (row.match === 'internal' || !isAboutSomebody || row.call_id.startsWith(trialPrefix)) return
  if (row.result === 'answered') return callbackReached(work, row)
  if (row.direction === 'inbound') await callbackForMissed(work, row)
}

/** Where whoever opens a page by hand lands. */
function landingOf({ config }: Work, row: CallRow): string | null {
  if (row.case_id) return screenPopUrl(config, config.defaultLocale, row.case_id)
  if (row.match === 'none' && row.phone) return newCaseUrl(config, config.defaultLocale, row.phone)
  return row.match === 'many' ? `${config.publicUrl}/pop?call_id=${row.id}` : null
}
