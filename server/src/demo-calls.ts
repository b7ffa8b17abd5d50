import { phoneQuery } from '@clinicacrm/contract/phone.ts'
import { and, eq, inArray, sql } from 'drizzle-orm'
import { foldCall, type StoredEvent } from './calls/fold.ts'
import { addDays, momentOf, wallClockOf, weekdayOf } from './calls/clocks.ts'
import { nextSlotFrom } from './calls/hours.ts'
import { clinicsFor } from './clinics/clinics.ts'
import type { Db } from './db/client.ts'
import {
  agentIdentities,
  callbacks,
  callEvents,
  calls,
  clinicHours,
  clinics,
  dialledNumbers,
  pops,
  users,
} from './db/schema.ts'
import { type DemoCall, demoCalls, demoExtensions, demoHours, demoNumbers } from './demo-call-data.ts'
import type { Work } from './work.ts'

const provider = 'api'
const zone = 'Europe/Rome'

type Line = { id: string | null; clinic_id: string | null }
type Person = { patient_id: string; case_id: string | null; assigned_to: string | null; email: string | null }
type Known = {
  now: Date
  userOf: ReadonlyMap<string, { id: string; email: string }>
  /** By what a number means. */
  lineOf: ReadonlyMap<string, Line>
  peopleWith: ReadonlyMap<string, Person[]>
}

/** What a telephone system would have told by now, once: hours, names, numbers, and the calls of the last days. */
export async function loadCalls(work: Work): Promise<void> {
  const { db, config } = work
  const [loaded] = await db
    .select({ id: calls.id })
    .from(calls)
    .where(and(eq(calls.provider, provider), eq(calls.call_id, nameOfCall(0))))
  if (loaded) return
  const now = new Date()
  const keyOf = (text: string) => {
    const query = phoneQuery(text, config.defaultCountry)
    return query.kind === 'number' ? query.key : null
  }
  const places = await loadPlaces(work, now, keyOf)
  const keys = demoCalls.flatMap(({ phone }) => (phone && keyOf(phone)) ?? [])
  const known = { now, ...places, peopleWith: await peopleWith(db, keys) }
  const made = demoCalls.map((call, n) => callOf(known, call, { n, key: call.phone && keyOf(call.phone) }))
  const rows = await db
    .insert(calls)
    .values(made.map(({ row }) => row))
    .returning({ id: calls.id })
  const idOf = (n: number) => rows[n]!.id
  await db
    .insert(callEvents)
    .values(
      made.flatMap(({ events }, n) => events.map((event) => ({ call: idOf(n), received_at: event.at, ...event }))),
    )
  await db.insert(pops).values(made.flatMap(({ cards }, n) => cards.map((card) => ({ call: idOf(n), ...card }))))
  const waiting = made.flatMap(({ callback }, n) => (callback ? [{ ...callback, origin_call: idOf(n) }] : []))
  await db.insert(callbacks).values(waiting).onConflictDoNothing()
}

/** Hours of the clinics, names of agents and numbers of ours; whatever is set already stays. */
async function loadPlaces(work: Work, now: Date, keyOf: (text: string) => string | null) {
  const { db } = work
  const places = await db
    .select({ id: clinics.id, name: clinics.name, code: clinics.code, phone: clinics.phone })
    .from(clinics)
  const ofClinics = places.map(({ id, code }) => ({ clinic_id: id, ...demoHours(code ?? '', now.getUTCFullYear()) }))
  await db.insert(clinicHours).values(ofClinics).onConflictDoNothing()
  const people = await db.select({ id: users.id, email: users.email }).from(users)
  const userOf = new Map(
    Object.entries(demoExtensions).flatMap(([extension, email]) => {
      const found = people.find((person) => person.email === email)
      return found ? [[extension, found] as const] : []
    }),
  )
  const names = [...userOf].map(([value, { id }]) => ({ user_id: id, kind: 'extension', value }))
  await db.insert(agentIdentities).values(names).onConflictDoNothing()
  const idOf = new Map((await clinicsFor(work)).map(({ name, id }) => [name, id]))
  const numbers = demoNumbers.map(({ clinic, ...number }) => ({
    ...number,
    key: keyOf(number.number)!,
    clinic_id: (clinic !== null && idOf.get(clinic)) || null,
  }))
  await db.insert(dialledNumbers).values(numbers).onConflictDoNothing()
  const dialled = await db.select().from(dialledNumbers)
  const lineOf = new Map<string, Line>([
    ...places.map(({ id, phone }) => [(phone && keyOf(phone)) ?? '', { id: null, clinic_id: id }] as const),
    ...dialled.map(({ key, id, clinic_id }) => [key, { id, clinic_id }] as const),
  ])
  return { userOf, lineOf: new Map(demoCalls.map(({ line }) => [line, lineOf.get(keyOf(line)!) ?? noLine])) }
}

const noLine: Line = { id: null, clinic_id: null }

/** Whoever has these numbers, each with their newest case: one question. */
async function peopleWith(db: Db, keys: string[]): Promise<Map<string, Person[]>> {
  const { rows } = await db.execute<Person & { key: string }>(sql`
    select k.key, k.patient_id, p.email, c.id as case_id, c.assigned_to
      from phone_keys k join patients p on p.id = k.patient_id
      left join lateral (select id, assigned_to from cases where patient_id = k.patient_id and deleted_at is null
                          order by created_at desc, id desc limit 1) c on true
     where ${inArray(sql`k.key`, keys)} order by k.key, k.patient_id`)
  return Map.groupBy(rows, ({ key }) => key)
}

