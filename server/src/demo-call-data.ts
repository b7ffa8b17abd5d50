/* oxlint-disable max-lines -- a table of demo data, not logic */
import type { ClinicHours } from '@clinicacrm/contract/clinic-hours.ts'

/** How the demo's telephone system names people: by extension. */
export const demoExtensions: Record<string, string> = {
  '201': 'giulia.ferri@clinicacrm.example',
  '202': 'marco.bellini@clinicacrm.example',
  '203': 'chiara.santoro@clinicacrm.example',
  '204': 'yassine.benali@clinicacrm.example',
  '205': 'sofia.marin@clinicacrm.example',
  '206': 'davide.rizzo@clinicacrm.example',
  '210': 'elena.marchetti@clinicacrm.example',
}

type DemoNumber = {
  number: string
  label: string
  /** By name; null for all of them. */
  clinic: string | null
  locale?: 'it' | 'es' | 'en'
  channel?: 'WEB' | 'FACEBOOK' | 'INFLUENCER' | 'PHONE'
  origin?: string
  campaign?: string
}

const roma = 'Centro Oculistico Roma'
const milano = 'Centro Oculistico Milano'

/** Our own numbers beside those of the clinics. */
export const demoNumbers: DemoNumber[] = [
  { number: '+39 06 5555 0100', label: 'Roma, centralino', clinic: roma, locale: 'it', channel: 'PHONE' },
  {
    number: '+39 06 5555 0177',
    label: 'Roma, annunci Google',
    clinic: roma,
    locale: 'it',
    channel: 'WEB',
    origin: 'Google Ads',
    campaign: 'SMILE-Autunno',
  },
  { number: '+39 02 5550 0100', label: 'Milano, centralino', clinic: milano, locale: 'it', channel: 'PHONE' },
  {
    number: '+39 02 5550 0188',
    label: 'Milano, linea in spagnolo',
    clinic: milano,
    locale: 'es',
    channel: 'PHONE',
    origin: 'Línea en español',
  },
  { number: '800 555 010', label: 'Numero verde', clinic: null, locale: 'it', channel: 'PHONE' },
]

/** Day and month of the patron, when a city's clinic is closed too. */
const patrons: Record<string, [day: string, name: string]> = {
  ROMA: ['06-29', 'Santi Pietro e Paolo'],
  MILANO: ['12-07', 'Sant’Ambrogio'],
  NAPOLI: ['09-19', 'San Gennaro'],
  TORINO: ['06-24', 'San Giovanni'],
  BOLOGNA: ['10-04', 'San Petronio'],
  FIRENZE: ['06-24', 'San Giovanni'],
}
const holidays = {
  '01-01': 'Capodanno',
  '01-06': 'Epifania',
  '04-25': 'Festa della Liberazione',
  '05-01': 'Festa del Lavoro',
  '06-02': 'Festa della Repubblica',
  '08-15': 'Ferragosto',
  '11-01': 'Ognissanti',
  '12-08': 'Immacolata Concezione',
  '12-25': 'Natale',
  '12-26': 'Santo Stefano',
}

/** When a clinic is open; Milan longer than the others. Closed on the holidays of this year and the next. */
export function demoHours(code: string, year: number): ClinicHours {
  const day = code === 'MILANO' ? { from: '08:30', to: '19:30' } : { from: '09:00', to: '19:00' }
  const patron = patrons[code]
  const fixed = Object.entries(holidays)
  const days = [year, year + 1].flatMap((in_) => [
    ...[...fixed, ...(patron ? [patron] : [])].map(([date, label]) => ({ day: `${in_}-${date}`, label })),
    { day: easterMonday(in_), label: 'Lunedì dell’Angelo' },
  ])
  return {
    opening: [...Array.from({ length: 5 }, () => [day]), [{ from: '09:00', to: '13:00' }], []],
    quiet_before: '09:00',
    quiet_after: '20:00',
    holidays: days.toSorted((one, other) => (one.day < other.day ? -1 : 1)),
  }
}

