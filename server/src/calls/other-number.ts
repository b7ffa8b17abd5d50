import { numbersOf, patientById } from '../patients/patients.ts'
import { system, type Work } from '../work.ts'

type Tried = { patient_id: string | null; phone_key: string | null }
export type Dialled = { phone_key: string; phone: string }

/** The patient's next number that nobody found to be wrong; null when there is none. */
export async function numberAfter({ db, config }: Work, { patient_id, phone_key }: Tried): Promise<Dialled | null> {
  // Rights were asked for the callback; which numbers the patient has does not depend on who asks.
  const patient = patient_id && (await patientById(db, patient_id, system))
  if (!patient) return null
  const numbers = await numbersOf(db, patient, system, config)
  const next = numbers.find(({ key, wrong_at }) => key !== null && key !== phone_key && wrong_at === null)
  return next?.key ? { phone_key: next.key, phone: dialledAs(next.key) } : null
}

/** E.164, or the bare digits that no numbering plan knows. */
export const dialledAs = (key: string): string => (key.startsWith('x') ? key.slice(1) : `+${key}`)
