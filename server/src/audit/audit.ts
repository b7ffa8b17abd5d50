import type { Db } from '../db/client.ts'
import { auditEvents } from '../db/schema.ts'
import { isHeard, queue } from './outbox.ts'
import { toldOf } from './tellings.ts'

export type Changes = Record<string, { from: unknown; to: unknown }>
type Change = {
  /** Such as `case.changed`. */
  action: string
  subject: string
  id: string
  before?: object
  after?: object
}

/** Writes the trace of a change, in the transaction that makes it: neither exists without the other. */
export async function record({ db, by }: { db: Db; by: { actor: string } }, change: Change): Promise<void> {
  await recordMany({ db, by }, [change])
}

/** The same for many changes at once, in one statement; a second one where webhooks want to hear of them. */
export async function recordMany({ db, by }: { db: Db; by: { actor: string } }, changes: Change[]): Promise<void> {
  if (!changes.length) return
  const traced = changes.map(({ before = {}, after = {}, ...change }) => ({
    ...change,
    before,
    changes: wellFormed(changesBetween(before, after)),
  }))
  const rows = traced.map(({ action, subject, id, changes: changed }) => {
    return { actor: by.actor, action, subject, subject_id: id, changes: changed }
  })
  const told = traced.flatMap(toldOf)
  const written = db.insert(auditEvents).values(rows)
  if (!told.length) return void (await written)
  const [first] = await written.returning({ heard: isHeard(told) })
  if (first!.heard) await queue({ db, by }, told)
}

/** Half a surrogate pair becomes U+FFFD, as it does in a text column: `jsonb` would refuse the whole trace for it. */
function wellFormed(changes: Changes): Changes {
  const repaired = (_: string, value: unknown) => (typeof value === 'string' ? value.toWellFormed() : value)
  return JSON.parse(JSON.stringify(changes, repaired)) as Changes
}

/** What differs, field by field; only fields that `after` names. */
export function changesBetween(before: object, after: object): Changes {
  const was = before as Record<string, unknown>
  const changes: Changes = {}
  for (const [field, to] of Object.entries(after)) {
    const from = was[field] ?? null
    if (to !== undefined && JSON.stringify(from) !== JSON.stringify(to)) changes[field] = { from, to }
  }
  return changes
}
