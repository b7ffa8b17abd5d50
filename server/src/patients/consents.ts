import type { ConsentView } from '@clinicacrm/contract/patient-page.ts'
import { desc, eq } from 'drizzle-orm'
import { nameOfActor } from '../audit/actors.ts'
import { record } from '../audit/audit.ts'
import type { Db } from '../db/client.ts'
import { consents } from '../db/schema.ts'
import { publish } from '../live/live.ts'
import { inTransaction, type Work } from '../work.ts'
import { lockKnownPatient } from './queries.ts'

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
      actor: nameOfActor(consents.actor),
      at: consents.at,
    })
    .from(consents)
    .where(eq(consents.patient_id, patientId))
    .orderBy(desc(consents.id))
  return rows as ConsentView[]
}

export type NewConsent = Pick<ConsentView, 'purpose' | 'state'> & {
  channel?: ConsentView['channel'] | undefined
  text_version?: string | null | undefined
  evidence?: string | null | undefined
}

/** Writes down what a patient allows or withdraws. What stands there already stays: it was true when it was written. */
export function addConsent(work: Work, id: string, consent: NewConsent): Promise<ConsentView[]> {
  return inTransaction(work, async (inside) => {
    const { db, by } = inside
    await lockKnownPatient(inside, id)
    const { purpose, state, channel = null, text_version = null, evidence = null } = consent
    const after = { purpose, channel, state, text_version, evidence }
    await db.insert(consents).values({ ...after, patient_id: id, actor: by.actor })
    await record(inside, { action: `patient.consent_${state}`, subject: 'patient', id, after })
    await publish(inside, { kind: 'patient', id, patient_id: id, what: 'changed' })
    return consentsOf(db, id)
  })
}
