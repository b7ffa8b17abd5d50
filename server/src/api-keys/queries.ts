import { asc, eq, sql } from 'drizzle-orm'
import type { Db } from '../db/client.ts'
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
  last_used_at: apiKeys.last_used_at,
  requests: sql<number>`coalesce((select sum(${apiKeyUsage.requests})::int from ${apiKeyUsage}
    where ${apiKeyUsage.api_key_id} = ${apiKeys.id} and ${apiKeyUsage.minute} > now() - interval '24 hours'), 0)`,
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
