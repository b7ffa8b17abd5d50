import { and, desc, eq, gte, lt, ne, or, type SQL, sql } from 'drizzle-orm'
import type { Db } from '../db/client.ts'
import { apiKeys, connectorLines, requestLog, users } from '../db/schema.ts'

export type Filters = {
  kind?: 'lookup' | 'event' | undefined
  api_key_id?: string | undefined
  provider?: string | undefined
  verdict?: string | undefined
  status?: 'ok' | 'refused' | 'failed' | undefined
  before?: string | undefined
}

const { status, kind } = requestLog
/** A lookup that found nobody is no failure. */
const isMiss = and(eq(status, 404), eq(kind, 'lookup'), sql`${requestLog.verdict} is not null`)!
const classes: Record<NonNullable<Filters['status']>, SQL> = {
  ok: or(lt(status, 400), isMiss)!,
  refused: and(
    gte(status, 400),
    lt(status, 500),
    or(ne(status, 404), ne(kind, 'lookup'), sql`${requestLog.verdict} is null`),
  )!,
  failed: gte(status, 500),
}

const columns = {
  row: requestLog,
  name: sql<string | null>`coalesce(${apiKeys.name}, ${connectorLines.name}, ${users.name})`,
}

const named = (db: Db) =>
  db
    .select(columns)
    .from(requestLog)
    .leftJoin(apiKeys, eq(apiKeys.id, requestLog.api_key_id))
    .leftJoin(connectorLines, eq(sql`'line:' || ${connectorLines.id}`, requestLog.actor))
    .leftJoin(users, eq(sql`'user:' || ${users.id}`, requestLog.actor))

export function requestsBy(db: Db, filters: Filters, limit: number) {
  const { kind: wanted, api_key_id, provider, verdict, status: group, before } = filters
  return named(db)
    .where(
      and(
        wanted && eq(kind, wanted),
        api_key_id ? eq(requestLog.api_key_id, api_key_id) : undefined,
        provider ? eq(requestLog.provider, provider) : undefined,
        verdict ? eq(requestLog.verdict, verdict) : undefined,
        group && classes[group],
        before ? lt(requestLog.id, before) : undefined,
      ),
    )
    .orderBy(desc(requestLog.id))
    .limit(limit)
}

export type Found = Awaited<ReturnType<typeof requestsBy>>[number]

export async function requestById(db: Db, id: string): Promise<Found | null> {
  const [found] = await named(db).where(eq(requestLog.id, id))
  return found ?? null
}
