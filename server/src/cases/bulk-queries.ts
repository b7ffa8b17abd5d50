import { sql } from 'drizzle-orm'
import { isoInstant } from '../db/columns.ts'
import type { Db } from '../db/client.ts'
import { cases, clinics } from '../db/schema.ts'
import type { CaseRow } from './queries.ts'

/** The fields that a change of many cases can write. */
export type BulkFields = {
  status: string
  assigned_to: string | null
  dialer_campaign_tag: string | null
  channel: string | null
  follow_up_date: string | null
  lost_reason: string | null
}

export function fieldsOf(row: NonNullable<CaseRow>): BulkFields {
  const { status, assigned_to, dialer_campaign_tag, channel, follow_up_date, lost_reason } = row
  return { status, assigned_to, dialer_campaign_tag, channel, follow_up_date, lost_reason }
}

/** Locks cases until the transaction ends, always in the same order: two of these wait for each other, never both. */
export async function lockCases(db: Db, ids: string[]): Promise<void> {
  await db.execute(
    sql`select from ${cases} where ${cases.id} = any(${sql.param(ids)}::bigint[]) order by ${cases.id} for update`,
  )
}

/** One statement for all, however many: each case gets its own values and its next version, which is returned. */
export async function writeFields(db: Db, rows: ({ id: string } & BulkFields)[]): Promise<Map<string, number>> {
  const array = (name: 'id' | keyof BulkFields) => sql.param(rows.map((row) => row[name]))
  const written = await db.execute<{ id: string; version: number }>(sql`
    update ${cases} set status = u.status, assigned_to = u.assigned_to, dialer_campaign_tag = u.dialer_campaign_tag,
        channel = u.channel, follow_up_date = u.follow_up_date, lost_reason = u.lost_reason, updated_at = now(),
        version = ${cases.version} + 1
      from unnest(${array('id')}::bigint[], ${array('status')}::text[], ${array('assigned_to')}::text[],
        ${array('dialer_campaign_tag')}::text[], ${array('channel')}::text[], ${array('follow_up_date')}::timestamptz[],
        ${array('lost_reason')}::text[])
        as u (id, status, assigned_to, dialer_campaign_tag, channel, follow_up_date, lost_reason)
     where ${cases.id} = u.id returning ${cases.id}::text as id, ${cases.version} as version`)
  return new Map(written.rows.map(({ id, version }) => [id, version]))
}

/** A date as the moment it is at each clinic: a day alone is its first moment in the clinic's zone. */
export async function momentsByZone(db: Db, date: string | null | undefined) {
  if (date === null || date === undefined) return () => date
  const isDay = date.length === 'YYYY-MM-DD'.length
  const moment = isDay ? sql`(${date}::timestamp at time zone ${clinics.zone})` : sql`${date}::timestamptz`
  const rows = await db.select({ id: clinics.id, moment: sql<string>`${moment}::text` }).from(clinics)
  const moments = new Map(rows.map((row) => [row.id, isoInstant(row.moment)]))
  return (clinicId: string) => moments.get(clinicId) ?? null
}
