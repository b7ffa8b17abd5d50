import type { Db } from '../db/client.ts'
import { auditEvents } from '../db/schema.ts'

export type Changes = Record<string, { from: unknown; to: unknown }>
export type Trace = { actor: string; action: string; subject: string; subject_id: string; changes: Changes }

/** Writes the trace of a change, in the transaction that makes it: neither exists without the other. */
export async function record(db: Db, trace: Trace): Promise<void> {
  await db.insert(auditEvents).values(trace)
}

/** What differs, field by field; only fields that `after` names. */
export function changesBetween(before: Record<string, unknown>, after: Record<string, unknown>): Changes {
  const changes: Changes = {}
  for (const [field, to] of Object.entries(after)) {
    const from = before[field] ?? null
    if (to !== undefined && JSON.stringify(from) !== JSON.stringify(to)) changes[field] = { from, to }
  }
  return changes
}
