import { calls } from '../db/schema.ts'
import type { Clinic } from './harness.ts'

export type CallRow = typeof calls.$inferSelect
let named = 0

/** A call as its events would have left it: one that was missed just now, unless told otherwise. */
export async function callAt(crm: Clinic, fields: Partial<CallRow> = {}): Promise<CallRow> {
  const now = new Date().toISOString()
  const isEnded = (fields.state ?? 'ended') === 'ended'
  const [row] = await crm.work.db
    .insert(calls)
    .values({
      provider: 'test',
      call_id: `scene-${++named}`,
      state: 'ended',
      result: isEnded ? 'missed' : null,
      match: 'none',
      started_at: now,
      ringing_at: now,
      ended_at: isEnded ? now : null,
      ...fields,
    })
    .returning()
  return row!
}