const nameOfCall = (n: number) => `demo-${n + 1}`

function callOf(known: Known, call: DemoCall, { n, key }: { n: number; key: string | null }) {
  const { now, userOf, lineOf, peopleWith: people } = known
  const began = momentAt(call.when, now)
  const events = eventsOf(call, began)
  const folded = foldCall(events)
  const found = (key && people.get(key)) || []
  const person = call.linked
    ? found.find(({ email }) => email === call.linked)
    : found.length === 1
      ? found[0]
      : undefined
  const { id: dialled_number_id, clinic_id } = lineOf.get(call.line)!
  const agents = folded.agents.flatMap((extension) => userOf.get(extension) ?? [])
  const agent = folded.agent === null ? undefined : userOf.get(folded.agent)
  const ended = folded.ended_at!
  const isWrappedUp = call.disposition !== undefined
  const { direction, state, result, queue, started_at, ringing_at, answered_at } = folded
  const theirs = { patient_id: person?.patient_id ?? null, case_id: person?.case_id ?? null }
  const row: typeof calls.$inferInsert = {
    provider,
    call_id: nameOfCall(n),
    direction,
    state,
    result,
    from_text: folded.from,
    to_text: folded.to,
    phone_key: key,
    phone: key === null ? call.phone : `+${key}`,
    queue,
    dialled_number_id,
    clinic_id,
    agent_id: agent?.id ?? null,
    agent_text: folded.agent,
    started_at,
    ringing_at,
    answered_at,
    ended_at: ended,
    match: matchOf(call, found.length),
    ...theirs,
    ...(isWrappedUp && {
      disposition: call.disposition,
      wrapped_up_at: later(ended, 9 + (n % 7) * 3),
      wrapped_up_by: agent?.id ?? null,
    }),
    owed_by: result === 'answered' && !isWrappedUp ? (agent?.id ?? null) : null,
  }
  const cards = agents.map(({ id }, i) => ({
    user_id: id,
    transferred_by: i > 0 ? agents[0]!.id : null,
    created_at: started_at,
    delivered_at: started_at,
    shown_at: started_at,
    shown_after_ms: 48 + ((n * 37) % 70),
    opened_at: answered_at,
  }))
  return { row, events, cards, callback: callbackOf(known, call, { row, person }) }
}

function matchOf({ phone, linked }: DemoCall, found: number) {
  if (phone === null) return 'withheld'
  if (linked) return 'linked'
  return found === 0 ? 'none' : found === 1 ? 'one' : 'many'
}

function eventsOf(
  { phone, line, at: [first, then], outbound, wait, talk, voicemail }: DemoCall,
  began: string,
): StoredEvent[] {
  const [from, to] = outbound ? [line, phone] : [phone ?? 'anonymous', line]
  const said = { direction: outbound ? ('outbound' as const) : ('inbound' as const), from, to }
  const after = (seconds: number, kind: StoredEvent['kind'], more: StoredEvent['said'] = {}): StoredEvent => {
    return { name: `id:${kind}-${seconds}`, kind, at: later(began, seconds), said: more }
  }
  const rings = after(0, 'ringing', { ...said, agent: first })
  if (talk === undefined)
    return [
      rings,
      after(wait, voicemail ? 'voicemail' : 'missed', { agent: first }),
      after(wait + (voicemail ? 25 : 1), 'ended'),
    ]
  const answered = [rings, after(wait, 'answered', { agent: first })]
  const half = Math.floor(talk / 2)
  const given = then
    ? [after(wait + half, 'transferred', { agent: then }), after(wait + half + 6, 'answered', { agent: then })]
    : []
  return [...answered, ...given, after(wait + talk, 'ended')]
}

type About = { row: typeof calls.$inferInsert; person: Person | undefined }

function callbackOf(
  { now }: Known,
  { callback }: DemoCall,
  { row, person }: About,
): typeof callbacks.$inferInsert | null {
  if (!callback) return null
  const due = new Date(momentAt(callback.due, now))
  return {
    patient_id: row.patient_id,
    phone_key: row.phone_key,
    phone: row.phone,
    case_id: row.case_id,
    clinic_id: row.clinic_id,
    due_at: nextSlotFrom(due, demoHours('', now.getUTCFullYear()), zone).at.toISOString(),
    attempts: callback.attempts ?? 0,
    missed_count: callback.missed ?? 1,
    last_missed_at: row.ended_at,
    assigned_to: person?.assigned_to ?? null,
    created_at: row.ended_at ?? row.started_at,
  }
}

const later = (moment: string, seconds: number) => new Date(Date.parse(moment) + seconds * 1_000).toISOString()

/** So many minutes ago, or that time of a day on which clinics work. */
function momentAt(when: DemoCall['when'], now: Date): string {
  if (typeof when === 'number') return new Date(now.getTime() - when * 60_000).toISOString()
  let [back, time] = when
  let { day } = wallClockOf(now, zone)
  while (back > 0) {
    day = addDays(day, -1)
    if (weekdayOf(day) < 5) back--
  }
  return momentOf({ day, time }, zone).toISOString()
}