/** By the rule of Gauss, in the form of Lichtenberg. */
function easterMonday(year: number): string {
  const century = Math.floor(year / 100)
  const moon = 15 + Math.floor((3 * century + 3) / 4) - Math.floor((8 * century + 13) / 25)
  const sun = 2 - Math.floor((3 * century + 3) / 4)
  const golden = year % 19
  const age = (19 * golden + moon) % 30
  const fix = Math.floor((age + Math.floor(golden / 11)) / 29)
  const full = 21 + age - fix
  const sunday = 7 - ((year + Math.floor(year / 4) + sun) % 7)
  const easter = full + 7 - ((full - sunday) % 7)
  return new Date(Date.UTC(year, 2, easter + 1)).toISOString().slice(0, 10)
}

/** A call: when, who, at whom, and what came of it. Antonio Dorato's telephone stays silent: it is for trying out. */
export type DemoCall = {
  /** Minutes before the demo began, or the clock at the clinic so many working days before. */
  when: number | [workingDays: number, time: string]
  /** The other side, as a platform writes it; null: withheld. */
  phone: string | null
  line: string
  /** The extension; in a transfer, then the second. */
  at: [extension: string, then?: string]
  outbound?: true
  /** Seconds until somebody answered, or until the caller gave up. */
  wait: number
  /** Seconds they spoke; without, nobody did. */
  talk?: number
  voicemail?: true
  disposition?: string
  /** Of several people with this number, the one who was named: by e-mail. */
  linked?: string
  /** Who waits to be called back because of it. */
  callback?: { due: number | [workingDays: number, time: string]; attempts?: number; missed?: number }
}

const google = '+39 06 5555 0177'
const lines = {
  roma: '+39 06 5555 0100',
  milano: '+39 02 5550 0100',
  napoli: '+39 081 555 0100',
  torino: '+39 011 555 0100',
  bologna: '+39 051 555 0100',
  firenze: '+39 055 555 0100',
}

