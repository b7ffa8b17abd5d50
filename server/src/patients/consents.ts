import type { ConsentView } from '@clinicacrm/contract/patient-page.ts'
import { desc, eq } from 'drizzle-orm'
import type { Db } from '../db/client.ts'
import { consents } from '../db/schema.ts'

/** Every word ever given, newest first: the newest of a purpose and channel is the one that stands. */
export async function consentsOf(db: Db, patientId: string): Promise<ConsentView[]> {
  const rows = await db
    .select({
      id: consents.id,
      purpose: consents.purpose,
      channel: consents.channel,
      state: consents.state,
      text_version: consents.text_version,
      evidence: consents.evidence,
      actor: consents.actor,
      at: consents.at,
    })
    .from(consents)
    .where(eq(consents.patient_id, patientId))
    .orderBy(desc(consents.id))
  return rows as ConsentView[]
}
