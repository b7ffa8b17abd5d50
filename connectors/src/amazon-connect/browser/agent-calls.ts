import type { OwnCallEvent } from '@clinicacrm/contract/calls.ts'
import type { PageHost } from '../../panel.ts'

const provider = 'amazon-connect'

/** Who is at the other end, as far as the platform says. */
export type Customer = {
  direction: 'inbound' | 'outbound'
  number: string | null
  /** What flows keep with a contact. */
  attributes: Readonly<Record<string, string | undefined>>
}
export type Stage = 'ringing' | 'answered' | 'missed' | 'over'
type Call = { offer: string; stage: 'ringing' | 'answered'; customer: Promise<Customer> }

export const keptAttributes = ['crm_case_id', 'crm_confirmed']

/**
 * Tells of each contact of this agent's what happens to it, once. A contact that was missed may come back later: that is
 * another offer.
 */
export function createAgentCalls(host: PageHost, customerOf: (contactId: string) => Promise<Customer>) {
  const calls = new Map<string, Call>()

  const begin = (contactId: string): Call => {
    const call: Call = { offer: crypto.randomUUID(), stage: 'ringing', customer: customerOf(contactId) }
    calls.set(contactId, call)
    return call
  }
  const end = async (contactId: string, call: Call, stage: Stage) => {
    calls.delete(contactId)
    const { direction } = await call.customer
    // Where nobody spoke, the queue may still offer the call to a colleague.
    const isOver = stage === 'over' && (call.stage === 'answered' || direction === 'outbound')
    await tell(host, contactId, call, isOver ? 'ended' : 'missed')
  }

  return async (contactId: string, stage: Stage): Promise<void> => {
    const call = calls.get(contactId)
    if (stage === 'ringing' && !call) await tell(host, contactId, begin(contactId), 'ringing')
    if (stage === 'answered' && call?.stage !== 'answered') {
      const answered = call ?? begin(contactId)
      answered.stage = 'answered'
      await tell(host, contactId, answered, 'answered')
    }
    if ((stage === 'missed' || stage === 'over') && call) await end(contactId, call, stage)
  }
}

async function tell(host: PageHost, contactId: string, { offer, customer }: Call, event: OwnCallEvent['event']) {
  const { direction, number, attributes } = await customer
  const side = direction === 'outbound' ? 'to' : 'from'
  const caseId = caseIn(attributes, number)
  try {
    const { match } = await host.report({
      provider,
      call_id: contactId,
      event,
      event_id: `${offer}:${event}`,
      direction,
      ...(number !== null && { [side]: number }),
      ...(caseId !== null && { case_id: caseId }),
    })
    host.complain(match === null ? 'number_unknown' : null)
  } catch {
    host.complain('not_connected')
  }
}

/**
 * A number that several people share is theirs to choose from, and the flow's look-up does not know that; so its case counts
 * only where there is no number, or where the flow made sure who is calling.
 */
function caseIn({ crm_case_id, crm_confirmed }: Customer['attributes'], number: string | null): string | null {
  if (!crm_case_id || !/^\d{1,18}$/.test(crm_case_id)) return null
  return number === null || crm_confirmed === 'true' ? crm_case_id : null
}
