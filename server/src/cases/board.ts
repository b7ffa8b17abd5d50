import type { CaseFilters } from '@clinicacrm/contract/cases.ts'
import { and, eq, type SQL, sql } from 'drizzle-orm'
import type { Db } from '../db/client.ts'
import { cases, patients } from '../db/schema.ts'
import type { Actor } from '../work.ts'
import { statusesOf } from './filters.ts'
import { cursorAt, type Place } from './orders.ts'
import { alive, allThatFit, type Asked, askedFor, casesOfFew, holds, isFew } from './places.ts'
import { casesById } from './queries.ts'

const shownInColumn = 30
const mostCounted = 1_000
/** Cases that fit, gathered and counted whole when they are no more. */
const mostGathered = 20_000
/** Else so many rows of each status are looked at, those due first; fewer where each needs its patient. */
const stretch = { filter: 4_000, search: 1_000 }

/** `edge`: the last row that was looked at, when there are more. */
type Column = { status: string; count: number; places: Place[]; edge: Place | null }

/** Cases by status, those due first: two round trips, three when the filter fits many. */
export async function boardOf(db: Db, by: Actor, filters: CaseFilters) {
  const asked = await askedFor(db, by, filters, 'follow_up_date')
  const columns = await columnsOf(db, asked, statusesOf(filters))
  const shown = columns.flatMap(({ places }) => places.slice(0, shownInColumn).map(({ id }) => id))
  const ofStatus = Map.groupBy(await casesById(db, shown, by), ({ status }) => status)
  return columns.map(({ status, count, places, edge }) => {
    const last = places.length > shownInColumn ? places[shownInColumn - 1]! : edge
    return {
      status,
      count: Math.min(count, mostCounted),
      capped: count > mostCounted || edge !== null,
      rows: ofStatus.get(status) ?? [],
      next_cursor: last && cursorAt(asked.order, last),
    }
  })
}

async function columnsOf(db: Db, asked: Asked, statuses: string[]): Promise<Column[]> {
  if (!statuses.length) return []
  const isNarrowed = asked.search !== null || asked.conditions.some(({ about }) => about !== 'status')
  if (!isNarrowed) return walked(db, asked, statuses, mostCounted + 1)
  const few = asked.search ? await ofFewPatients(db, asked, statuses) : await gathered(db, asked, statuses)
  return few ?? walked(db, asked, statuses, asked.search ? stretch.search : stretch.filter)
}

const noEdge = sql`edge as (select null as status, null as id, null as sort_key where false)`

/** All that fits; null when it is too much to gather. */
async function gathered(db: Db, asked: Asked, statuses: string[]): Promise<Column[] | null> {
  const fitting = allThatFit(asked, sql`${cases.id}, ${cases.status}, ${cases.follow_up_date} as sort_key`)
  // A materialised question is planned for all its rows, and yet stops at the last that is wanted.
  const columns = await columnsIn(
    db,
    statuses,
    sql`fitting as materialized (${fitting}),
      found as materialized (select * from fitting limit ${mostGathered + 1}), ${noEdge}`,
  )
  return columns.reduce((sum, { count }) => sum + count, 0) > mostGathered ? null : columns
}

async function ofFewPatients(db: Db, asked: Asked, statuses: string[]): Promise<Column[] | null> {
  const columns = await columnsIn(db, statuses, sql`${casesOfFew(asked, null)}, ${noEdge}`, isFew)
  return columns[0]!.complete ? columns : null
}

/** What fits among the first rows of each status. */
function walked(db: Db, { conditions, search }: Asked, statuses: string[], rows: number): Promise<Column[]> {
  const ofOne = sql`select ${cases}.*, row_number() over (order by ${cases.follow_up_date}, ${cases.id}) as position
    from ${cases} where ${alive(eq(cases.status, sql`each.code`))}
    order by ${cases.follow_up_date}, ${cases.id} limit ${rows}`
  const rest = conditions.filter(({ about }) => about !== 'status').map((condition) => condition.sql)
  const fits = and(...rest, search ? holds(search) : undefined)
  return columnsIn(
    db,
    statuses,
    sql`walked as materialized (
        select first.* from unnest(${sql.param(statuses)}::text[]) each(code) cross join lateral (${ofOne}) first),
      found as materialized (
        select ${cases.id}, ${cases.status}, ${cases.follow_up_date} as sort_key from walked ${cases}
        ${search ? sql`join ${patients} on ${eq(patients.id, cases.patient_id)}` : sql``}
        ${fits ? sql`where ${fits}` : sql``}),
      edge as (select status, id, follow_up_date as sort_key from walked where position = ${rows})`,
  )
}

type Row = {
  status: string
  count: number
  ids: string[] | null
  keys: (string | null)[] | null
  edge: [string, string | null] | null
  complete: boolean
}

/** `found` by status, counted and cut. */
async function columnsIn(db: Db, statuses: string[], questions: SQL, complete: SQL = sql`true`) {
  const first = (column: SQL) =>
    sql`(array_agg(${column} order by sort_key, id))[1:${sql.raw(String(shownInColumn + 1))}]`
  const { rows } = await db.execute<Row>(sql`with ${questions}
    select each.code as status, coalesce(counted.count, 0)::int as count, ids, keys, ${complete} as complete,
      case when edge.id is not null then array[edge.id::text, edge.sort_key::text] end as edge
    from unnest(${sql.param(statuses)}::text[]) with ordinality each(code, position)
    left join (select status, count(*) as count, ${first(sql`id::text`)} as ids, ${first(sql`sort_key::text`)} as keys
      from found group by status) counted on counted.status = each.code
    left join edge on edge.status = each.code order by each.position`)
  return rows.map(({ status, count, ids, keys, edge, complete }) => ({
    status,
    count,
    complete,
    places: (ids ?? []).map((id, i) => ({ id, key: keys![i]! })),
    edge: edge && { id: edge[0], key: edge[1] },
  }))
}
