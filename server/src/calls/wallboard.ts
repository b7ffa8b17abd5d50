import type { getWallboard as declared } from '@clinicacrm/contract/callbacks.ts'
import { and, inArray, type SQL, sql } from 'drizzle-orm'
import type { z } from 'zod'
import { isoInstant } from '../db/columns.ts'
import type { Db } from '../db/client.ts'
import { callbacks, calls, clinics, patients, pops } from '../db/schema.ts'
import type { Actor } from '../work.ts'
import { callbacksVisibleTo, isEscalated, isOverdue } from './after-queries.ts'
import { callsVisibleTo } from './queries.ts'

export type Wallboard = z.input<(typeof declared)['reply']>

/** The day at a glance, since midnight at the first of the actor's clinics. Three questions, each by an index on time. */
export async function wallboardOf(db: Db, by: Actor, clinic: string[] | undefined): Promise<Wallboard> {
  const zone = await zoneOf(db, by)
  const midnight = sql`date_trunc('day', now() at time zone ${zone}) at time zone ${zone}`
  const [day, waiting, agents] = await Promise.all([
    dayOf(db, by, { zone, midnight, clinic }),
    waitingNow(db, by, clinic),
    agentsOf(db, by, { midnight, clinic }),
  ])
  return { at: new Date().toISOString(), zone, ...day, callbacks: waiting, agents }
}

type Day = { midnight: SQL; clinic: string[] | undefined }

async function zoneOf(db: Db, { clinicIds }: Actor): Promise<string> {
  const [row] = await db
    .select({ zone: clinics.zone })
    .from(clinics)
    .where(clinicIds ? inArray(clinics.id, [...clinicIds]) : undefined)
    .orderBy(clinics.id)
    .limit(1)
  return row?.zone ?? 'UTC'
}

/** Calls of today that the actor may see, and older ones whose wrap-up is owed still. */
const callsOf = (by: Actor, { midnight, clinic }: Day) => sql`
  select ${calls}.*, ${calls.started_at} >= ${midnight} as is_today from ${calls}
    left join ${clinics} on ${clinics.id} = ${calls.clinic_id}
   where ${and(callsVisibleTo(by), clinic && inArray(clinics.name, clinic), sql`(${calls.started_at} >= ${midnight} or ${calls.owed_by} is not null)`)}`

type DayRow = Pick<Wallboard, 'calls_now' | 'today' | 'pops' | 'hours'> & { wrap_ups_owed: number }

async function dayOf(db: Db, by: Actor, { zone, ...day }: Day & { zone: string }): Promise<DayRow> {
  const { rows } = await db.execute<DayRow>(sql`
    with every as materialized (${callsOf(by, day)}),
         today as materialized (select * from every where is_today),
         inbound as (select *, extract(epoch from answered_at - ringing_at)::float8 as wait from today where direction = 'inbound'),
         popped as (select ${pops.call} as call, ${pops.shown_at} as shown_at, ${pops.shown_after_ms} as ms
                      from ${pops} join today on today.id = ${pops.call})
    select (select json_build_object(
              'ringing', count(*) filter (where state = 'ringing'), 'answered', count(*) filter (where state = 'answered'),
              'held', count(*) filter (where state = 'held')) from today) as calls_now,
           (select json_build_object(
              'inbound', count(*), 'outbound', (select count(*) from today where direction = 'outbound'),
              'answered', count(*) filter (where result = 'answered'), 'missed', count(*) filter (where result = 'missed'),
              'voicemail', count(*) filter (where result = 'voicemail'),
              'median_answer_seconds', percentile_cont(0.5) within group (order by wait) filter (where wait >= 0),
              'p90_answer_seconds', percentile_cont(0.9) within group (order by wait) filter (where wait >= 0))
              from inbound) as today,
           (select json_build_object(
              'offered', (select count(distinct call) from popped),
              'shown', (select count(distinct call) from popped where shown_at is not null),
              'matched', count(*) filter (where match in ('one', 'many', 'explicit', 'linked')), 'with_number', count(*),
              'median_ms', (select percentile_cont(0.5) within group (order by ms) from popped where ms is not null),
              'p95_ms', (select percentile_cont(0.95) within group (order by ms) from popped where ms is not null))
              from inbound where phone_key is not null and match is distinct from 'internal') as pops,
           (select count(*)::int from every where owed_by is not null) as wrap_ups_owed,
           (select coalesce(json_agg(json_build_object('hour', hour, 'answered', answered, 'missed', missed) order by hour), '[]')
              from (select extract(hour from started_at at time zone ${zone})::int as hour,
                           count(*) filter (where result = 'answered') as answered,
                           count(*) filter (where result in ('missed', 'voicemail')) as missed
                      from inbound group by 1) by_hour) as hours`)
  return rows[0]!
}

async function waitingNow(db: Db, by: Actor, clinic: string[] | undefined): Promise<Wallboard['callbacks']> {
  const isBarred = sql`coalesce(${patients.do_not_contact}, false)`
  const count = (which: SQL) => sql<number>`count(*) filter (where ${which})::int`
  const [row] = await db
    .select({
      open: sql<number>`count(*)::int`,
      overdue: count(isOverdue),
      escalated: count(isEscalated),
      oldest_due_at: sql<string | null>`min(${callbacks.due_at}) filter (where not ${isBarred})::text`,
    })
    .from(callbacks)
    .leftJoin(clinics, sql`${clinics.id} = ${callbacks.clinic_id}`)
    .leftJoin(patients, sql`${patients.id} = ${callbacks.patient_id}`)
    .where(and(callbacksVisibleTo(by), sql`${callbacks.state} = 'open'`, clinic && inArray(clinics.name, clinic)))
  return { ...row!, oldest_due_at: row!.oldest_due_at && isoInstant(row!.oldest_due_at) }
}

type AgentRow = Wallboard['agents'][number]

/** Agents within the actor's clinics, and whoever else took a call today. */
async function agentsOf(db: Db, by: Actor, day: Day): Promise<AgentRow[]> {
  const clinicIds = by.clinicIds && sql`${sql.param([...by.clinicIds])}::bigint[]`
  const { rows } = await db.execute<AgentRow>(sql`
    with every as materialized (${callsOf(by, day)}),
         mine as (select users.id as user_id, users.name, users.role, every.*
                    from users left join every
                      on every.agent_id = users.id or every.owed_by = users.id or (every.state = 'ringing' and exists (
                           select from ${pops} where ${pops.call} = every.id and ${pops.user_id} = users.id))
                   where users.active ${clinicIds ? sql`and (users.clinic_ids is null or users.clinic_ids && ${clinicIds})` : sql``})
    select user_id::text, name, case when on_call is not null then 'on_call' when rings is not null then 'ringing'
             when owes is not null then 'wrap_up' else 'idle' end as state,
           coalesce(on_call, rings, owes, rested)::text as since, handled, owed
      from (select user_id, name, role,
                   min(answered_at) filter (where is_today and state in ('answered', 'held') and agent_id = user_id) as on_call,
                   min(started_at) filter (where is_today and state = 'ringing') as rings,
                   min(ended_at) filter (where owed_by = user_id) as owes,
                   max(ended_at) filter (where is_today and agent_id = user_id) as rested,
                   count(*) filter (where is_today and agent_id = user_id and answered_at is not null)::int as handled,
                   count(*) filter (where owed_by = user_id)::int as owed
              from mine group by user_id, name, role) of_agent
     where role = 'agent' or on_call is not null or rings is not null or owed > 0 or handled > 0
     order by name, user_id`)
  return rows.map((row) => ({ ...row, since: row.since && isoInstant(row.since) }))
}
