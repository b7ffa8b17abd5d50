import { eq, inArray, type SQL, sql } from 'drizzle-orm'
import type { PgColumn } from 'drizzle-orm/pg-core'
import type { Db } from '../db/client.ts'
import { cases, users } from '../db/schema.ts'
import type { Actor } from '../work.ts'
import { alive } from './asked.ts'

/** Values that were in use lately: those of the newest cases of each clinic. */
const newest = 10_000
/** Nobody reads a longer list. */
const mostOffered = 300

/** What a filter bar can offer somebody, from the cases they may see. */
export async function choicesFor(db: Db, by: Actor) {
  const recent = await recentValues(db, by)
  const [tags, assignees] = by.clinicIds
    ? [recent.dialer_campaign_tag, recent.assigned_to]
    : [await everyValue(db, cases.dialer_campaign_tag), await everyValue(db, cases.assigned_to)]
  return {
    dialer_campaign_tags: tags,
    origins: recent.origin,
    promotions: recent.promotion,
    assigned_to: await named(db, assignees),
  }
}

/** Each value of an indexed column once: from one value the index leads to the next, past all cases that share it. */
async function everyValue(db: Db, column: PgColumn): Promise<string[]> {
  const next = (after: SQL) => sql`(select min(${column}) from ${cases} where ${column} > ${after})`
  const { rows } = await db.execute<{ value: string }>(sql`
    with recursive each(value) as (
      select min(${column}) from ${cases}
      union all select ${next(sql`each.value`)} from each where each.value is not null)
    select value from each
     where exists (select from ${cases} where ${alive(eq(column, sql`each.value`))}) limit ${mostOffered}`)
  return sorted(rows)
}

type Recent = 'dialer_campaign_tag' | 'origin' | 'promotion' | 'assigned_to'

async function recentValues(db: Db, { clinicIds }: Actor): Promise<Record<Recent, string[]>> {
  const columns = sql`${cases.dialer_campaign_tag}, ${cases.origin}, ${cases.promotion}, ${cases.assigned_to}`
  const own = clinicIds ? inArray(cases.clinic_id, [...clinicIds]) : undefined
  const { rows } = await db.execute<{ what: Recent; value: string }>(sql`
    with recent as materialized (select ${columns} from ${cases} where ${alive(own)}
      order by ${cases.created_at} desc, ${cases.id} desc limit ${newest})
    select distinct what, value from recent cross join lateral (values ('dialer_campaign_tag', dialer_campaign_tag),
      ('origin', origin), ('promotion', promotion), ('assigned_to', assigned_to)) each(what, value)
    where value is not null`)
  const of = (what: Recent) => sorted(rows.filter((row) => row.what === what).slice(0, mostOffered))
  return {
    dialer_campaign_tag: of('dialer_campaign_tag'),
    origin: of('origin'),
    promotion: of('promotion'),
    assigned_to: of('assigned_to'),
  }
}

/** Addresses of colleagues with their names; any other name as it is. */
async function named(db: Db, values: string[]) {
  const known = values.length
    ? await db.select({ email: users.email, name: users.name }).from(users).where(inArray(users.email, values))
    : []
  const names = new Map(known.map(({ email, name }) => [email, name]))
  return values
    .map((value) => ({ value, name: names.get(value) ?? value }))
    .toSorted((a, b) => a.name.localeCompare(b.name))
}

const sorted = (rows: { value: string }[]) => rows.map(({ value }) => value).toSorted((a, b) => a.localeCompare(b))
