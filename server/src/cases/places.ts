import type { CaseFilters, CaseOrder } from '@clinicacrm/contract/cases.ts'
import { and, eq, isNull, type SQL, sql } from 'drizzle-orm'
import type { Db } from '../db/client.ts'
import { cases, patients } from '../db/schema.ts'
import { type PersonSearch, personSearch } from '../patients/patients.ts'
import type { Actor } from '../work.ts'
import { asksOnlyForWork, type Condition, conditionsOf, isAtWork, mayLackDate } from './filters.ts'
import { anywhereBeyond, beyond, direction, hasKey, lacksKey, type Order, orderNamed, type Place } from './orders.ts'

/*
 * Where the rows of a list stand: their ids, in order. A filter may fit one case in two or one in a million, and the same
 * question that PostgreSQL answers from an ordered index in a millisecond can make it read that index to its end. So it is
 * asked in two ways, both bounded: first a stretch of the order is walked and what fits is taken; if that is not enough for
 * a page, few cases fit, and they are gathered by the filter and then sorted. docs/performance.md has the figures.
 */

/** How many rows of an order are looked at before the filter is asked instead. */
const stretch = 8_000
/** While typing a name, one patient in a hundred fits or more: a longer stretch is cheaper than all who fit. */
const stretchOfSearch = 20_000
/** Patients that fit a search, gathered first when they are no more. */
const fewPatients = 8_000

export type Asked = {
  filters: CaseFilters
  order: Order
  conditions: Condition[]
  search: { person: PersonSearch; caseId: string | null } | null
}

