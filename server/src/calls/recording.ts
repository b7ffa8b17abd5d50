import { AppError } from '../app-error.ts'
import { record } from '../audit/audit.ts'
import type { Disclosures } from '../audit/disclosures.ts'
import { inTransaction, type Work } from '../work.ts'
import { knownCall } from './wrap-up.ts'

/** Where the platform keeps what was said. Nothing passes through here; asking leaves a trace, whoever was heard. */
export async function recordingOf(work: Work & { disclosures: Disclosures }, id: string): Promise<{ url: string }> {
  const { call } = await knownCall(work, id)
  const { recording_url: url, patient_id, case_id, provider, call_id } = call
  if (!url) throw new AppError('not_found', 'This call was not recorded.')
  await inTransaction(work, (inside) => record(inside, { action: 'call.listened', subject: 'call', id }))
  if (patient_id) {
    const about = { patient_id, case_id, provider, conversation_id: call_id }
    work.disclosures.record({ actor: work.by.actor, action: 'call.listened', ...about })
  }
  return { url }
}
