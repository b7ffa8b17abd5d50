import { z } from 'zod'
import { sidesOf } from './sides.ts'

const text = z.string().trim().optional().default('')
const attributes = text.transform((json, context): Record<string, unknown> => {
  if (json === '') return {}
  try {
    const read: unknown = JSON.parse(json)
    if (typeof read === 'object' && read !== null && !Array.isArray(read)) return { ...read }
  } catch {
    // Said below, as of any other text that is no object.
  }
  context.addIssue({ code: 'custom', message: 'must be JSON, an object' })
  return z.NEVER
})

/** What TaskRouter posts of whatever happens in a workspace; the rest of it is of no interest here. */
export const callback = z.object({
  EventType: z.string('is missing').trim().min(1, 'is missing'),
  TaskSid: text,
  TaskAttributes: attributes,
  TaskChannelUniqueName: text,
  TaskQueueName: text,
  TaskCanceledReason: text,
  TaskCompletedReason: text,
  ReservationSid: text,
  WorkerName: text,
  WorkerAttributes: attributes,
  TimestampMs: text,
})
export type Callback = z.output<typeof callback>

/** Whoever else was offered the task (`rescinded`), or how a queue came to it, changes nothing about the call. */
const kinds: Record<string, 'ringing' | 'answered' | 'missed' | 'ended'> = {
  'task.created': 'ringing',
  'reservation.created': 'ringing',
  'reservation.accepted': 'answered',
  'reservation.rejected': 'missed',
  'reservation.timeout': 'missed',
  'task.wrapup': 'ended',
  'task.completed': 'ended',
  'task.canceled': 'ended',
  'task.deleted': 'ended',
  'task.system-deleted': 'ended',
}

/** The neutral event, still to be checked like any other; null for what is no call, or does not concern it. */
export function eventOf(told: Callback): Record<string, unknown> | null {
  const event = kinds[told.EventType]
  const channel = told.TaskChannelUniqueName
  const isVoice = channel === 'voice' || (channel === '' && 'call_sid' in told.TaskAttributes)
  if (!event || !isVoice) return null
  const isReservation = told.EventType.startsWith('reservation.')
  return {
    provider: 'twilio-flex',
    ...sidesOf(told.TaskSid, told.TaskAttributes),
    event,
    // As the plug-in in the agent's browser names it: whichever comes second is a repeat.
    event_id: `${isReservation ? told.ReservationSid : told.TaskSid}:${event}`,
    ...(momentOf(told.TimestampMs) && { at: momentOf(told.TimestampMs) }),
    ...(told.TaskQueueName && { queue: told.TaskQueueName }),
    ...(isReservation && { agent: agentOf(told) }),
    ...(event === 'ended' && { reason: told.TaskCanceledReason || told.TaskCompletedReason || null }),
  }
}

function agentOf({ WorkerAttributes, WorkerName }: Callback): string {
  const { email, contact_uri } = WorkerAttributes
  if (typeof email === 'string' && email.trim()) return email.trim()
  const name = typeof contact_uri === 'string' ? contact_uri.replace(/^client:/, '') : WorkerName
  return plainIdentity(name)
}

/** Twilio writes everything but letters and digits of an identity as `_` and two hex digits: `user_40example_2Dcom`. */
export const plainIdentity = (identity: string): string =>
  identity.replaceAll(/(?:_[0-9A-F]{2})+/g, (encoded) => {
    try {
      return decodeURIComponent(encoded.replaceAll('_', '%'))
    } catch {
      return encoded
    }
  })

function momentOf(milliseconds: string): string | null {
  const moment = new Date(/^\d{12,14}$/.test(milliseconds) ? Number(milliseconds) : Number.NaN)
  return Number.isNaN(moment.getTime()) ? null : moment.toISOString()
}
