import { z } from 'zod'

const word = z.coerce.string().nullish()
const moment = z.number().positive().max(4e9).nullish().catch(null)
const user = z.object({ id: z.coerce.string().nullish(), email: word }).nullish().catch(null)

/** What Aircall posts of a call, as far as it is read. */
export const webhook = z.object({
  resource: z.string(),
  event: z.string('must name what happened'),
  timestamp: moment,
  token: z.string().catch(''),
  data: z.object({
    id: z.union([z.string().trim().min(1), z.number()], 'must name the call').transform(String),
    direction: z.enum(['inbound', 'outbound']).nullish().catch(null),
    raw_digits: word,
    number: z.object({ name: word, digits: word }).nullish().catch(null),
    user,
    transferred_to: user,
    ended_at: moment,
    missed_call_reason: word,
  }),
})
export type Webhook = z.output<typeof webhook>

const kinds = {
  'call.created': 'ringing',
  'call.ringing_on_agent': 'ringing',
  'call.answered': 'answered',
  'call.hold': 'held',
  'call.unhold': 'resumed',
  'call.transferred': 'transferred',
  'call.voicemail_left': 'voicemail',
  'call.hungup': 'ended',
  'call.ended': 'ended',
} as const

/** The neutral event; null for tags, comments, a transfer to another number, and whatever else is no news of the call. */
export function eventOf({ event, timestamp, data }: Webhook): Record<string, unknown> | null {
  const kind = event in kinds ? kinds[event as keyof typeof kinds] : null
  const agent = nameOf(kind === 'transferred' ? data.transferred_to : data.user)
  if (kind === null || (kind === 'transferred' && !agent)) return null
  const direction = data.direction ?? 'inbound'
  const [own, other] = [data.number?.digits, data.raw_digits]
  // Aircall closes the books on a call half a minute after it was over: when it was over counts.
  const at = (kind === 'ended' ? data.ended_at : null) ?? timestamp
  const speaks = kind !== 'ended' && kind !== 'voicemail'
  return {
    provider: 'aircall',
    call_id: data.id,
    event: kind,
    ...(at && { at: new Date(at * 1_000).toISOString() }),
    direction,
    from: direction === 'inbound' ? other : own,
    to: direction === 'inbound' ? own : other,
    ...(data.number?.name && { queue: data.number.name }),
    ...(speaks && agent && { agent }),
    ...(kind === 'ended' && data.missed_call_reason && { reason: data.missed_call_reason }),
  }
}

const nameOf = (person: Webhook['data']['user']): string | null => person?.email?.trim() || person?.id || null
