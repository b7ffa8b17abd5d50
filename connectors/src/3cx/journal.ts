import { createHash } from 'node:crypto'
import { z } from 'zod'

const text = z
  .union([z.string(), z.number(), z.null()])
  .default('')
  .transform((value) => String(value ?? '').trim())
  // What 3CX did not fill in stands as it was written.
  .transform((value) => (/^\[.*\]$/.test(value) ? '' : value))

/** `Ringing` is our own, for a trial: 3CX tells of calls that are over. */
const callTypes = ['Inbound', 'Outbound', 'Missed', 'Notanswered', 'Ringing'] as const

/** What our template has 3CX post when a call is over. */
export const journal = z.object({
  number: text,
  call_type: text.transform(capitalised).pipe(z.enum(callTypes)),
  agent: text,
  agent_email: text,
  queue: text,
  duration: text.transform(secondsIn),
  started_at: text.pipe(z.string().min(1, 'must say when the call began')),
  answered_at: text,
  /** 3CX knows none when it tells of a call. */
  call_id: text,
})
export type Journal = z.output<typeof journal>

/**
 * The events of a call that is over. The order matters on an agent's screen: with the end first, no card appears for a call
 * that nobody can take any more; and with an answer before it, nobody is called back who was spoken to.
 */
export function eventsOf(told: Journal): Record<string, unknown>[] {
  const isOutbound = told.call_type === 'Outbound' || told.call_type === 'Notanswered'
  const direction = isOutbound ? 'outbound' : 'inbound'
  const base = {
    provider: '3cx',
    call_id: told.call_id || idOf(told, direction),
    direction,
    [isOutbound ? 'to' : 'from']: told.number || 'anonymous',
    ...(told.queue && { queue: told.queue }),
  }
  const agent = told.agent_email || told.agent
  const ringing = { ...base, event: 'ringing', ...at(momentOf(told.started_at)), ...(agent && { agent }) }
  if (told.call_type === 'Ringing') return [ringing]
  const { answered, ended } = momentsOf(told)
  const end = { ...base, event: 'ended', ...at(ended), reason: told.call_type }
  if (told.call_type === 'Missed' || told.call_type === 'Notanswered') return [end, ringing]
  return [{ ...base, event: 'answered', ...at(answered) }, end, ringing]
}

const at = (moment: number | null) => (moment === null ? {} : { at: new Date(moment).toISOString() })

/** 3CX counts the duration from the answer where it says when that was, and otherwise from the beginning. */
function momentsOf({ started_at, answered_at, duration }: Journal) {
  const started = momentOf(started_at)
  if (started === null) return { answered: null, ended: null }
  const said = momentOf(answered_at)
  const answered = said !== null && said >= started ? said : started
  return { answered, ended: answered + duration * 1_000 }
}

/** A call that is told for each agent it rang at is one call: a number calls once in a second. */
function idOf({ number, started_at }: Journal, direction: string): string {
  const about = JSON.stringify([direction, number, started_at])
  return createHash('sha256').update(about).digest('hex').slice(0, 32)
}

/** ISO 8601, or as .NET writes a moment that nobody formatted (`11/25/2026 14:21:34`); both are UTC. */
function momentOf(said: string): number | null {
  const [, month, day, year, time] = /^(\d\d?)\/(\d\d?)\/(\d{4}) (\d\d?:\d\d:\d\d)$/.exec(said) ?? []
  const iso = year ? `${year}-${month!.padStart(2, '0')}-${day!.padStart(2, '0')}T${time!.padStart(8, '0')}Z` : said
  const moment = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/.test(iso) ? Date.parse(iso) : Number.NaN
  return Number.isNaN(moment) ? null : moment
}

/** `00:03:25`, with days before it where a call took that long, or seconds. */
function secondsIn(said: string): number {
  const [, days = '0', hours, minutes, seconds] = /^(?:(\d+)\.)?(\d+):(\d\d):(\d\d)/.exec(said) ?? []
  if (seconds) return ((Number(days) * 24 + Number(hours)) * 60 + Number(minutes)) * 60 + Number(seconds)
  return /^\d{1,7}$/.test(said) ? Number(said) : 0
}

function capitalised(said: string): string {
  return said.charAt(0).toUpperCase() + said.slice(1).toLowerCase()
}
