import { classOf, type dispositionCodes, type StatusCode } from '@clinicacrm/contract/lifecycle.ts'
import { inMinutes, morningIn, nextMorning } from './moments.ts'
import type { Standing } from './move.ts'

export type Disposition = (typeof dispositionCodes)[number]

/** What usually follows when a conversation came to this: where the case goes, and when somebody looks at it again. */
export type Rule = {
  status?: StatusCode
  next?: (zone: string) => string
  /** The day is agreed with the patient: nothing can be proposed. */
  agreesDay?: true
  lost?: true
  /** An appointment to come stays: nobody answered, or little was said. */
  sparesBooked?: true
}

const callAgain = (next: (zone: string) => string): Rule => ({ status: 'DA_RICHIAMARE', next, sparesBooked: true })

const rules: Record<Disposition, Rule> = {
  APPUNTAMENTO_FISSATO: { status: 'APPUNTAMENTO', agreesDay: true },
  CONFERMATO: {},
  SPOSTATO: { agreesDay: true },
  ANNULLATO_DAL_PAZIENTE: { status: 'DA_RICHIAMARE', next: nextMorning },
  INFO_FORNITE: { status: 'IN_CORSO', next: (zone) => morningIn(3, zone), sparesBooked: true },
  VALUTAZIONE_SMILE: { status: 'IN_CORSO', next: (zone) => morningIn(3, zone), sparesBooked: true },
  VALUTAZIONE_ALTRO: { status: 'IN_CORSO', next: (zone) => morningIn(3, zone), sparesBooked: true },
  RICHIAMARE: { status: 'DA_RICHIAMARE', next: nextMorning },
  NON_RISPONDE: callAgain(() => inMinutes(120)),
  OCCUPATO: callAgain(() => inMinutes(15)),
  SEGRETERIA: callAgain(() => inMinutes(120)),
  CADUTA_LINEA: callAgain(() => inMinutes(15)),
  NUMERO_ERRATO: { status: 'NON_RAGGIUNGIBILE', next: (zone) => morningIn(3, zone), sparesBooked: true },
  NON_INTERESSATO: { status: 'PERSO', lost: true },
  PREZZO: { status: 'PERSO', lost: true },
  ALTRO_CENTRO: { status: 'PERSO', lost: true },
  RECLAMO: { next: nextMorning },
  URGENZA_POST_OP: {},
  RICHIESTA_PRIVACY: {},
  SPAM: { status: 'CHIUSO' },
}

/** Where this disposition takes this case, as far as the lifecycle lets it. */
export function proposalFor(
  code: Disposition,
  { case: kase, offered_statuses, clinic_zone: zone }: Standing,
): { status: StatusCode; moment: string | null; isLost: boolean } {
  const { status: wanted, next, agreesDay, lost, sparesBooked } = rules[code]
  const from = kase.status as StatusCode
  const isOffered = offered_statuses.some(({ code: to, move }) => to === wanted && move === 'offered')
  const isDue = kase.follow_up_date !== null && new Date(kase.follow_up_date) > new Date()
  const isSpared = sparesBooked && isDue && classOf(from) === 'booked'
  const status = wanted && isOffered && !isSpared ? wanted : from
  if (agreesDay) return { status, moment: null, isLost: false }
  const keepsDate = isSpared || !next || (isDue && status === from)
  return { status, moment: keepsDate ? kase.follow_up_date : next(zone), isLost: lost === true && status === 'PERSO' }
}
