import type { BridgeEvent } from '@clinicacrm/connectors/asterisk/book.ts'

/** Events that wait to be sent. Beyond the limit the oldest call is given up, as a whole. */
export function createEventQueue(limit: number) {
  let waiting: BridgeEvent[] = []
  /** Calls of which something was sent, and whose end was not. */
  const begun = new Set<string>()
  return {
    size: () => waiting.length,
    /** How many had to be given up for these. */
    add(events: readonly BridgeEvent[]): number {
      waiting.push(...events)
      const before = waiting.length
      while (waiting.length > limit) {
        const oldest = waiting[0]!.call_id
        waiting = waiting.filter(({ call_id }) => call_id !== oldest)
      }
      return before - waiting.length
    },
    next(size: number): BridgeEvent[] {
      waiting = inSendingOrder(waiting, begun)
      return waiting.slice(0, size)
    },
    sent(batch: readonly BridgeEvent[]) {
      const done = new Set(batch)
      waiting = waiting.filter((one) => !done.has(one))
      for (const { call_id } of batch) begun.add(call_id)
      const unsent = new Set(waiting.map(({ call_id }) => call_id))
      for (const { event, call_id } of batch) if (event === 'ended' && !unsent.has(call_id)) begun.delete(call_id)
    },
  }
}

/**
 * Of a call that ended before the first of its events could be sent, the end goes first: no card appears for a call that
 * nobody can take any more. For everybody else the order is that of what happened.
 */
export function inSendingOrder(waiting: readonly BridgeEvent[], begun: ReadonlySet<string>): BridgeEvent[] {
  const firsts = new Map<string, BridgeEvent>()
  const ends = new Map<string, BridgeEvent>()
  for (const one of waiting) {
    if (!firsts.has(one.call_id)) firsts.set(one.call_id, one)
    if (one.event === 'ended' && !begun.has(one.call_id)) ends.set(one.call_id, one)
  }
  return waiting.flatMap((one) => {
    const end = ends.get(one.call_id)
    if (!end) return [one]
    if (one === firsts.get(one.call_id)) return one === end ? [one] : [end, one]
    return one === end ? [] : [one]
  })
}
