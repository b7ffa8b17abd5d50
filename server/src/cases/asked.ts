import type { CaseFilters, CaseOrder } from '@clinicacrm/contract/cases.ts'
import { and, eq, isNull, type SQL, sql } from 'drizzle-orm'
import type { Db } from '../db/client.ts'
import { cases, patients } from '../db/schema.ts'
import { type PersonSearch, personSearch } from '../patients/patients.ts'
import type { Actor } from '../work.ts'
import { type Condition, conditionsOf } from './filters.ts'
import { anywhereBeyond, direction, type Order, orderNamed, type Place } from './orders.ts'

/** A question about cases, with the asker's rights in it. */
export type Asked = {
  filters: CaseFilters
  order: Order
  conditions: Condition[]
  search: { person: PersonSearch; caseId: string | null; isLetter: boolean } | null
}

export async function askedFor(db: Db, by: Actor, filters: CaseFilters, order: CaseOrder): Promise<Asked> {
  const text = filters.search?.trim()
  return {
    filters,
    order: orderNamed(order),
    conditions: await conditionsOf(db, by, filters),
    search: text ? searchFor(text) : null,
  }
}

/** `#9` or `9` is also a case's number. */
const searchFor = (text: string) => ({
  person: personSearch(text),
  caseId: /^#?([1-9]\d{0,17})$/.exec(text)?.[1] ?? null,
  isLetter: text.length === 1,
})

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

/** The same, ids alone and in order: for who wants them all. `offset 0` keeps the order out of the filtered part. */
export function inOrder(asked: Asked): SQL {
  const fence = asked.conditions.length || asked.search ? sql`offset 0` : sql``
  const fitting = allThatFit(asked, sql`${cases.id}, ${asked.order.key} as sort_key`)
  return sql`select found.id::text as id from (select * from (${fitting}) fitting ${fence}) found ${sorted(asked.order)}`
}

/** Patients that fit a search are gathered first when they are no more; their names are at hand sooner than their cases. */
const mostPatients = ({ by }: Order) => (by === 'name' ? 20_000 : 8_000)

/** Whether `casesOfFew` has them all. */
export const isFew = ({ order }: Asked): SQL => sql`((select count(*) from few) <= ${mostPatients(order)})`

/**
 * `found`, the cases of the patients who fit a search, if these are few. Patients come by the trigram index, in no order;
 * `few` stops reading them at the first too many.
 */
export const casesOfFew = (asked: Asked, place: Place | null, more: SQL = sql``): SQL =>
  casesOfPatients(asked, place, { most: mostPatients(asked.order), when: isFew(asked), more })

/** The same, of the first so many patients and one more, however many there are. */
export const casesOfFirst = (asked: Asked, most: number): SQL =>
  casesOfPatients(asked, null, { most, when: sql`true`, more: sql`` })

function casesOfPatients(
  asked: Asked,
  place: Place | null,
  { most, when, more }: { most: number; when: SQL; more: SQL },
): SQL {
  const { order, conditions, search } = asked
  const fits = (own: SQL, by: Order, tables: SQL) => {
    const further = place ? anywhereBeyond(by, place) : undefined
    return sql`select ${cases.id}, ${by.key} as sort_key ${more} from ${tables}
      where ${alive(...conditions.map((condition) => condition.sql), own, further)}`
  }
  // The patient's row is at hand already, and with it the name.
  const byPatient = order.by === 'name' ? { ...order, key: sql`few.name` } : order
  const ofPatient = fits(sql`${cases.patient_id} = few.id`, byPatient, sql`${cases}`)
  return sql`matching as materialized (
      select ${patients.id}, ${order.by === 'name' ? order.key : sql`null`} as name from ${patients}
      where ${search!.person.matches}),
    few as materialized (select * from matching limit ${most + 1}),
    found as materialized (
      select of_one.* from few cross join lateral (${ofPatient} offset 0) of_one where ${when}
      ${search!.caseId ? sql`union ${fits(eq(cases.id, search!.caseId), order, tablesOf(order))}` : sql``})`
}

/** Whether a case at hand, with its patient, is what was searched for. */
export const holds = ({ person, caseId }: NonNullable<Asked['search']>): SQL =>
  caseId ? sql`(${person.holds} or ${eq(cases.id, caseId)})` : person.holds

export const alive = (...conditions: (SQL | null | undefined)[]): SQL =>
  and(isNull(cases.deleted_at), ...conditions.map((condition) => condition ?? undefined))!

export const tablesOf = ({ by }: Order): SQL =>
  by === 'name' ? sql`${cases} join ${patients} on ${eq(patients.id, cases.patient_id)}` : sql`${cases}`

/** A key that no case lacks needs no word on nulls, which would keep its index from giving the order. */
export const sorted = (order: Order): SQL =>
  sql`order by found.sort_key ${direction(order)} ${order.isTotal ? sql`` : sql`nulls last`}, found.id ${direction(order)}`
