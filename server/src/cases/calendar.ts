import type { CaseFilters } from '@clinicacrm/contract/cases.ts'
import { inArray, type SQL, sql } from 'drizzle-orm'
import { wrongFields } from '../app-error.ts'
import type { Db } from '../db/client.ts'
import { cases, clinics } from '../db/schema.ts'
import type { Actor } from '../work.ts'
import { alive, allThatFit, type Asked, askedFor } from './asked.ts'
import { casesById } from './queries.ts'

const longestDays = 42
const dayMs = 86_400_000

type Month = { from: string; to: string; per_day: number }
type Day = { day: string; count: number; ids: string[] }
/** Clinics whose days begin together, with the first moments of the days asked for and of the one after. */
type Zone = { starts: string[]; clinicIds: string[] }

/** Follow-ups by the days of their clinics: how many, and the first of each day. */
export async function calendarOf(db: Db, by: Actor, filters: CaseFilters, month: Month) {
  const days = daysBetween(month)
  const asked = await askedFor(db, by, filters, 'follow_up_date')
  const zones = await zonesOf(db, by, days)
  const found = await foundOn(db, asked, zones, days, month.per_day)
  const rows = await casesById(
    db,
    found.flatMap(({ ids }) => ids),
    by,
  )
  const byId = new Map(rows.map((row) => [row.id, row]))
  return found.map(({ ids, ...day }) => ({ ...day, rows: ids.flatMap((id) => byId.get(id) ?? []) }))
}

/** The days asked for, and the one after. */
function daysBetween({ from, to }: Month): string[] {
  const count = (Date.parse(to) - Date.parse(from)) / dayMs
  if (!(count >= 1 && count <= longestDays)) {
    throw wrongFields({ field: 'to', message: `must be after from, by at most ${longestDays} days` })
  }
  return Array.from({ length: count + 1 }, (_, n) => new Date(Date.parse(from) + n * dayMs).toISOString().slice(0, 10))
}

async function zonesOf(db: Db, { clinicIds }: Actor, days: string[]): Promise<Zone[]> {
  const starts = sql<string[]>`array(select (day::timestamp at time zone ${clinics.zone})::text
    from unnest(${sql.param(days)}::date[]) with ordinality days(day, position) order by position)`
  const own = await db
    .select({ id: clinics.id, starts })
    .from(clinics)
    .where(clinicIds ? inArray(clinics.id, [...clinicIds]) : undefined)
  return [...Map.groupBy(own, (clinic) => clinic.starts.join()).values()].map((of) => ({
    starts: of[0]!.starts,
    clinicIds: of.map(({ id }) => id),
  }))
}

async function foundOn(db: Db, asked: Asked, zones: Zone[], days: string[], perDay: number): Promise<Day[]> {
  if (!zones.length) return []
  const isPlain = zones.length === 1 && !asked.search && asked.conditions.every(({ about }) => about === 'status')
  const found = isPlain ? await countedByIndex(db, asked, zones[0]!, perDay) : await gathered(db, asked, zones, perDay)
  return found
    .filter(({ count }) => count > 0)
    .map(({ nth, count, ids }) => ({ day: days[nth - 1]!, count, ids: ids ?? [] }))
}

type Nth = { nth: number; count: number; ids: string[] | null }

/** Each day is a range of the index, which counts a day of thousands without touching a case. */
async function countedByIndex(db: Db, { conditions }: Asked, { starts }: Zone, perDay: number): Promise<Nth[]> {
  const onDay = alive(
    ...conditions.map((condition) => condition.sql),
    sql`${cases.follow_up_date} >= day.first and ${cases.follow_up_date} < day.next`,
  )
  const { rows } = await db.execute<Nth>(sql`
    select day.nth::int, counted.count, first.ids
      from unnest(${sql.param(starts.slice(0, -1))}::timestamptz[], ${sql.param(starts.slice(1))}::timestamptz[])
        with ordinality day(first, next, nth)
      cross join lateral (select count(*)::int as count from ${cases} where ${onDay}) counted
      cross join lateral (select array(select ${cases.id}::text from ${cases} where ${onDay}
        order by ${cases.follow_up_date}, ${cases.id} limit ${perDay}) as ids) first
     order by day.nth`)
  return rows
}

/** All that fits between the first day and the last of any zone, then sorted into days. */
async function gathered(db: Db, asked: Asked, zones: Zone[], perDay: number): Promise<Nth[]> {
  const nth = (starts: string[]) => sql`width_bucket(${cases.follow_up_date}, ${sql.param(starts)}::timestamptz[])`
  const inZone = ({ starts, clinicIds }: Zone) => sql`when ${inArray(cases.clinic_id, clinicIds)} then ${nth(starts)}`
  const nthDay: SQL =
    zones.length === 1 ? nth(zones[0]!.starts) : sql`case ${sql.join(zones.map(inZone), sql` `)} else 0 end`
  // PostgreSQL prints these in UTC and alike, so their order as text is their order in time.
  const [first] = zones.map(({ starts }) => starts[0]!).sort()
  const last = zones
    .map(({ starts }) => starts.at(-1)!)
    .sort()
    .at(-1)!
  const range = sql`${cases.follow_up_date} >= ${first}::timestamptz and ${cases.follow_up_date} < ${last}::timestamptz`
  const columns = sql`${cases.id}, ${cases.follow_up_date} as due, ${nthDay} as nth`
  const { rows } = await db.execute<Nth>(sql`
    select nth, count(*)::int as count, array_agg(id::text order by due, id) filter (where position <= ${perDay}) as ids
      from (select *, row_number() over (partition by nth order by due, id) as position
              from (${allThatFit(asked, columns, range)}) fitting) found
     where nth between 1 and ${zones[0]!.starts.length - 1} group by nth order by nth`)
  return rows
}
