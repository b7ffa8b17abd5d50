import { and, eq, type SQL, sql } from 'drizzle-orm'
import type { Db } from '../db/client.ts'
import { cases, patients } from '../db/schema.ts'
import { alive, allThatFit, type Asked, casesOfFew, casesOfFirst, holds, isFew, sorted, tablesOf } from './asked.ts'
import { asksOnlyForWork, type Condition, isAtWork, mayLackDate, statusesOf } from './filters.ts'
import { anywhereBeyond, beyond, direction, hasKey, lacksKey, type Order, type Place } from './orders.ts'

/*
 * Where the rows of a list stand: their ids, in order. A filter may fit one case in two or one in a million, and the same
 * question that PostgreSQL answers from an ordered index in a millisecond can make it read that index to its end. So it is
 * asked in two ways, both bounded: first a stretch of the order is walked and what fits is taken; if that is not enough for
 * a page, few cases fit, and they are gathered by the filter and then sorted. docs/performance.md has the figures.
 */

/**
 * How many rows of an order are looked at before the filter is asked instead. Names stand in another table; and what many
 * patients fit, one in a hundred fits or more, so that a longer stretch is cheaper than all of them.
 */
const stretchOf = ({ order, search }: Asked) => (order.by === 'name' ? 4_000 : search ? 20_000 : 8_000)
/** One letter fits one in ten, or hardly anybody. */
const stretchOfLetter = 2_000

/** The next rows of a list after `place`, at most `need`: in two or three round trips at worst. */
export async function placesOf(db: Db, asked: Asked, place: Place | null, need: number): Promise<Place[]> {
  const parts = partsOf(asked, place)
  if (asked.search?.isLetter && parts[0]) {
    const found = await placesIn(db, walkOfAStretch(asked, parts[0], need, stretchOfLetter))
    if (found.length >= need) return found
  }
  if (asked.search) {
    const found = await amongFewPatients(db, asked, place, need)
    if (found) return found
  }
  if (asked.filters.patient_id) return gathered(db, asked, place, need)
  const wholeWalk = wholeWalkFor(asked)
  const found: Place[] = []
  for (const part of parts) {
    const walk = wholeWalk ?? ((part, missing) => walkOfAStretch(asked, part, missing, stretchOf(asked)))
    found.push(...(await placesIn(db, walk(part, need - found.length))))
    if (found.length >= need) return found
    if (!wholeWalk) return gathered(db, asked, place, need)
  }
  return found
}

/** How many cases fit, up to `most`, and whether there may be more. */
export async function countOf(db: Db, asked: Asked, most: number): Promise<{ count: number; capped: boolean }> {
  // A materialised question is planned for all its rows, and yet stops at the last that is wanted.
  const { rows } = await db.execute<{ count: number; tooMany: boolean }>(
    asked.search
      ? sql`with ${casesOfFirst(asked, mostCounted)}
          select ${counted(most)} as count, (select count(*) from few) > ${mostCounted} as "tooMany"`
      : sql`with found as materialized (${allThatFit(asked, sql`${cases.id}`)})
          select ${counted(most)} as count, false as "tooMany"`,
  )
  const { count, tooMany } = rows[0]!
  return { count: Math.min(count, most), capped: count > most || tooMany }
}

/** Patients that fit a search whose cases are counted. */
const mostCounted = 20_000
const counted = (most: number) => sql`(select count(*)::int from (select from found limit ${most + 1}) counted)`

type Part = SQL[]

/** The order's parts: cases that have its key, then those without. Each is a range of an index. */
function partsOf({ order, filters }: Asked, place: Place | null): Part[] {
  if (order.isTotal) return [place ? [beyond(order, place)] : []]
  const withKey = [hasKey(order), ...(place ? [beyond(order, place)] : [])]
  const without = [lacksKey(order), ...(place?.key === null ? [beyond(order, place)] : [])]
  const mayLack = order.by !== 'follow_up_date' || mayLackDate(filters)
  return [...(place?.key === null ? [] : [withKey]), ...(mayLack ? [without] : [])]
}

type Walk = (part: Part, need: number) => SQL

/** A walk that meets nothing but what fits, when an index knows all that is asked. */
function wholeWalkFor(asked: Asked): Walk | null {
  const { order, filters, search } = asked
  const { lead, ranges, rest } = leading(asked)
  if (search) return null
  if (!rest.length) {
    return (part, need) => sql`select found.id::text as id, found.sort_key::text as key
      from (${ordered(order, alive(...lead, ...part), need)}) found ${sorted(order)}`
  }
  if (rest.length > 1 || rest[0]!.about !== 'status' || !hasListPerStatus(order)) return null
  // A list of one clinic or colleague is no list per status: what leads it must not be left out.
  if (listOf(asked).length) return null
  // The lists of several statuses, the first of each, then the first of these.
  return (part, need) => {
    const ofOne = ordered(order, alive(...ranges, eq(cases.status, sql`each.code`), ...part), need)
    return sql`select found.id::text as id, found.sort_key::text as key
      from unnest(${sql.param(statusesOf(filters))}::text[]) each(code)
      cross join lateral (${ofOne}) found ${sorted(order)} limit ${need}`
  }
}

