import type { Push } from './push.ts'

type From = { provider: string; isSipgate: boolean }

/** The neutral event, still to be checked like any other. */
export function eventOf(pushed: Push, { provider, isSipgate }: From): Record<string, unknown> {
  const number = (text: string | null | undefined) => (isSipgate ? international(text) : text)
  const base = {
    provider,
    call_id: pushed.callId,
    direction: pushed.direction && (pushed.direction === 'in' ? 'inbound' : 'outbound'),
    from: number(pushed.from),
    to: number(pushed.to),
    queue: pushed.queue,
  }
  // A hang-up is the end whatever its cause; whether anybody had answered decides if the call was missed.
  if (pushed.event === 'hangup') return { ...base, event: 'ended', reason: pushed.cause }
  if (pushed.event === 'newCall') return { ...base, event: 'ringing', agents: namesOf(pushed) }
  const tookMessage = pushed.user[0]?.toLowerCase() === 'voicemail'
  return tookMessage ? { ...base, event: 'voicemail' } : { ...base, event: 'answered', agent: answeringAgent(pushed) }
}

/** Ids before names: a name may change, and two people may share it. */
function namesOf({ fullUserId, userId, user }: Push): string[] {
  return [fullUserId, userId, user].find((list) => list.length > 0) ?? []
}

/** Zammad's number of whoever answers may be an address or an extension, which is better than a name. */
function answeringAgent(pushed: Push): string | null {
  const number = pushed.answeringNumber?.trim() || null
  if (pushed.fullUserId.length > 0 || pushed.userId.length > 0) return namesOf(pushed)[0] ?? null
  const isOwn = number !== null && (/^\d{1,5}$/.test(number) || number.includes('@'))
  return isOwn ? number : (pushed.user[0] ?? number)
}

/** sipgate writes country code and number without a "+"; what begins with 0, is short or no number stays as it is. */
function international(text: string | null | undefined): string | null | undefined {
  return text && /^[1-9]\d{6,14}$/.test(text) ? `+${text}` : text
}
