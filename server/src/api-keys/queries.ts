import { asc, eq, sql } from 'drizzle-orm'
import type { Db } from '../db/client.ts'
import { isoInstant } from '../db/columns.ts'
import { apiKeys, apiKeyUsage, clinics } from '../db/schema.ts'

const columns = {
  id: apiKeys.id,
  public_id: apiKeys.public_id,
  hint: apiKeys.hint,
  name: apiKeys.name,
  description: apiKeys.description,
  scopes: apiKeys.scopes,
  profile: apiKeys.profile,
  clinic_ids: apiKeys.clinic_ids,
  clinics: sql<string[] | null>`(select array_agg(${clinics.name} order by ${clinics.name}) from ${clinics}
    where ${clinics.id} = any (${apiKeys.clinic_ids}))`,
  ip_ranges: apiKeys.ip_ranges,
  expires_at: apiKeys.expires_at,
  limit_per_minute: apiKeys.limit_per_minute,
  active: apiKeys.active,
  sandbox: apiKeys.sandbox,
  last_used_at: apiKeys.last_used_at,
  requests: sql<number>`coalesce((select sum(${apiKeyUsage.requests})::int from ${apiKeyUsage}
    where ${apiKeyUsage.api_key_id} = ${apiKeys.id} and ${apiKeyUsage.minute} > now() - interval '24 hours'), 0)`,
  sparkline: sql<number[]>`(select array_agg(coalesce(used.requests, 0) order by hour)
    from generate_series(date_trunc('hour', now()) - interval '23 hours', date_trunc('hour', now()), interval '1 hour') hour
    left join lateral (select sum(${apiKeyUsage.requests})::int as requests from ${apiKeyUsage}
      where ${apiKeyUsage.api_key_id} = ${apiKeys.id} and ${apiKeyUsage.minute} >= hour
        and ${apiKeyUsage.minute} < hour + interval '1 hour') used on true)`,
  previous_valid_until: apiKeys.previous_valid_until,
  revoked_at: apiKeys.revoked_at,
  created_at: apiKeys.created_at,
}

export type KeyRow = Awaited<ReturnType<typeof allKeys>>[number]

export const allKeys = (db: Db) => db.select(columns).from(apiKeys).orderBy(asc(apiKeys.id))

export async function keyById(db: Db, id: string): Promise<KeyRow | null> {
  const [key] = await db.select(columns).from(apiKeys).where(eq(apiKeys.id, id))
  return key ?? null
}

/** How much one key was used, in buckets of so many minutes, the running one last; one range of the primary key. */
export async function usageOf(db: Db, id: string, bucketMinutes: number, buckets: number) {
  const { rows } = await db.execute<{ at: string; requests: number; refused: number }>(sql`
    with bounds as (select ${bucketMinutes} * interval '1 minute' as width),
      starts as (
        select date_bin(width, now(), 'epoch') - step * width as at, width
          from bounds, generate_series(0, ${buckets}::int - 1) step)
    select starts.at::text as at, coalesce(sum(used.requests), 0)::int as requests,
        coalesce(sum(used.refused), 0)::int as refused
      from starts left join ${apiKeyUsage} used
        on used.api_key_id = ${id} and used.minute >= starts.at and used.minute < starts.at + width
      group by starts.at order by starts.at`)
  return rows.map((row) => ({ ...row, at: isoInstant(row.at) }))
}
