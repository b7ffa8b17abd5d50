import type { NoteView } from '@clinicacrm/contract/notes.ts'
import { lifecycle, type StatusClass, statusCodes } from '@clinicacrm/contract/lifecycle.ts'
import { and, desc, eq, type SQL, sql } from 'drizzle-orm'
import { casesVisibleTo } from '../cases/cases.ts'
import type { Db } from '../db/client.ts'
import { cases, clinics, notes, patients } from '../db/schema.ts'
import { nameOf } from '../patients/patients.ts'
import type { Actor } from '../work.ts'

export type Waiting = { count: number; ids: string[] }
type Me = Actor & { email: string }

/** Rows of each list on the desk; the rest is on the page of cases. */
const listed = 10
/** Nobody takes more than this from the pile; counting on would only cost. */
const mostCounted = 1_000
const newestMentions = 20

const codesOf = (...classes: StatusClass[]) =>
  sql.raw(
    statusCodes
      .filter((code) => classes.includes(lifecycle[code]))
      .map((code) => `'${code}'`)
      .join(', '),
  )
const isOpen = sql`${cases.status} in (${codesOf('open')})`
const isAtWork = sql`${cases.status} not in (${codesOf('won', 'lost', 'closed')})`

/** The first moment of a day, in the zone of the case's clinic. */
const dayIn = (days: number) =>
  sql`((date_trunc('day', now() at time zone ${clinics.zone}) + ${sql.raw(String(days))} * interval '1 day') at time zone ${clinics.zone})`

/** One's own follow-ups until tomorrow night, by the index on whose they are and when; the most urgent first. */
export async function followUpsOf(db: Db, by: Me): Promise<Record<'overdue' | 'today' | 'tomorrow', Waiting>> {
  const bucket = sql`case when ${cases.follow_up_date} < ${dayIn(0)} then 'overdue'
    when ${cases.follow_up_date} < ${dayIn(1)} then 'today' else 'tomorrow' end`
  const { rows } = await db.execute<Waiting & { bucket: 'overdue' | 'today' | 'tomorrow' }>(sql`
    select bucket, count(*)::int as count,
           (array_agg(id::text order by follow_up_date, id))[1:${sql.raw(String(listed))}] as ids
      from (select ${cases.id}, ${cases.follow_up_date}, ${bucket} as bucket
              from ${cases} join ${clinics} on ${clinics.id} = ${cases.clinic_id}
             where ${cases.assigned_to} = ${by.email} and ${isAtWork} and ${casesVisibleTo(by)}
               and ${cases.follow_up_date} < now() + interval '3 days'
               and ${cases.follow_up_date} < ${dayIn(2)}) due
     group by bucket`)
  const of = (name: string) => rows.find((row) => row.bucket === name) ?? { count: 0, ids: [] }
  const [overdue, today, tomorrow] = [of('overdue'), of('today'), of('tomorrow')]
  return { overdue, today, tomorrow }
}

/**
 * New cases and due ones that nobody has taken, the newest first. The inner question is a walk along the index on what is
 * nobody's, which has all that is asked of a row; `offset 0` keeps the outer one from tempting PostgreSQL elsewhere.
 */
export async function waitingForAnybody(db: Db, by: Actor): Promise<Waiting> {
  const nobodys = sql`select id, created_at, clinic_id, status, follow_up_date from ${cases}
    where ${cases.assigned_to} is null and ${isOpen} and ${casesVisibleTo(by)}
    order by ${cases.created_at} desc, ${cases.id} desc offset 0`
  const { rows } = await db.execute<Waiting>(sql`
    select count(*)::int as count, coalesce((array_agg(id::text))[1:${sql.raw(String(listed))}], '{}') as ids
      from (select ${cases.id} from (${nobodys}) ${cases} join ${clinics} on ${clinics.id} = ${cases.clinic_id}
             where ${cases.status} = 'NUOVO' or ${cases.follow_up_date} < ${dayIn(1)}
             order by ${cases.created_at} desc, ${cases.id} desc limit ${mostCounted}) waiting`)
  return rows[0]!
}

export type Mention = { note: NoteView; case_id: string; patient_id: string; name: string }

/** The newest notes that name somebody, by the index on who is named; what they wrote themselves is no news to them. */
export async function mentionsOf(db: Db, by: Me): Promise<Mention[]> {
  const rows = await db
    .select({ note: notes, patient_id: patients.id, first_name: patients.first_name, last_name: patients.last_name })
    .from(notes)
    .innerJoin(cases, eq(cases.id, notes.case_id))
    .innerJoin(patients, eq(patients.id, cases.patient_id))
    .where(
      and(
        sql`${notes.mentions} @> ${sql.param([by.id])}::bigint[]`,
        sql`${notes.author_id} is distinct from ${by.id}`,
        casesVisibleTo(by),
      ),
    )
    .orderBy(desc(notes.created_at), desc(notes.id))
    .limit(newestMentions)
  return rows.map(({ note, patient_id, ...person }) => ({
    note,
    case_id: note.case_id,
    patient_id,
    name: nameOf(person),
  }))
}

/** How many cases somebody brought to an appointment or a procedure, by the index on who moved them and when. */
export async function bookingsOf(db: Db, by: Actor): Promise<{ thisWeek: number; lastWeek: number }> {
  const { rows } = await db.execute<{ this_week: number; last_week: number }>(sql`
    with week as materialized (select date_trunc('week', now() at time zone zone) at time zone zone as begins,
                         (date_trunc('week', now() at time zone zone) - interval '7 days') at time zone zone as before
                    from (${zoneOf(by)}) of_desk)
    select count(*) filter (where at >= begins)::int as this_week,
           count(*) filter (where at < begins)::int as last_week
      from week join status_changes on at >= week.before
     where actor = ${by.actor} and to_status in (${codesOf('booked')})`)
  return { thisWeek: rows[0]!.this_week, lastWeek: rows[0]!.last_week }
}

/** A person's week begins where their first clinic is. */
const zoneOf = ({ clinicIds }: Actor): SQL =>
  sql`select coalesce((select zone from clinics ${clinicIds ? sql`where id = any(${sql.param([...clinicIds])}::bigint[])` : sql``}
    order by id limit 1), 'UTC') as zone`
