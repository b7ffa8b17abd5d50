/** What a status means, whatever a clinic calls it. */
export const statusClasses = ['open', 'waiting', 'booked', 'won', 'lost', 'closed'] as const
export type StatusClass = (typeof statusClasses)[number]

/** The lifecycle's codes, in order, each with its class; labels are rows of `statuses`. */
export const lifecycle = {
  NUOVO: 'open',
  IN_CORSO: 'open',
  DA_RICHIAMARE: 'open',
  NON_RAGGIUNGIBILE: 'waiting',
  APPUNTAMENTO: 'booked',
  NON_PRESENTATO: 'open',
  VISITA_EFFETTUATA: 'open',
  PREVENTIVO: 'waiting',
  INTERVENTO_PROGRAMMATO: 'booked',
  INTERVENTO_ESEGUITO: 'won',
  IN_PAUSA: 'waiting',
  PERSO: 'lost',
  CHIUSO: 'closed',
} as const satisfies Record<string, StatusClass>
export type StatusCode = keyof typeof lifecycle

export const statusCodes = Object.keys(lifecycle) as [StatusCode, ...StatusCode[]]

export const classOf = (status: string): StatusClass => lifecycle[status as StatusCode] ?? 'open'

/** What a move to this status cannot do without. */
export const statusNeeds = {
  DA_RICHIAMARE: ['follow_up_date'],
  NON_RAGGIUNGIBILE: ['follow_up_date'],
  APPUNTAMENTO: ['follow_up_date'],
  NON_PRESENTATO: ['follow_up_date'],
  PREVENTIVO: ['follow_up_date'],
  INTERVENTO_PROGRAMMATO: ['follow_up_date'],
  INTERVENTO_ESEGUITO: ['follow_up_date'],
  IN_PAUSA: ['follow_up_date'],
  PERSO: ['lost_reason'],
} as const satisfies Partial<Record<StatusCode, readonly ('follow_up_date' | 'lost_reason')[]>>

export type Move = 'offered' | 'needs_reason' | 'needs_override'

/**
 * How a case may go from one status to another: forward along the table, to a lost or closed end from anywhere, back to
 * DA_RICHIAMARE from every status that is not an end, and out of an end with a reason. Everything else is for who has
 * `cases:override`.
 */
export function moveBetween(from: StatusCode, to: StatusCode): Move {
  if (from === to) return 'offered'
  const isEnd = (status: StatusCode) => lifecycle[status] === 'lost' || lifecycle[status] === 'closed'
  if (isEnd(from)) return isEnd(to) ? 'offered' : 'needs_reason'
  if (to === 'DA_RICHIAMARE' || statusCodes.indexOf(to) > statusCodes.indexOf(from)) return 'offered'
  return 'needs_override'
}

/** What a conversation can come to. A disposition may also be free text, as the guide's example is. */
export const dispositionCodes = [
  'APPUNTAMENTO_FISSATO',
  'CONFERMATO',
  'SPOSTATO',
  'ANNULLATO_DAL_PAZIENTE',
  'INFO_FORNITE',
  'VALUTAZIONE_SMILE',
  'VALUTAZIONE_ALTRO',
  'RICHIAMARE',
  'NON_RISPONDE',
  'OCCUPATO',
  'SEGRETERIA',
  'CADUTA_LINEA',
  'NUMERO_ERRATO',
  'NON_INTERESSATO',
  'PREZZO',
  'ALTRO_CENTRO',
  'RECLAMO',
  'URGENZA_POST_OP',
  'RICHIESTA_PRIVACY',
  'SPAM',
] as const

export type DispositionCode = (typeof dispositionCodes)[number]

const spoke = { contact: true, tries_again: false }
const nobodyThere = { contact: false, tries_again: true }

/**
 * What a disposition says of the call itself. `contact`: somebody spoke with the patient, so that nobody need call them
 * back for the call they missed. `tries_again`: nobody did, and another try follows. A number that is wrong is neither.
 */
export const dispositionFacts: Record<DispositionCode, { contact: boolean; tries_again: boolean }> = {
  APPUNTAMENTO_FISSATO: spoke,
  CONFERMATO: spoke,
  SPOSTATO: spoke,
  ANNULLATO_DAL_PAZIENTE: spoke,
  INFO_FORNITE: spoke,
  VALUTAZIONE_SMILE: spoke,
  VALUTAZIONE_ALTRO: spoke,
  RICHIAMARE: spoke,
  NON_RISPONDE: nobodyThere,
  OCCUPATO: nobodyThere,
  SEGRETERIA: nobodyThere,
  CADUTA_LINEA: nobodyThere,
  NUMERO_ERRATO: { contact: false, tries_again: false },
  NON_INTERESSATO: spoke,
  PREZZO: spoke,
  ALTRO_CENTRO: spoke,
  RECLAMO: spoke,
  URGENZA_POST_OP: spoke,
  RICHIESTA_PRIVACY: spoke,
  SPAM: spoke,
}

export const outcomeCodes = [
  'IDONEO',
  'NON_IDONEO_PROVVISORIO',
  'NON_IDONEO',
  'OPERATO',
  'OPERATO_ALTROVE',
  'RINUNCIA_PREZZO',
  'RINUNCIA_PAURA',
  'IRREPERIBILE',
  'ALTRO',
] as const
