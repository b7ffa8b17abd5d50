import { sql } from 'drizzle-orm'
import type { Db } from '../db/client.ts'
import { fold } from './search-text.ts'

export type Named = { first_name: string; last_name: string }

/** From here on two names are one with a slip of the finger in it: Rosi is Rossi, Rosati is not. */
const alikeFrom = 0.5

/**
 * Those whose names are much alike in either order, and how much, from 0.5 to 1. A name that one side lacks says nothing;
 * both must fit, or every brother would be his sister.
 */
export async function alikeAmong<T extends Named>(db: Db, person: Named, others: T[]): Promise<(T & Alike)[]> {
  if (!others.length) return []
  const [first, last] = [fold(person.first_name), fold(person.last_name)]
  const alike = (name: string, column: 'first' | 'last') =>
    sql`case when ${name} = '' or ${sql.identifier(column)} = '' then 1 else similarity(${name}, ${sql.identifier(column)}) end`
  const { rows } = await db.execute<{ likeness: number }>(sql`
    select greatest(least(${alike(first, 'first')}, ${alike(last, 'last')}),
                    least(${alike(first, 'last')}, ${alike(last, 'first')})) as likeness
      from unnest(${sql.param(others.map((other) => fold(other.first_name)))}::text[],
                  ${sql.param(others.map((other) => fold(other.last_name)))}::text[]) with ordinality as o (first, last, n)
     order by n`)
  return others
    .map((other, i) => ({ ...other, likeness: areSiblings(person, other) ? 0 : rows[i]!.likeness }))
    .filter(({ likeness }) => likeness >= alikeFrom)
}

export type Alike = { likeness: number }

/** Antonio and Antonia are brother and sister: a slip of the finger seldom hits just the last vowel. */
function areSiblings(a: Named, b: Named): boolean {
  const [one, other] = [fold(a.first_name), fold(b.first_name)]
  return one !== other && one.slice(0, -1) === other.slice(0, -1) && /[aeo]$/.test(one) && /[aeo]$/.test(other)
}
