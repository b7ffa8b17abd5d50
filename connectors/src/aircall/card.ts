import type { CallEventReply } from '@clinicacrm/contract/calls.ts'
import type { Errand, Language } from '../connector.ts'

type Account = { api_url: string; api_id: string; api_token: string; language: Language; card: 'name' | 'link' | 'off' }

const texts = {
  it: {
    patient: 'Paziente',
    known: 'Paziente conosciuto',
    several: 'Più persone con questo numero',
    new: 'Nuovo contatto',
  },
  en: { patient: 'Patient', known: 'Known patient', several: 'Several people have this number', new: 'New contact' },
  es: {
    patient: 'Paciente',
    known: 'Paciente conocido',
    several: 'Varias personas con este número',
    new: 'Contacto nuevo',
  },
} as const

/** The insight card on the agent's telephone: who calls, and a link. Nothing of cases or treatments leaves. */
export function cardFor(
  account: Account,
  reply: CallEventReply,
  { callId, name }: { callId: string; name: string | null },
): Errand | null {
  const words = texts[account.language]
  const text =
    reply.match === 'none'
      ? words.new
      : reply.match === 'many'
        ? words.several
        : reply.match === 'one' || reply.match === 'linked' || reply.match === 'explicit'
          ? (account.card === 'name' && name) || words.known
          : null
  if (text === null || !account.api_id || !account.api_token) return null
  const link = reply.screen_pop_url ? { link: reply.screen_pop_url } : {}
  const contents = [
    { type: 'title', text: 'ClínicaCRM' },
    { type: 'shortText', label: words.patient, text, ...link },
  ]
  const credentials = Buffer.from(`${account.api_id}:${account.api_token}`).toString('base64')
  return {
    method: 'POST',
    url: `${account.api_url.replace(/\/+$/, '')}/calls/${encodeURIComponent(callId)}/insight_cards`,
    headers: { 'content-type': 'application/json', authorization: `Basic ${credentials}` },
    body: JSON.stringify({ contents }),
  }
}
