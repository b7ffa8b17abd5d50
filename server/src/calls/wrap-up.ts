import type { CallView } from '@clinicacrm/contract/calls.ts'
import type { wrapUpCall as declared } from '@clinicacrm/contract/wrap-up.ts'
import { type DispositionCode, dispositionFacts } from '@clinicacrm/contract/lifecycle.ts'
import { eq, sql } from 'drizzle-orm'
import type { z } from 'zod'
import { AppError } from '../app-error.ts'
import { record } from '../audit/audit.ts'
import { addNote, casesById, markContact, saveCase } from '../cases/cases.ts'
import { calls, pops, wrapUpDrafts } from '../db/schema.ts'
import { publish } from '../live/live.ts'
import { inTransaction, type Work } from '../work.ts'
import { markWrong } from './callback-changes.ts'
import { callbackReached, callbackTriedAgain } from './callbacks.ts'
import { callById, type CallRow, viewOfCall } from './queries.ts'

type Said = z.output<NonNullable<(typeof declared)['body']>>
type Wrapping = Work & { by: Work['by'] & { id: string } }

/**
 * What a call came to: case, note, number, callback and call together or not at all. Of a call that is nobody's, or of a
 * case that is not the actor's, disposition and note stay with the call.
 */
export function wrapUpCall(work: Wrapping, id: string, said: Said): Promise<CallView> {
  return inTransaction(work, async (tx) => {
    const inside: Wrapping = { ...work, ...tx, by: work.by }
    const { db, by } = inside
    await knownCall(inside, id)
    await db.select({ id: calls.id }).from(calls).where(eq(calls.id, id)).for('update')
    const { call } = (await callById(db, id, by))!
    const [kase] = call.case_id ? await casesById(db, [call.case_id], by) : []
    if (kase) await writeCase(inside, kase.id, said)
    if (said.wrong_number) await markWrong(inside, call)
    await moveCallback(inside, call, said)
    await db
      .update(calls)
      .set({
        disposition: said.disposition,
        wrapped_up_at: sql`now()`,
        wrapped_up_by: by.id,
        owed_by: null,
        updated_at: sql`now()`,
        version: sql`${calls.version} + 1`,
      })
      .where(eq(calls.id, id))
    await db.delete(wrapUpDrafts).where(eq(wrapUpDrafts.call, id))
    // Without a case there is no other place for it; its text stays out of the trace, which outlives erasures.
    const { note } = said
    if (!kase && note?.trim()) await db.insert(wrapUpDrafts).values({ call: id, user_id: by.id, draft: { note } })
    const after = { disposition: said.disposition, owed_by: null, has_note: !!note?.trim() }
    await record(inside, { action: 'call.wrapped_up', subject: 'call', id, before: call, after })
    await tell(inside, id)
    return viewOfCall((await callById(db, id, by))!)
  })
}

/** A call that the actor may see, refused when there is none. */
export async function knownCall({ db, by }: Pick<Work, 'db' | 'by'>, id: string) {
  const call = await callById(db, id, by)
  if (!call) throw new AppError('not_found', 'There is no call with this id.')
  return call
}

async function writeCase(work: Wrapping, caseId: string, said: Said): Promise<void> {
  const { note, wrong_number: _, ...fields } = said
  await saveCase(work, caseId, fields)
  if (note?.trim()) await addNote(work, caseId, { body: note })
  if (factsOf(said).contact) await markContact(work, caseId)
}

/** Whoever waited to be called back was reached, is tried again, or has another number; or it says nothing of that. */
async function moveCallback(work: Wrapping, call: CallRow, said: Said): Promise<void> {
  const { contact, tries_again } = factsOf(said)
  if (said.wrong_number) return callbackTriedAgain(work, call, 'wrong_number')
  if (contact) return callbackReached(work, call)
  if (tries_again) await callbackTriedAgain(work, call)
}

const nothing = { contact: false, tries_again: false }
const factsOf = ({ disposition }: Said) => dispositionFacts[disposition as DispositionCode] ?? nothing

async function tell(work: Wrapping, id: string): Promise<void> {
  const concerned = await work.db.select({ user_id: pops.user_id }).from(pops).where(eq(pops.call, id))
  const to = [...new Set([work.by.id, ...concerned.map(({ user_id }) => user_id)])]
  await publish(work, { kind: 'call', id, what: 'changed', to })
}