/** A question about cases, with the asker's rights in it. */
export async function askedFor(db: Db, by: Actor, filters: CaseFilters, order: CaseOrder): Promise<Asked> {
  const text = filters.search?.trim()
  return {
    filters,
    order: orderNamed(order),
    conditions: await conditionsOf(db, by, filters),
    // `#9` or `9` is also a case's number.
    search: text ? { person: personSearch(text), caseId: /^#?([1-9]\d{0,17})$/.exec(text)?.[1] ?? null } : null,
  }
}

/** The next rows of a list after `place`, at most `need`: in two or three round trips at worst. */
export async function placesOf(db: Db, asked: Asked, place: Place | null, need: number): Promise<Place[]> {
  if (asked.search) {
    const found = await amongFewPatients(db, asked, place, need)
    if (found) return found
  }
  if (asked.filters.patient_id) return gathered(db, asked, place, need)
  const { lead, rest } = leading(asked)
  const isPure = !rest.length && !asked.search
  const walked: Place[] = []
  for (const part of partsOf(asked, place)) {
    walked.push(...(await walk(db, asked, { lead, rest, part, isPure, need: need - walked.length })))
    if (walked.length >= need) return walked
    if (!isPure) return gathered(db, asked, place, need)
  }
  return walked
}

/** How many cases fit, counted up to `most` and one more. */
export async function countOf(db: Db, asked: Asked, most: number): Promise<number> {
  const few = asked.search && (await countAmongFewPatients(db, asked, most))
  if (few !== null) return few
  // A materialised question is planned for all its rows, and yet stops at the last that is wanted.
  const { rows } = await db.execute<{ count: number }>(sql`
    with found as materialized (${allThatFit(asked, sql`${cases.id}`)})
    select count(*)::int as count from (select from found limit ${most + 1}) counted`)
  return rows[0]!.count
}

/** All cases that fit, in no order, by whichever index PostgreSQL finds them. */
export function allThatFit(asked: Asked, columns: SQL, more?: SQL): SQL {
  const { search, conditions, order } = asked
  const fit = (found: SQL | null) => sql`select ${columns} from ${tablesOf(order)}
    where ${alive(...conditions.map((condition) => condition.sql), more, found)}`
  if (!search) return fit(null)
  const ofPatients = fit(
    sql`${cases.patient_id} in (select ${patients.id} from ${patients} where ${search.person.matches})`,
  )
  // Two questions: one with an "or" across two tables no index answers.
  return search.caseId ? sql`${ofPatients} union ${fit(eq(cases.id, search.caseId))}` : ofPatients
}

/** Whether a case at hand, with its patient, is what was searched for. */
export const holds = ({ person, caseId }: NonNullable<Asked['search']>): SQL =>
  caseId ? sql`(${person.holds} or ${eq(cases.id, caseId)})` : person.holds

export const alive = (...conditions: (SQL | null | undefined)[]): SQL =>
  and(isNull(cases.deleted_at), ...conditions.map((condition) => condition ?? undefined))!

type Part = SQL[]

/** The order's parts: cases that have its key, then those without. Each is a range of an index. */
function partsOf({ order, filters }: Asked, place: Place | null): Part[] {
  if (order.isTotal) return [place ? [beyond(order, place)] : []]
  const withKey = [hasKey(order), ...(place ? [beyond(order, place)] : [])]
  const without = [lacksKey(order), ...(place?.key === null ? [beyond(order, place)] : [])]
  const mayLack = order.by !== 'follow_up_date' || mayLackDate(filters)
  return [...(place?.key === null ? [] : [withKey]), ...(mayLack ? [without] : [])]
}

/**
 * The conditions that belong to the walk itself, as one index answers them together with the order; whatever else stood
 * among them could make the walk endless.
 */
function leading(asked: Asked): { lead: SQL[]; rest: SQL[] } {
  const { order, conditions } = asked
  const lead = conditions.filter((condition) => rangesOf[order.by].includes(condition.about))
  const own = listOf(asked)
  const among = own.length ? own : isForWork(asked) ? [isAtWork] : []
  return {
    lead: [...lead.map((condition) => condition.sql), ...among],
    rest: conditions
      .map((condition) => condition.sql)
      .filter((asks) => !lead.some((it) => it.sql === asks) && !own.includes(asks)),
  }
}

/** The filter, if it asks for one value, that has an index of its own in this order. */
function listOf(asked: Asked): SQL[] {
  const { order, conditions } = asked
  const one = (about: Condition['about']) => conditions.find((it) => it.about === about && it.isOne)?.sql
  const assigned = order.by === 'follow_up_date' && isForWork(asked) ? one('assigned_to') : undefined
  if (assigned) return [assigned, isAtWork]
  const status = order.by === 'follow_up_date' || order.by === 'created_at' ? one('status') : undefined
  return status ? [status] : []
}

const isForWork = ({ order, filters }: Asked) => order.by !== 'name' && asksOnlyForWork(filters)

/** Filters that are ranges of the order itself. */
const rangesOf: Record<Order['by'], Condition['about'][]> = {
  created_at: ['created_from', 'created_to'],
  follow_up_date: ['due', 'follow_up_from', 'follow_up_to'],
  updated_at: [],
  last_contact_at: [],
  name: [],
}
type Walk = { lead: SQL[]; rest: SQL[]; part: Part; isPure: boolean; need: number }

/** Looks at a stretch of the order, and takes what fits. The limit keeps PostgreSQL from reading on. */
async function walk(db: Db, { order, search }: Asked, { lead, rest, part, isPure, need }: Walk): Promise<Place[]> {
  const rows = isPure ? need : search ? stretchOfSearch : stretch
  const turn = direction(order)
  const walked = sql`select ${cases}.*, ${order.key} as sort_key from ${tablesOf(order)}
    where ${alive(...lead, ...part)} order by ${order.key} ${turn}, ${cases.id} ${turn} limit ${rows}`
  const fits = [...rest, ...(search ? [holds(search)] : [])]
  return placesIn(
    db,
    sql`select ${cases.id}::text as id, ${cases}.sort_key::text as key from (${walked}) ${cases}
    ${search ? sql`join ${patients} on ${eq(patients.id, cases.patient_id)}` : sql``}
    ${fits.length ? sql`where ${and(...fits)}` : sql``}
    order by ${cases}.sort_key ${turn}, ${cases.id} ${turn} limit ${need}`,
  )
}

/** Gathers all that fits, then sorts. `offset 0` keeps the order from reaching in: it would tempt PostgreSQL to walk. */
function gathered(db: Db, asked: Asked, place: Place | null, need: number): Promise<Place[]> {
  const { order } = asked
  const columns = sql`${cases.id}, ${order.key} as sort_key`
  const fitting = allThatFit(asked, columns, place ? anywhereBeyond(order, place) : undefined)
  return placesIn(
    db,
    sql`select id::text, sort_key::text as key from (select * from (${fitting}) fitting offset 0) found
      ${sorted(order)} limit ${need}`,
  )
}

/** Ids of all that fits, in order: for who wants them all. */
export function inOrder(asked: Asked): SQL {
  const { order, conditions, search } = asked
  const fence = conditions.length || search ? sql`offset 0` : sql``
  const fitting = allThatFit(asked, sql`${cases.id}, ${order.key} as sort_key`)
  return sql`select id::text from (select * from (${fitting}) fitting ${fence}) found ${sorted(order)}`
}

/** The cases of patients who fit the search, when these are few: null when they are not. */
async function amongFewPatients(db: Db, asked: Asked, place: Place | null, need: number): Promise<Place[] | null> {
  const { order } = asked
  const { rows } = await db.execute<{ few: boolean; id: string | null; key: string | null }>(sql`
    with ${casesOfFew(asked, place)}
    select ${isFew} as few, found.id::text, found.sort_key::text as key from (select) one
      left join (select * from found ${sorted(order)} limit ${need}) found on true ${sorted(order)}`)
  if (!rows[0]!.few) return null
  return rows.flatMap(({ id, key }) => (id === null ? [] : [{ id, key }]))
}

async function countAmongFewPatients(db: Db, asked: Asked, most: number): Promise<number | null> {
  const { rows } = await db.execute<{ few: boolean; count: number }>(sql`with ${casesOfFew(asked, null)}
    select ${isFew} as few, (select count(*)::int from (select from found limit ${most + 1}) counted) as count`)
  return rows[0]!.few ? rows[0]!.count : null
}

export const isFew = sql`((select count(*) from few) <= ${fewPatients})`

/**
 * `found`, the cases of the patients who fit a search, if these are few. Patients come by the trigram index, in no order;
 * `few` stops reading them at the first too many.
 */
export function casesOfFew({ order, conditions, search }: Asked, place: Place | null): SQL {
  const fits = (own: SQL, by: Order, tables: SQL) => {
    const further = place ? anywhereBeyond(by, place) : undefined
    return sql`select ${cases.id}, ${cases.status}, ${by.key} as sort_key from ${tables}
      where ${alive(...conditions.map((condition) => condition.sql), own, further)}`
  }
  // The patient's row is at hand already, and with it the name.
  const byPatient = order.by === 'name' ? { ...order, key: sql`few.name` } : order
  const ofPatient = fits(sql`${cases.patient_id} = few.id`, byPatient, sql`${cases}`)
  return sql`matching as materialized (
      select ${patients.id}, ${order.by === 'name' ? order.key : sql`null`} as name from ${patients}
      where ${search!.person.matches}),
    few as materialized (select * from matching limit ${fewPatients + 1}),
    found as materialized (
      select of_one.* from few cross join lateral (${ofPatient} offset 0) of_one where ${isFew}
      ${search!.caseId ? sql`union ${fits(eq(cases.id, search!.caseId), order, tablesOf(order))}` : sql``})`
}

const tablesOf = ({ by }: Order): SQL =>
  by === 'name' ? sql`${cases} join ${patients} on ${eq(patients.id, cases.patient_id)}` : sql`${cases}`

/** A key that no case lacks needs no word on nulls, which would keep its index from giving the order. */
const sorted = (order: Order): SQL =>
  sql`order by sort_key ${direction(order)} ${order.isTotal ? sql`` : sql`nulls last`}, id ${direction(order)}`

async function placesIn(db: Db, query: SQL): Promise<Place[]> {
  return (await db.execute<Place>(query)).rows
}
