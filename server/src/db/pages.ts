import { type SQL, sql } from 'drizzle-orm'
import type { PgColumn } from 'drizzle-orm/pg-core'
import { wrongFields } from '../app-error.ts'

/** Where a page begins: after this row, in the order newest first, then greatest id. */
export type Position = { created_at: string; id: string }

export function after(table: { created_at: PgColumn; id: PgColumn }, position: Position | null): SQL | undefined {
  if (!position) return undefined
  return sql`(${table.created_at}, ${table.id}) < (${position.created_at}::timestamptz, ${position.id}::bigint)`
}

/** A page and where the next begins. Ask for one row more than the page holds: it tells whether there is a next. */
export function page<T extends Position>(rows: T[], limit: number): { rows: T[]; next_cursor: string | null } {
  const shown = rows.slice(0, limit)
  const last = shown.at(-1)
  return { rows: shown, next_cursor: rows.length > limit && last ? encode(last) : null }
}

const encode = ({ created_at, id }: Position) => Buffer.from(`${created_at} ${id}`).toString('base64url')

export function positionOf(cursor: string | undefined): Position | null {
  if (cursor === undefined) return null
  const [, created_at, id] =
    /^(\d{4}-\d\d-\d\dT[\d:.]{15}\+00:00) (\d{1,18})$/.exec(Buffer.from(cursor, 'base64url').toString()) ?? []
  if (!created_at || !id || Number.isNaN(Date.parse(created_at))) {
    throw wrongFields({ field: 'cursor', message: 'use the next_cursor of the page before' })
  }
  return { created_at, id }
}
