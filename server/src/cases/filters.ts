import type { CaseFilters, dueNames } from '@clinicacrm/contract/cases.ts'
import { lifecycle, statusCodes } from '@clinicacrm/contract/lifecycle.ts'
import { and, gte, inArray, isNull, lt, or, type SQL, sql } from 'drizzle-orm'
import type { PgColumn } from 'drizzle-orm/pg-core'
import type { Db } from '../db/client.ts'
import { cases, clinics, treatments } from '../db/schema.ts'
import type { Actor } from '../work.ts'

type Filter = keyof Omit<CaseFilters, 'search' | 'class'>
/** One thing that a list asks of its cases. The rights of whoever asks are one of them. */
export type Condition = {
  about: Filter
  sql: SQL
  /** Asks for exactly one value: an index that begins with it is a list of its own. */
  isOne: boolean
}

const ended = statusCodes.filter((code) => ['won', 'lost', 'closed'].includes(lifecycle[code]))
/** Cases at work: few beside those of all the years, and nearly all that people look at. As the indexes say it. */
export const isAtWork = sql`${cases.status} not in (${sql.raw(ended.map((code) => `'${code}'`).join(', '))})`

/** What a filter asks, with names looked up and days counted in each clinic's zone. */
export async function conditionsOf(db: Db, by: Actor, filters: CaseFilters): Promise<Condition[]> {
  const { clinic, treatment, due, patient_id, assigned_to } = filters
  const own = clinic || due ? await clinicsOf(db, by) : []
  const asked: (Condition | undefined)[] = [
    by.clinicIds ? among('clinic', cases.clinic_id, by.clinicIds) : undefined,
    clinic && among('clinic', cases.clinic_id, idsNamed(own, clinic)),
    treatment && among('treatment', cases.treatment_id, await treatmentsNamed(db, treatment)),
    filters.status || filters.class ? inStatus(filters) : undefined,
    filters.channel && among('channel', cases.channel, filters.channel),
    filters.dialer_campaign_tag && among('dialer_campaign_tag', cases.dialer_campaign_tag, filters.dialer_campaign_tag),
    assigned_to && assignedTo(assigned_to),
    patient_id ? among('patient_id', cases.patient_id, [patient_id]) : undefined,
    due && { about: 'due', sql: dueOn(due, own), isOne: false },
    ...(['created', 'follow_up'] as const).flatMap((what) => between(filters, what)),
  ]
  return asked.filter((condition) => condition !== undefined)
}

/** The statuses that `status` and `class` leave. */
export function statusesOf({ status, class: classes }: Pick<CaseFilters, 'status' | 'class'>) {
  return statusCodes.filter(
    (code) => (!status || status.includes(code)) && (!classes || classes.includes(lifecycle[code])),
  )
}

export const asksOnlyForWork = (filters: CaseFilters): boolean =>
  Boolean(filters.status ?? filters.class) && !statusesOf(filters).some((code) => ended.includes(code))

/** All statuses at work are asked for as the indexes say it: these then have all that is asked. */
function inStatus(filters: CaseFilters): Condition {
  const asked = statusesOf(filters)
  const isAll = asksOnlyForWork(filters) && asked.length === statusCodes.length - ended.length
  return isAll ? { about: 'status', sql: isAtWork, isOne: false } : among('status', cases.status, asked)
}

/** Cases without a follow-up date are asked for, or at least not left out. */
export const mayLackDate = ({ due, follow_up_from, follow_up_to }: CaseFilters): boolean =>
  !follow_up_from && !follow_up_to && (!due || due.includes('none'))

function among(about: Filter, column: PgColumn, values: readonly string[]): Condition {
  return { about, sql: values.length ? inArray(column, [...values]) : sql`false`, isOne: values.length === 1 }
}

function assignedTo(values: readonly string[]): Condition {
  const named = values.filter((value) => value.trim() !== '')
  if (named.length === values.length) return among('assigned_to', cases.assigned_to, named)
  const nobody = isNull(cases.assigned_to)
  const asked = named.length ? or(inArray(cases.assigned_to, named), nobody)! : nobody
  return { about: 'assigned_to', sql: asked, isOne: false }
}

