import type { CallEvent, CallEventReply } from '@clinicacrm/contract/calls.ts'
import { type Country, phoneQuery } from '@clinicacrm/contract/phone.ts'
import { sandboxNumbers } from '@clinicacrm/contract/requests.ts'
import type { Caller } from '../http/caller.ts'

/** A sandbox key's event is read and answered like any other, and then forgotten. */
export const isSandbox = (by: Caller): boolean => by.kind === 'api_key' && by.sandbox

export function sandboxReply(event: CallEvent, defaultCountry: Country): CallEventReply {
  const query = phoneQuery(event.from ?? '', defaultCountry)
  const key = query.kind === 'number' ? query.key : null
  const known = sandboxNumbers.find(({ phone }) => {
    const own = phoneQuery(phone, 'IT')
    return own.kind === 'number' && own.key === key
  })
  const isOver = ['ended', 'missed', 'voicemail'].includes(event.event)
  const match = known?.answers === 'found' ? 'one' : known?.answers === 'many' ? 'many' : 'none'
  const named = [...new Set([...(event.agent ? [event.agent] : []), ...(event.agents ?? [])])]
  return {
    id: '0',
    state: isOver ? 'ended' : event.event === 'held' ? 'held' : event.event === 'ringing' ? 'ringing' : 'answered',
    result: null,
    match: query.kind === 'withheld' || query.kind === 'internal' ? query.kind : match,
    case_id: match === 'one' ? '9' : null,
    screen_pop_url: null,
    delivered: false,
    agents: named.map((agent) => ({ agent, known: false, delivered: false })),
    repeated: false,
  }
}
