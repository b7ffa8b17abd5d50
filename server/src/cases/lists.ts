import type { CaseFilters, CaseOrder } from '@clinicacrm/contract/cases.ts'
import type { Db } from '../db/client.ts'
import type { Actor } from '../work.ts'
import { askedFor } from './asked.ts'
import { cursorAt, type Order, type Place, placeOf } from './orders.ts'
import { countOf, placesOf } from './places.ts'
import { casesById } from './queries.ts'

const mostCounted = 10_000

type Page = { order: CaseOrder; cursor?: string | undefined; limit: number }

/** One page of a list, and where the next begins. */
export async function pageOfCases(db: Db, by: Actor, filters: CaseFilters, { order, cursor, limit }: Page) {
  const asked = await askedFor(db, by, filters, order)
  const places = await placesOf(db, asked, placeOf(asked.order, cursor), limit + 1)
  const shown = places.slice(0, limit)
  const rows = await casesById(
    db,
    shown.map(({ id }) => id),
    by,
  )
  return { rows, next_cursor: nextAfter(asked.order, places, limit) }
}

/** Ask for one place more than is shown: it tells whether there is a next. */
export const nextAfter = (order: Order, places: Place[], shown: number): string | null =>
  places.length > shown ? cursorAt(order, places[shown - 1]!) : null

export const boundedCount = async (db: Db, by: Actor, filters: CaseFilters) =>
  countOf(db, await askedFor(db, by, filters, '-created_at'), mostCounted)