const ordered = (order: Order, where: SQL, rows: number) => sql`
  select ${cases.id}, ${order.key} as sort_key from ${tablesOf(order)} where ${where}
  order by ${order.key} ${direction(order)}, ${cases.id} ${direction(order)} limit ${rows}`

/** Looks at a stretch of the order, and takes what fits. The limit keeps PostgreSQL from reading on. */
function walkOfAStretch(asked: Asked, part: Part, need: number, rows: number): SQL {
  const { order, search } = asked
  const { lead, rest } = leading(asked)
  const turn = direction(order)
  const walked = sql`select ${cases}.*, ${order.key} as sort_key from ${tablesOf(order)}
    where ${alive(...lead, ...part)} order by ${order.key} ${turn}, ${cases.id} ${turn} limit ${rows}`
  const fits = [...rest.map((condition) => condition.sql), ...(search ? [holds(search)] : [])]
  return sql`select ${cases.id}::text as id, ${cases}.sort_key::text as key from (${walked}) ${cases}
    ${search ? sql`join ${patients} on ${eq(patients.id, cases.patient_id)}` : sql``} where ${and(...fits)}
    order by ${cases}.sort_key ${turn}, ${cases.id} ${turn} limit ${need}`
}

/**
 * The conditions that belong to a walk itself, as one index answers them together with the order; whatever else stood
 * among them could make the walk endless.
 */
function leading(asked: Asked) {
  const { order, conditions } = asked
  const inRange = conditions.filter(({ about }) => rangesOf[order.by].includes(about))
  const ranges = inRange.map((condition) => condition.sql)
  const own = listOf(asked)
  const among = own.length ? own : isForWork(asked) ? [isAtWork] : []
  const rest = conditions.filter((condition) => !inRange.includes(condition) && !among.includes(condition.sql))
  return { ranges, lead: [...ranges, ...among], rest }
}

/** The filter, if it asks for one value, that has an index of its own in this order. */
function listOf(asked: Asked): SQL[] {
  const { order, conditions } = asked
  const one = (about: Condition['about']) => conditions.find((it) => it.about === about && it.isOne)?.sql
  const assigned = order.by === 'follow_up_date' && isForWork(asked) ? one('assigned_to') : undefined
  if (assigned) return [assigned, isAtWork]
  const own = hasListPerStatus(order) ? one('status') : undefined
  const list = own ?? (order.by === 'created_at' ? one('clinic') : undefined)
  return list ? [list] : []
}

const hasListPerStatus = ({ by }: Order) => by === 'created_at' || by === 'follow_up_date'
const isForWork = ({ order, filters }: Asked) => order.by !== 'name' && asksOnlyForWork(filters)

/** Filters that are ranges of the order itself. */
const rangesOf: Record<Order['by'], Condition['about'][]> = {
  created_at: ['created_from', 'created_to'],
  follow_up_date: ['due', 'follow_up_from', 'follow_up_to'],
  updated_at: [],
  last_contact_at: [],
  name: [],
}

/** Gathers all that fits, then sorts. `offset 0` keeps the order from reaching in: it would tempt PostgreSQL to walk. */
function gathered(db: Db, asked: Asked, place: Place | null, need: number): Promise<Place[]> {
  const { order } = asked
  const columns = sql`${cases.id}, ${order.key} as sort_key`
  const fitting = allThatFit(asked, columns, place ? anywhereBeyond(order, place) : undefined)
  return placesIn(
    db,
    sql`select found.id::text as id, found.sort_key::text as key from (select * from (${fitting}) fitting offset 0) found
      ${sorted(order)} limit ${need}`,
  )
}

/** The cases of patients who fit the search, when these are few: null when they are not. */
async function amongFewPatients(db: Db, asked: Asked, place: Place | null, need: number): Promise<Place[] | null> {
  const { order } = asked
  const { rows } = await db.execute<{ few: boolean; id: string | null; key: string | null }>(sql`
    with ${casesOfFew(asked, place)}
    select ${isFew(asked)} as few, found.id::text as id, found.sort_key::text as key from (select) one
      left join (select * from found ${sorted(order)} limit ${need}) found on true ${sorted(order)}`)
  if (!rows[0]!.few) return null
  return rows.flatMap(({ id, key }) => (id === null ? [] : [{ id, key }]))
}

async function placesIn(db: Db, query: SQL): Promise<Place[]> {
  return (await db.execute<Place>(query)).rows
}
