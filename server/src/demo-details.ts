import type { consentChannels, consentPurposes, relationKinds } from '@clinicacrm/contract/patient-page.ts'

/** What is known of the demo's patients beyond name and numbers, by their place in `demoPatients`, from 1. */
export type DemoDetails = {
  birth_date?: string
  language?: 'it' | 'en' | 'es'
  contact_times?: string
  alert_text?: string
  do_not_contact?: boolean
  do_not_contact_reason?: string
}

const birthDates = [
  ['1991-02-03', '1948-06-21', '1986-11-30', '1985-03-12', '1979-09-08', '1944-01-17', '1990-05-26', '1988-07-02'],
  ['2004-10-11', '1947-03-29', '1943-12-05', '1975-08-19', '1971-04-23', '1950-11-02', '1946-02-14', '1993-06-07'],
  ['1996-09-15', '1969-01-28', '1982-10-20', '1945-05-09', '1964-03-31', '1994-12-18', '1987-07-24', '1978-02-06'],
  ['1992-11-11', '1953-08-03', '1998-04-16', '1984-01-09', '1959-10-27', '1963-06-13', '1995-03-05', '1983-09-21'],
  ['1952-12-30', '1990-08-08', '1997-05-14', '1949-07-19', '1989-02-22', '1956-11-06', '1999-01-25', '1974-06-29'],
  ['1951-04-12', '1954-09-17', '1981-03-08', '1968-12-01', '1986-05-20', '2000-02-29', '1985-10-04', '1988-01-15'],
  ['1993-07-11', '1991-09-26', '1961-04-07', '1996-12-12', '1950-08-25'],
].flat()

const details: Record<number, DemoDetails> = {
  4: { contact_times: 'Dopo le 17, sul cellulare' },
  6: {
    contact_times: 'La mattina, sul numero della figlia',
    alert_text: 'Sente poco: parlare piano, oppure chiamare la figlia Katia.',
  },
  7: { contact_times: 'Dopo le 18' },
  11: { alert_text: 'In terapia anticoagulante: avvisare il medico prima di fissare un intervento.' },
  17: { language: 'it', contact_times: 'Non tra le 12 e le 15' },
  20: { do_not_contact: true, do_not_contact_reason: 'Ha chiesto per iscritto di non ricevere altre chiamate.' },
  23: { language: 'es' },
  36: { alert_text: 'Il numero fisso è della madre: non parlare del trattamento.' },
  44: { language: 'en' },
  50: { language: 'es', contact_times: 'Mañanas' },
}

export const demoDetails: DemoDetails[] = birthDates.map((birth_date, i) => ({
  birth_date,
  language: 'it',
  do_not_contact: false,
  ...details[i + 1],
}))

/** Who belongs to whom: "the other is the kind of the first". */
export const demoRelations: {
  patient: number
  other: number
  kind: (typeof relationKinds)[number]
  may_discuss: boolean
}[] = [
  { patient: 4, other: 8, kind: 'spouse', may_discuss: true },
  { patient: 2, other: 5, kind: 'child', may_discuss: true },
  { patient: 5, other: 9, kind: 'child', may_discuss: false },
  { patient: 10, other: 12, kind: 'child', may_discuss: true },
  { patient: 10, other: 11, kind: 'spouse', may_discuss: false },
  { patient: 31, other: 32, kind: 'spouse', may_discuss: false },
  { patient: 39, other: 40, kind: 'parent', may_discuss: false },
  { patient: 47, other: 48, kind: 'sibling', may_discuss: false },
]

export const demoConsents: {
  patient: number
  purpose: (typeof consentPurposes)[number]
  channel: (typeof consentChannels)[number] | null
  state: 'given' | 'withdrawn'
  evidence: string
}[] = [
  { patient: 4, purpose: 'care', channel: null, state: 'given', evidence: 'Modulo firmato in sede' },
  { patient: 4, purpose: 'contact', channel: 'phone', state: 'given', evidence: 'Modulo firmato in sede' },
  { patient: 4, purpose: 'marketing', channel: 'email', state: 'given', evidence: 'Casella spuntata sul sito' },
  { patient: 4, purpose: 'marketing', channel: 'email', state: 'withdrawn', evidence: 'Chiesto al telefono' },
  { patient: 2, purpose: 'care', channel: null, state: 'given', evidence: 'Modulo firmato in sede' },
  { patient: 20, purpose: 'contact', channel: null, state: 'withdrawn', evidence: 'Lettera del paziente' },
  { patient: 35, purpose: 'recording', channel: 'phone', state: 'given', evidence: 'Risposta alla voce guida' },
]

/** What is to be done on the follow-up date, and why a patient was lost, by status. */
export const demoReasons: Record<string, { follow_up_reason?: string; lost_reason?: string }> = {
  NUOVO: { follow_up_reason: 'Primo contatto' },
  IN_CORSO: { follow_up_reason: 'Proporre una data per la prima visita' },
  DA_RICHIAMARE: { follow_up_reason: 'Ha chiesto di essere richiamato' },
  NON_RAGGIUNGIBILE: { follow_up_reason: 'Riprovare in un altro orario' },
  APPUNTAMENTO: { follow_up_reason: 'Prima visita' },
  NON_PRESENTATO: { follow_up_reason: 'Proporre un’altra data' },
  VISITA_EFFETTUATA: { follow_up_reason: 'Sentire che cosa ha deciso' },
  PREVENTIVO: { follow_up_reason: 'Chiedere del preventivo' },
  INTERVENTO_PROGRAMMATO: { follow_up_reason: 'Intervento' },
  INTERVENTO_ESEGUITO: { follow_up_reason: 'Controllo' },
  IN_PAUSA: { follow_up_reason: 'Riprendere il discorso' },
  PERSO: { lost_reason: 'Ha scelto un altro centro' },
}

/** The last note was written on this day. */
const writtenOn = Date.parse('2025-11-19T00:00:00Z')
const weekMs = 7 * 86_400_000
export const guidesPatient = 4

/**
 * The demo plays today: its calendar moves on by whole weeks, so that a Tuesday stays a Tuesday. The guide's patient keeps
 * the dates that the guide prints.
 */
export function calendarOf(now: Date): (patient: number) => (instant: string) => string {
  const ahead = Math.max(0, Math.floor((now.getTime() - writtenOn) / weekMs)) * weekMs
  return (patient) => (instant) => (patient === guidesPatient ? instant : moved(instant, ahead))
}

/** A follow-up long past is one that a good clinic has made long ago: most are due this week, every third is a little late. */
export function dueAround(now: Date, instant: string, place: number): string {
  const late = now.getTime() - Date.parse(instant)
  if (late <= 0) return instant
  return moved(instant, (Math.ceil(late / weekMs) - (place % 3 === 0 ? 1 : 0)) * weekMs)
}

/** Microseconds are more than a `Date` holds. */
function moved(instant: string, ms: number) {
  const [, fraction = ''] = /\.\d{3}(\d{3})/.exec(instant) ?? []
  return new Date(Date.parse(instant) + ms).toISOString().replace('Z', `${fraction}+00:00`)
}
