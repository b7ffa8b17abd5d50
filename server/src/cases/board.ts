import type { CaseFilters } from '@clinicacrm/contract/cases.ts'
import { and, eq, type SQL, sql } from 'drizzle-orm'
import type { Db } from '../db/client.ts'
import { cases, patients } from '../db/schema.ts'
import type { Actor } from '../work.ts'
import { type Condition, statusesOf } from './filters.ts'
import { cursorAt, type Place } from './orders.ts'
import { alive, allThatFit, type Asked, askedFor, casesOfFew, holds, isFew } from './asked.ts'
import { casesById } from './queries.ts'

const shownInColumn = 30
const mostCounted = 1_000
/** Cases that fit, gathered and counted whole when they are no more; of a clinic or channel there usually are. */
const mostGathered = { usual: 30_000, ofCoarse: 10_000 }
const coarse: Condition['about'][] = ['status', 'clinic', 'channel', 'treatment']
/** Else so many rows of each status are looked at, those due first; fewer where each needs its patient. */
const stretch = { filter: 1_200, search: 800 }

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
  if (!isNarrowed) return whole(db, statuses)
  const few = asked.search ? await ofFewPatients(db, asked, statuses) : await gathered(db, asked, statuses)
  return few ?? walked(db, asked, statuses)
}

const each = (statuses: string[]) => sql`unnest(${sql.param(statuses)}::text[]) with ordinality each(code, position)`
const ofEach = alive(eq(cases.status, sql`each.code`))
const dueFirst = sql`order by ${cases.follow_up_date}, ${cases.id}`

/** Every case, from the index alone. */
function whole(db: Db, statuses: string[]): Promise<Column[]> {
  const first = sql`select ${cases.id}, ${cases.status}, ${cases.follow_up_date} as sort_key from ${cases}
    where ${ofEach} ${dueFirst} limit ${shownInColumn + 1}`
  return columnsIn(db, statuses, {
    questions: sql`found as materialized (select first.* from ${each(statuses)} cross join lateral (${first}) first)`,
    count: sql`(select count(*) from (select from ${cases} where ${ofEach} limit ${mostCounted + 1}) counted)`,
  })
}

/** All that fits; null when it is too much to gather. */
async function gathered(db: Db, asked: Asked, statuses: string[]): Promise<Column[] | null> {
  const fitting = allThatFit(asked, sql`${cases.id}, ${cases.status}, ${cases.follow_up_date} as sort_key`)
  const isCoarse = asked.conditions.every(({ about }) => coarse.includes(about))
  const most = isCoarse ? mostGathered.ofCoarse : mostGathered.usual
  // A materialised question is planned for all its rows, and yet stops at the last that is wanted.
  const questions = sql`fitting as materialized (${fitting}),
    found as materialized (select * from fitting limit ${most + 1})`
  const complete = sql`((select count(*) from found) <= ${most})`
  const columns = await columnsIn(db, statuses, { questions, complete })
  return columns[0]!.complete ? columns : null
}

async function ofFewPatients(db: Db, asked: Asked, statuses: string[]): Promise<Column[] | null> {
  const questions = casesOfFew(asked, null, sql`, ${cases.status}`)
  const columns = await columnsIn(db, statuses, { questions, complete: isFew(asked) })
  return columns[0]!.complete ? columns : null
}

/** What fits among the first rows of each status. */
function walked(db: Db, { conditions, search }: Asked, statuses: string[]): Promise<Column[]> {
  const rows = search ? stretch.search : stretch.filter
  const ofOne = sql`select ${cases}.*, row_number() over (${dueFirst}) as position
    from ${cases} where ${ofEach} ${dueFirst} limit ${rows}`
  const rest = conditions.filter(({ about }) => about !== 'status').map((condition) => condition.sql)
  const fits = and(...rest, search ? holds(search) : undefined)
  const questions = sql`walked as materialized (
      select ${cases.id}, ${cases.status}, ${cases.follow_up_date} as sort_key, ${cases}.position, ${fits} as fits
      from ${each(statuses)} cross join lateral (${ofOne}) ${cases}
      ${search ? sql`join ${patients} on ${eq(patients.id, cases.patient_id)}` : sql``}),
    found as (select * from walked where fits),
    edge as (select * from walked where position = ${rows})`
  return columnsIn(db, statuses, {
    questions,
    edge: sql`(select array[id::text, sort_key::text] from edge where status = each.code)`,
  })
}

type Row = {
  status: string
  count: number
  ids: string[] | null
  keys: (string | null)[] | null
  edge: [string, string | null] | null
  complete: boolean
}

type Questions = { questions: SQL; count?: SQL; edge?: SQL; complete?: SQL }

/** `found` by status, counted and cut, unless it is not complete. */
async function columnsIn(db: Db, statuses: string[], { questions, count, edge, complete = sql`true` }: Questions) {
  const first = (column: SQL) =>
    sql`(array_agg(${column} order by sort_key, id))[1:${sql.raw(String(shownInColumn + 1))}]`
  const { rows } = await db.execute<Row>(sql`with ${questions}
    select each.code as status, coalesce(${count ?? sql`counted.count`}, 0)::int as count, ids, keys,
      ${edge ?? sql`null::text[]`} as edge, ${complete} as complete
    from ${each(statuses)}
    left join (select status, count(*) as count, ${first(sql`id::text`)} as ids, ${first(sql`sort_key::text`)} as keys
      from found where ${complete} group by status) counted on counted.status = each.code
    order by each.position`)
  return rows.map(({ status, count, ids, keys, edge, complete }) => ({
    status,
    count,
    complete,
    places: (ids ?? []).map((id, i) => ({ id, key: keys![i]! })),
    edge: edge && { id: edge[0], key: edge[1] },
  }))
}
