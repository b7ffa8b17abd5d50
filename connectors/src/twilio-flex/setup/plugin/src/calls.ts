type Task = {
  sid: string
  attributes: Readonly<Record<string, unknown>>
  taskChannelUniqueName: string
  transfers?: { outgoing: unknown } | undefined
}
type Reservation = { sid: string; task: Task }

/** What happened to a call of the agent's, for the panel. */
export type CallNews = {
  event: 'ringing' | 'answered' | 'missed' | 'ended'
  /** As ClínicaCRM names it where TaskRouter tells of the same: whichever comes second is a repeat. */
  event_id: string
  task: string
  attributes: Record<string, unknown>
}

/** Who calls whom. Whatever else a clinic keeps in its tasks is nobody's business. */
const told = ['direction', 'from', 'caller', 'called', 'to', 'outbound_to', 'call_sid']

export const isCall = ({ taskChannelUniqueName }: Task): boolean => taskChannelUniqueName === 'voice'

export function newsOf({ sid, task }: Reservation, event: CallNews['event']): CallNews | null {
  // Whoever gave the call on is done with it; the call is not.
  if (event === 'ended' && task.transfers?.outgoing) return null
  return {
    event,
    event_id: `${event === 'ended' ? task.sid : sid}:${event}`,
    task: task.sid,
    attributes: Object.fromEntries(told.map((name) => [name, task.attributes[name]])),
  }
}
