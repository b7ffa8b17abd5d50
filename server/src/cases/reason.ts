import type { ProbableReason } from '@clinicacrm/contract/case-page.ts'
import type { StatusCode } from '@clinicacrm/contract/lifecycle.ts'

type Known = {
  status: string
  follow_up_date: string | null
  created_at: string
  clinic: string
  treatment: string | null
  origin: string | null
}
type Guess = Pick<ProbableReason, 'kind' | 'at'>
/** `due`: the follow-up date. `moved`: when the case came to its status. */
type Facts = { due: string | null; isPast: boolean; moved: string; created: string; isRecent: boolean }

const postOpDays = 30

/** What happened to a case besides what it says of itself: its last move, and today's last call in vain, if any. */
type Happened = { lastMoveAt: string | null; missedCallAt?: string | null }

/**
 * Why the patient probably calls: because they called in vain today, or from what the case says of itself. A case that
 * never moved is where it began.
 */
export function reasonOf(kase: Known, { lastMoveAt, missedCallAt }: Happened, now: Date): ProbableReason {
  const { status, follow_up_date: due, created_at: created, clinic, treatment, origin } = kase
  if (missedCallAt) return { kind: 'missed_call', at: missedCallAt, clinic, treatment, origin }
  const moved = lastMoveAt ?? created
  const isPast = due !== null && Date.parse(due) < now.getTime()
  const isRecent = daysSince(moved, now) <= postOpDays
  const guess = guesses[status as StatusCode]({ due, isPast, moved, created, isRecent })
  return { ...guess, clinic, treatment, origin }
}

export const daysSince = (instant: string, now: Date): number => (now.getTime() - Date.parse(instant)) / 86_400_000

const callback = ({ due, isPast }: Facts): Guess => ({ kind: isPast ? 'callback_overdue' : 'callback_due', at: due })

const guesses: Record<StatusCode, (facts: Facts) => Guess> = {
  NUOVO: ({ created }) => ({ kind: 'first_contact', at: created }),
  IN_CORSO: (facts) => (facts.due === null ? { kind: 'in_progress', at: facts.moved } : callback(facts)),
  DA_RICHIAMARE: callback,
  NON_RAGGIUNGIBILE: ({ moved }) => ({ kind: 'unreachable', at: moved }),
  APPUNTAMENTO: ({ due, isPast }) => ({ kind: isPast ? 'appointment_passed' : 'appointment', at: due }),
  NON_PRESENTATO: ({ moved }) => ({ kind: 'no_show', at: moved }),
  VISITA_EFFETTUATA: ({ moved }) => ({ kind: 'consultation_done', at: moved }),
  PREVENTIVO: ({ moved }) => ({ kind: 'quote_sent', at: moved }),
  INTERVENTO_PROGRAMMATO: ({ due, isPast }) => ({ kind: isPast ? 'procedure_passed' : 'procedure', at: due }),
  INTERVENTO_ESEGUITO: ({ due, isPast, moved, isRecent }) => {
    if (isRecent) return { kind: 'post_op', at: moved }
    // A check in some months' time is what is left to call about.
    return due !== null && !isPast ? { kind: 'appointment', at: due } : { kind: 'closed', at: moved }
  },
  IN_PAUSA: ({ due }) => ({ kind: 'postponed', at: due }),
  PERSO: ({ moved }) => ({ kind: 'lost', at: moved }),
  CHIUSO: ({ moved }) => ({ kind: 'closed', at: moved }),
}
