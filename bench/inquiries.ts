import { clinicNames, draw, pick } from './people.ts'

export type Inquiry = {
  clinic_id: string
  treatment_id: string | null
  channel: string
  origin: string | null
  status: string
  disposition: string | null
  outcome: string | null
  promotion: string | null
  follow_up_date: string | null
  dialer_campaign_tag: string | null
  assigned_to: string | null
  last_contact_at: string | null
  created_at: string
  updated_at: string
}

const dayMs = 86_400_000
/** Dates are seen from the day of loading: follow-ups are due around it, and the newest inquiry is of the day before. */
const today = Math.floor(Date.now() / dayMs) * dayMs
const oldestDays = 1_735

/** One to three inquiries of patient `i`: old ones nearly all ended, new ones nearly all at work, as in a clinic. */
export function inquiriesOf(i: number): Inquiry[] {
  const count = draw(i, 20) < 0.6 ? 1 : draw(i, 21) < 0.7 ? 2 : 3
  return Array.from({ length: count }, (_, n) => inquiry((what) => draw(i, 30 + 30 * n + what)))
}

function inquiry(dice: (what: number) => number): Inquiry {
  const ageDays = oldestDays * dice(1) ** 1.5
  const createdAt = today - Math.floor((ageDays * dayMs) / 1_000) * 1_000 - 1_000
  const clinic = Math.floor(dice(2) * clinicNames.length)
  const status = statusOf(ageDays, dice)
  const isEnded = ended.some(([code]) => code === status)
  const contactedAt = dice(9) < 0.7 ? createdAt + dice(10) * Math.min(today - createdAt, 200 * dayMs) : null
  return {
    clinic_id: String(clinic + 1),
    treatment_id: dice(3) < 0.9 ? String(1 + Math.floor(15 * dice(4) ** 2)) : null,
    channel: weighted(channels, dice(5)),
    origin: dice(6) < 0.8 ? pick(origins, dice(7)) : null,
    status,
    disposition: dice(8) < 0.6 ? pick(dispositions, dice(11)) : null,
    outcome: dice(12) < 0.3 ? pick(['IDONEO', 'NON_IDONEO', 'OPERATO', 'ALTRO'], dice(13)) : null,
    promotion: dice(14) < 0.3 ? pick(promotions, dice(15)) : null,
    follow_up_date: followUp(isEnded, createdAt, dice),
    dialer_campaign_tag: dice(19) < 0.6 ? campaignOf(createdAt, dice(20)) : null,
    assigned_to: dice(21) < (status === 'NUOVO' ? 0.4 : 0.9) ? agentAt(clinic, Math.floor(dice(22) * 8)).email : null,
    last_contact_at: contactedAt === null ? null : instant(contactedAt),
    created_at: instant(createdAt),
    updated_at: instant(Math.max(createdAt, contactedAt ?? 0) + 3_600_000 * dice(23)),
  }
}

function statusOf(ageDays: number, dice: (what: number) => number): string {
  const mix = ageDays < 14 ? fresh : ageDays < 180 ? atWork : dice(16) < 0.9 ? ended : atWork
  return weighted(mix, dice(17))
}

/** Whoever is at work on a case has a date for it, from three weeks ago to two months ahead. */
function followUp(isEnded: boolean, createdAt: number, dice: (what: number) => number): string | null {
  if (isEnded) return dice(18) < 0.4 ? instant(createdAt + 30 * dayMs) : null
  return dice(18) < 0.85 ? instant(today + Math.floor(-21 * 24 + dice(24) * 81 * 24) * 3_600_000) : null
}

/** Eight colleagues in each clinic. */
export const agentAt = (clinic: number, n: number) => ({
  email: `agent${n + 1}.${clinicNames[clinic]!.toLowerCase()}@clinicacrm.example`,
  name: `Agent ${n + 1} ${clinicNames[clinic]!}`,
})

function campaignOf(createdAt: number, chance: number): string {
  const at = new Date(createdAt)
  return `Q${1 + Math.floor(at.getUTCMonth() / 3)}-${at.getUTCFullYear()}-${pick(['Follow-Up', 'Richiami', 'Promo'], chance)}`
}

const instant = (ms: number) => new Date(Math.floor(ms)).toISOString()

type Weights = readonly (readonly [string, number])[]

/** Shares of a hundred. */
function weighted(of: Weights, chance: number): string {
  let left = chance * 100
  return of.find(([, share]) => (left -= share) < 0)?.[0] ?? of[0]![0]
}

const fresh: Weights = [
  ['NUOVO', 35],
  ['IN_CORSO', 20],
  ['DA_RICHIAMARE', 20],
  ['NON_RAGGIUNGIBILE', 10],
  ['APPUNTAMENTO', 10],
  ['PERSO', 5],
]
const atWork: Weights = [
  ['IN_CORSO', 8],
  ['DA_RICHIAMARE', 12],
  ['NON_RAGGIUNGIBILE', 12],
  ['APPUNTAMENTO', 8],
  ['NON_PRESENTATO', 4],
  ['VISITA_EFFETTUATA', 5],
  ['PREVENTIVO', 8],
  ['INTERVENTO_PROGRAMMATO', 4],
  ['IN_PAUSA', 4],
  ['INTERVENTO_ESEGUITO', 10],
  ['PERSO', 15],
  ['CHIUSO', 10],
]
const ended: Weights = [
  ['PERSO', 45],
  ['CHIUSO', 30],
  ['INTERVENTO_ESEGUITO', 25],
]
const channels: Weights = [
  ['WEB', 35],
  ['FACEBOOK', 20],
  ['PHONE', 15],
  ['INFLUENCER', 8],
  ['WHATSAPP', 8],
  ['EMAIL', 6],
  ['REFERRAL', 5],
  ['WALK_IN', 3],
]
const origins = ['Google Ads', 'Facebook Lead Form', 'Instagram', 'Sito web', 'Passaparola', 'Medico curante', 'Fiera']
const promotions = ['Spring Special 20%', 'Check-up gratuito', 'Black Friday', 'Famiglia', 'Studenti']
const dispositions = [
  'INFO_FORNITE',
  'NON_RISPONDE',
  'RICHIAMARE',
  'PREZZO',
  'APPUNTAMENTO_FISSATO',
  'SMILE evaluation',
]
