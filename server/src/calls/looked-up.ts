import type { CallEvent } from '@clinicacrm/contract/calls.ts'
import { and, desc, eq, gt, sql } from 'drizzle-orm'
import type { Db } from '../db/client.ts'
import { lookupConversations } from '../db/schema.ts'

/** The number that the platform's flow asked about within the last hour; whose it is, is asked again. */
export async function lookedUp(db: Db, { provider, call_id }: Pick<CallEvent, 'provider' | 'call_id'>) {
  const { phone, called, at } = lookupConversations
  const [row] = await db
    .select({ phone, called })
    .from(lookupConversations)
    .where(
      and(
        eq(lookupConversations.provider, provider),
        eq(lookupConversations.conversation_id, call_id),
        gt(at, sql`now() - interval '1 hour'`),
      ),
    )
    .orderBy(desc(at))
    .limit(1)
  return row ?? null
}
