import type { AlertView } from '@clinicacrm/contract/case-page.ts'
import { classOf } from '@clinicacrm/contract/lifecycle.ts'
import type { NumberView } from '@clinicacrm/contract/patient-page.ts'
import type { PatientView } from '@clinicacrm/contract/patients.ts'
import { daysSince } from './reason.ts'

type Facts = {
  case: { status: string; disposition: string | null; follow_up_date: string | null; created_at: string }
  patient: Pick<PatientView, 'do_not_contact' | 'do_not_contact_reason' | 'alert_text'>
  numbers: Pick<NumberView, 'shown' | 'wrong_at'>[]
  /** When the case came to its status; null when it never moved. */
  lastMoveAt: string | null
  duplicateId: string | null
  /** This person should ask, and has not. */
  isIdentityOpen: boolean
}

const postOpDays = 7

/** What whoever picks up must know before they speak, the gravest first. */
export function alertsOf({ case: kase, patient, numbers, ...facts }: Facts, now: Date): AlertView[] {
  const wrong = numbers.filter(({ wrong_at }) => wrong_at !== null).map(({ shown }) => shown)
  const isPostOp =
    kase.status === 'INTERVENTO_ESEGUITO' && daysSince(facts.lastMoveAt ?? kase.created_at, now) < postOpDays
  const alerts: (AlertView | false)[] = [
    patient.do_not_contact && alert('do_not_contact', patient.do_not_contact_reason),
    Boolean(patient.alert_text) && alert('patient_alert', patient.alert_text),
    kase.disposition === 'RECLAMO' && alert('complaint'),
    (isPostOp || kase.disposition === 'URGENZA_POST_OP') && alert('post_op'),
    facts.isIdentityOpen && alert('identity_unconfirmed'),
    facts.duplicateId !== null && alert('possible_duplicate', null, facts.duplicateId),
    wrong.length > 0 && alert('wrong_number', wrong.join(', ')),
    classOf(kase.status) === 'open' && kase.follow_up_date === null && alert('no_next_action'),
  ]
  return alerts.filter((one) => one !== false)
}

const alert = (kind: AlertView['kind'], text: string | null = null, patient_id: string | null = null) => ({
  kind,
  text,
  patient_id,
})
