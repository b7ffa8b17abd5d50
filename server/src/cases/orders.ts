import type { CaseOrder } from '@clinicacrm/contract/cases.ts'
import { isNotNull, isNull, type SQL, sql } from 'drizzle-orm'
import { wrongFields } from '../app-error.ts'
import { cases, patients } from '../db/schema.ts'

/** How a list is ordered: by this, then by id in the same direction; cases without it come last either way. */
export type Order = {
  name: CaseOrder
  by: 'created_at' | 'follow_up_date' | 'updated_at' | 'last_contact_at' | 'name'
  key: SQL
  type: SQL
  isDown: boolean
  /** Every case has it. */
  isTotal: boolean
}
/** The row after which a page begins; `key` null: among the cases without it. */
export type Place = { key: string | null; id: string }

type Kind = Pick<Order, 'key' | 'type' | 'isTotal'>
const instant = (key: SQL, isTotal: boolean): Kind => ({ key, type: sql`timestamptz`, isTotal })

const kinds: Record<Order['by'], Kind> = {
  created_at: instant(sql`${cases.created_at}`, true),
  updated_at: instant(sql`${cases.updated_at}`, true),
  follow_up_date: instant(sql`${cases.follow_up_date}`, false),
  last_contact_at: instant(sql`${cases.last_contact_at}`, false),
  name: { key: sql`${patients.sort_name}`, type: sql`text`, isTotal: true },
}

export function orderNamed(name: CaseOrder): Order {
  const isDown = name.startsWith('-')
  const by = (isDown ? name.slice(1) : name) as Order['by']
  return { name, by, isDown, ...kinds[by] }
}

/** What lies beyond a place, in words that an index on key and id reads as a range. */
export function beyond({ by, key, type, isDown }: Order, place: Place): SQL {
  const further = isDown ? sql`<` : sql`>`
  if (place.key === null) return sql`${isNull(key)} and ${cases.id} ${further} ${place.id}::bigint`
  const value = sql`${place.key}::${type}`
  if (by !== 'name') return sql`(${key}, ${cases.id}) ${further} (${value}, ${place.id}::bigint)`
  // Name and id stand in two tables, and no index reads a pair of those.
  return sql`${key} ${further}= ${value} and (${key} ${further} ${value} or ${cases.id} ${further} ${place.id}::bigint)`
}

/** The same for a question that no index answers in order: those without the key lie beyond all others. */
export const anywhereBeyond = (order: Order, place: Place): SQL =>
  order.isTotal || place.key === null ? beyond(order, place) : sql`(${beyond(order, place)} or ${isNull(order.key)})`

export const hasKey = ({ key }: Order): SQL => isNotNull(key)
export const lacksKey = ({ key }: Order): SQL => isNull(key)

export const direction = ({ isDown }: Order): SQL => (isDown ? sql`desc` : sql`asc`)

export const cursorAt = ({ name }: Order, { key, id }: Place): string =>
  Buffer.from(JSON.stringify([name, key, id])).toString('base64url')

/** Where a cursor points; one of another order is refused, as it would skip rows and repeat others. */
export function placeOf(order: Order, cursor: string | undefined): Place | null {
  if (cursor === undefined) return null
  const read = contentOf(cursor)
  if (!read) throw wrongFields({ field: 'cursor', message: 'use the next_cursor of the page before' })
  const [name, key, id] = read
  if (name !== order.name) {
    throw wrongFields({ field: 'cursor', message: `belongs to the order ${name}; begin again in another order` })
  }
  const isRight = key === null ? !order.isTotal : order.by === 'name' || isInstant(key)
  if (!isRight) throw wrongFields({ field: 'cursor', message: 'use the next_cursor of the page before' })
  return { key, id }
}

function contentOf(cursor: string): [CaseOrder, string | null, string] | null {
  const text = Buffer.from(cursor, 'base64url').toString()
  const [, name, key, id] = /^\["(-?[a-z_]+)",(null|".*"),"([1-9]\d{0,17})"\]$/s.exec(text) ?? []
  // PostgreSQL can neither keep nor read a NUL.
  if (!name || !key || !id || /\\u0000|\0/.test(key)) return null
  try {
    return [name as CaseOrder, JSON.parse(key) as string | null, id]
  } catch {
    return null
  }
}

/** As PostgreSQL prints them. */
const isInstant = (key: string) =>
  /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d(\.\d{1,6})?\+00$/.test(key) &&
  !Number.isNaN(Date.parse(`${key.slice(0, 10)}T${key.slice(11, 19)}Z`))
