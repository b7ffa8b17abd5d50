import { z } from 'zod'

/** Amazon's own samples write names now in one way, now in the other: `contactId`, `ContactId`, `instanceARN`. */
function inSmallLetters(value: unknown): unknown {
  if (Array.isArray(value) || typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name.toLowerCase(), inSmallLetters(inner)]))
}

const text = z.string().nullish()
const endpoint = z.object({ address: text }).nullish()

/** What EventBridge passes on of a contact: "Amazon Connect Contact Event". */
const envelope = z.object({
  id: text,
  'detail-type': z.literal('Amazon Connect Contact Event', { error: 'not an Amazon Connect Contact Event' }),
  time: text,
  detail: z.object({
    eventtype: z.string(),
    contactid: z.string().min(1),
    channel: text,
    instancearn: text,
    initiationmethod: text,
    disconnectreason: text,
    disconnecttimestamp: text,
    customerendpoint: endpoint,
    systemendpoint: endpoint,
    queueinfo: z.object({ enqueuetimestamp: text }).nullish(),
    agentinfo: z.object({ agentarn: text, connectedtoagenttimestamp: text }).nullish(),
    tags: z.record(z.string(), z.unknown()).nullish(),
  }),
})
type Envelope = z.output<typeof envelope>

export const contactEvent = z.preprocess(inSmallLetters, envelope)

const outgoing = new Set(['OUTBOUND', 'CALLBACK', 'API', 'CAMPAIGN'])
/** A supervisor who listens, a colleague or a third party who is asked in, what runs after the call: not calls of patients. */
const aside = new Set(['MONITOR', 'EXTERNAL_OUTBOUND', 'DISCONNECT'])

/**
 * The neutral event, still to be checked like any other; null for what does not concern us. A call begins when it waits
 * in a queue: by then the flow has looked up who it is. Amazon makes a contact of its own of each transfer, and so do we.
 */
export function eventOf({ id, time, detail }: Envelope): Record<string, unknown> | null {
  const method = detail.initiationmethod?.toUpperCase() ?? ''
  if (detail.channel?.toUpperCase() !== 'VOICE' || aside.has(method)) return null
  const isOutgoing = outgoing.has(method)
  const customer = detail.customerendpoint?.address
  const ours = detail.systemendpoint?.address ?? detail.tags?.['aws:connect:systemendpoint']
  const base = {
    provider: 'amazon-connect',
    call_id: detail.contactid,
    event_id: id,
    direction: isOutgoing ? 'outbound' : 'inbound',
    from: isOutgoing ? ours : customer,
    to: isOutgoing ? customer : ours,
  }
  const { queueinfo: queue, agentinfo: agent } = detail
  switch (detail.eventtype.toUpperCase()) {
    case 'QUEUED':
      return { ...base, event: 'ringing', at: instantOf(queue?.enqueuetimestamp, time), agent: agent?.agentarn }
    case 'CONNECTED_TO_AGENT':
      return {
        ...base,
        event: 'answered',
        at: instantOf(agent?.connectedtoagenttimestamp, time),
        agent: agent?.agentarn,
      }
    case 'DISCONNECTED':
      return {
        ...base,
        event: 'ended',
        at: instantOf(detail.disconnecttimestamp, time),
        reason: detail.disconnectreason,
      }
    default:
      return null
  }
}

/** What has not happened yet, Amazon dates to 1970. */
const instantOf = (when: string | null | undefined, otherwise: string | null | undefined) =>
  when && !when.startsWith('1970-') ? when : otherwise