function between(filters: CaseFilters, what: 'created' | 'follow_up'): Condition[] {
  const column = what === 'created' ? cases.created_at : cases.follow_up_date
  const { [`${what}_from` as const]: from, [`${what}_to` as const]: to } = filters
  return [
    ...(from ? [{ about: `${what}_from` as const, sql: gte(column, from), isOne: false }] : []),
    ...(to ? [{ about: `${what}_to` as const, sql: lt(column, to), isOne: false }] : []),
  ]
}

type Own = Awaited<ReturnType<typeof clinicsOf>>[number]

/** The actor's clinics, with the first moments of days as their zones count them. */
async function clinicsOf(db: Db, { clinicIds }: Actor) {
  const dayIn = (days: number) =>
    sql<string>`((date_trunc('day', now() at time zone ${clinics.zone}) + ${days} * interval '1 day') at time zone ${clinics.zone})::text`
  return db
    .select({
      id: clinics.id,
      name: clinics.name,
      code: clinics.code,
      days: { today: dayIn(0), tomorrow: dayIn(1), after: dayIn(2), week: dayIn(7) },
    })
    .from(clinics)
    .where(clinicIds ? inArray(clinics.id, [...clinicIds]) : undefined)
}

const isNamed = (names: readonly string[], { name, code }: { name: string; code: string }) =>
  names.some((wanted) => [name.toLowerCase(), code.toLowerCase()].includes(wanted.trim().toLowerCase()))

const idsNamed = (own: Own[], names: readonly string[]) =>
  own.filter((clinic) => isNamed(names, clinic)).map(({ id }) => id)

async function treatmentsNamed(db: Db, names: readonly string[]) {
  const { id, name, code } = treatments
  const known = await db.select({ id, name, code }).from(treatments)
  return known.filter((treatment) => isNamed(names, treatment)).map((treatment) => treatment.id)
}

/** One range where the days of all clinics begin together; else each zone's own, within one that holds them all. */
function dueOn(names: readonly Due[], own: Own[]): SQL {
  const zones = [...Map.groupBy(own, ({ days }) => JSON.stringify(days)).values()]
  const byZone = zones.map((of) => {
    const ranges = or(...names.map((name) => range(name, of[0]!.days)))
    const here = inArray(
      cases.clinic_id,
      of.map(({ id }) => id),
    )
    return zones.length === 1 ? ranges : and(here, ranges)
  })
  if (zones.length < 2) return byZone[0] ?? sql`false`
  return names.includes('none') ? or(...byZone)! : and(hull(names, own), or(...byZone))!
}

type Due = (typeof dueNames)[number]

function range(name: Due, days: Own['days']): SQL {
  const [from, to] = ends(name, days)
  if (to === null) return isNull(cases.follow_up_date)
  const before = sql`${cases.follow_up_date} < ${to}::timestamptz`
  return from === null ? before : sql`${cases.follow_up_date} >= ${from}::timestamptz and ${before}`
}

function ends(name: Due, { today, tomorrow, after, week }: Own['days']): [string | null, string | null] {
  switch (name) {
    case 'overdue':
      return [null, today]
    case 'today':
      return [today, tomorrow]
    case 'tomorrow':
      return [tomorrow, after]
    case 'next_7_days':
      return [today, week]
    case 'none':
      return [null, null]
  }
}

/** PostgreSQL prints these in UTC and alike, so their order as text is their order in time. */
function hull(names: readonly Due[], own: Own[]): SQL {
  const all = names.flatMap((name) => own.map(({ days }) => ends(name, days)))
  const [first, last] = [
    all.map(([from]) => from ?? '').sort()[0],
    all
      .map(([, to]) => to ?? '')
      .sort()
      .at(-1),
  ]
  const before = sql`${cases.follow_up_date} < ${last}::timestamptz`
  return first ? sql`${cases.follow_up_date} >= ${first}::timestamptz and ${before}` : before
}