/** Oldest first. */
export const demoCalls: DemoCall[] = [
  {
    when: [6, '09:42'],
    phone: '+393475558821',
    line: lines.milano,
    at: ['205'],
    wait: 8,
    talk: 143,
    disposition: 'INFO_FORNITE',
  },
  {
    when: [6, '11:05'],
    phone: '+39 392 555 7706',
    line: lines.napoli,
    at: ['203'],
    wait: 11,
    talk: 201,
    disposition: 'CONFERMATO',
  },
  {
    when: [6, '16:20'],
    phone: '+39 349 555 0733',
    line: google,
    at: ['201'],
    wait: 6,
    talk: 97,
    disposition: 'PREZZO',
  },
  {
    when: [5, '09:15'],
    phone: '0815554127',
    line: lines.napoli,
    at: ['203'],
    wait: 19,
    talk: 64,
    disposition: 'SPOSTATO',
  },
  { when: [5, '10:50'], phone: null, line: lines.roma, at: ['201'], wait: 9, talk: 38, disposition: 'INFO_FORNITE' },
  { when: [5, '15:32'], phone: '+39 328 555 4417', line: lines.bologna, at: ['202'], wait: 31, voicemail: true },
  {
    when: [5, '16:04'],
    phone: '+39 328 555 4417',
    line: lines.bologna,
    at: ['202'],
    outbound: true,
    wait: 12,
    talk: 118,
    disposition: 'INFO_FORNITE',
  },
  {
    when: [4, '09:27'],
    phone: '+39 338 555 2047',
    line: lines.torino,
    at: ['206'],
    wait: 5,
    talk: 260,
    disposition: 'VALUTAZIONE_SMILE',
  },
  {
    when: [4, '12:11'],
    phone: '+39 351 555 2290',
    line: lines.napoli,
    at: ['203'],
    wait: 14,
    talk: 175,
    disposition: 'INFO_FORNITE',
  },
  {
    when: [4, '17:48'],
    phone: '+39 02 5550 1478',
    line: lines.milano,
    at: ['205'],
    wait: 7,
    talk: 89,
    disposition: 'CONFERMATO',
    linked: 'elena.colombo@email.example',
  },
  {
    when: [3, '10:03'],
    phone: '+39 340 555 3318',
    line: lines.bologna,
    at: ['202'],
    wait: 10,
    talk: 132,
    disposition: 'CONFERMATO',
  },
  {
    when: [3, '11:36'],
    phone: '+41 79 555 12 34',
    line: lines.milano,
    at: ['204'],
    wait: 16,
    talk: 204,
    disposition: 'INFO_FORNITE',
  },
  { when: [3, '18:22'], phone: '+39 06 5555 8812', line: google, at: ['201'], wait: 22 },
  {
    when: [2, '09:09'],
    phone: '+39 06 5555 8812',
    line: lines.roma,
    at: ['201'],
    outbound: true,
    wait: 15,
    talk: 71,
    disposition: 'NON_INTERESSATO',
  },
  {
    when: [2, '11:58'],
    phone: '+39 320 555 0718',
    line: '+39 02 5550 0188',
    at: ['204'],
    wait: 9,
    talk: 188,
    disposition: 'INFO_FORNITE',
  },
  {
    when: [2, '16:41'],
    phone: '+39 347 555 1903',
    line: lines.bologna,
    at: ['202', '210'],
    wait: 8,
    talk: 240,
    disposition: 'INFO_FORNITE',
  },
  {
    when: [1, '09:40'],
    phone: '+39 333 555 6080',
    line: lines.bologna,
    at: ['202'],
    wait: 12,
    talk: 154,
    disposition: 'INFO_FORNITE',
  },
  {
    when: [1, '11:20'],
    phone: '+39 320 555 4471',
    line: lines.roma,
    at: ['204'],
    wait: 27,
    callback: { due: [1, '13:35'], attempts: 1, missed: 2 },
  },
  {
    when: [1, '15:14'],
    phone: '+39 349 555 0082',
    line: lines.firenze,
    at: ['204'],
    wait: 6,
    talk: 117,
    disposition: 'SPOSTATO',
  },
  {
    when: 318,
    phone: '+39 344 555 6203',
    line: lines.bologna,
    at: ['202', '210'],
    wait: 9,
    talk: 252,
    disposition: 'INFO_FORNITE',
  },
  { when: 246, phone: '+39 340 555 7781', line: lines.milano, at: ['205'], wait: 29, voicemail: true },
  {
    when: 221,
    phone: '+39 340 555 7781',
    line: lines.milano,
    at: ['205'],
    outbound: true,
    wait: 14,
    talk: 93,
    disposition: 'INFO_FORNITE',
  },
  {
    when: 187,
    phone: '06 5555 1201',
    line: lines.roma,
    at: ['203'],
    wait: 11,
    talk: 168,
    disposition: 'SPOSTATO',
    linked: 'mv.desanctis@posta.example',
  },
  { when: 152, phone: null, line: lines.roma, at: ['201'], wait: 7, talk: 61, disposition: 'INFO_FORNITE' },
  {
    when: 118,
    phone: '347 5550623',
    line: lines.firenze,
    at: ['201'],
    outbound: true,
    wait: 10,
    talk: 95,
    disposition: 'CONFERMATO',
  },
  {
    when: 91,
    phone: '+39 388 555 0934',
    line: lines.milano,
    at: ['205'],
    wait: 13,
    talk: 126,
    disposition: 'INFO_FORNITE',
  },
  { when: 66, phone: '+39 351 555 8743', line: lines.torino, at: ['206'], wait: 24, callback: { due: 51 } },
  { when: 48, phone: '+39 333 555 1288', line: lines.roma, at: ['201'], wait: 9, talk: 214 },
  { when: 11, phone: '+39 349 555 0741', line: google, at: ['201'], wait: 21, callback: { due: -4 } },
]
