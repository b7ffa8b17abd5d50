import type { WrapUpFields } from '@clinicacrm/contract/wrap-up.ts'
import { and, eq, sql } from 'drizzle-orm'
import { wrapUpDrafts } from '../db/schema.ts'
import type { Work } from '../work.ts'
import { knownCall } from './wrap-up.ts'

export type Draft = { [F in keyof WrapUpFields]?: WrapUpFields[F] | undefined }
type Drafting = Pick<Work, 'db'> & { by: Work['by'] & { id: string } }

/** What somebody is writing about a call: their own alone, one for each call. */
export async function saveDraft({ db, by }: Drafting, callId: string, draft: Draft): Promise<{ saved_at: string }> {
  await knownCall({ db, by }, callId)
  const [row] = await db
    .insert(wrapUpDrafts)
    .values({ call: callId, user_id: by.id, draft })
    .onConflictDoUpdate({ target: [wrapUpDrafts.call, wrapUpDrafts.user_id], set: { draft, updated_at: sql`now()` } })
    .returning({ saved_at: wrapUpDrafts.updated_at })
  return row!
}

export async function draftOf({ db, by }: Drafting, callId: string) {
  await knownCall({ db, by }, callId)
  const [row] = await db
    .select()
    .from(wrapUpDrafts)
    .where(and(eq(wrapUpDrafts.call, callId), eq(wrapUpDrafts.user_id, by.id)))
  return { draft: (row?.draft ?? null) as WrapUpFields | null, saved_at: row?.updated_at ?? null }
}
