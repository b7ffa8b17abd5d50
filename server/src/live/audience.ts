import type { LiveEvent } from '@clinicacrm/contract/desk.ts'
import type { Events } from '../events.ts'
import type { Person } from '../http/caller.ts'

/** An open page. */
export type Stream = {
  person: Person
  /** By `performance.now()`. */
  checkedAt: number
  /** Who holds the session now; null when nobody does. */
  check(): Promise<Person | null>
  write(text: string): void
  end(): void
}

/** With a beat on top: nobody hears more than a minute longer than they may. */
const checkMs = 40_000

export const frame = (id: string, event: LiveEvent): string => `id: ${id}\ndata: ${JSON.stringify(event)}\n\n`

/** The open pages of this process. */
export function createAudience(events: Events) {
  const streams = new Set<Stream>()

  async function check(stream: Stream) {
    stream.checkedAt = performance.now()
    // A database that is away tells nothing either: the next beat asks again.
    const person = await stream.check().catch(() => stream.person)
    if (person) stream.person = person
    else end(stream)
  }

  function end(stream: Stream) {
    const { id, actor } = stream.person
    stream.write(`data: ${JSON.stringify({ kind: 'session_ended', id, what: 'ended', actor } satisfies LiveEvent)}\n\n`)
    stream.end()
  }

  return {
    join(stream: Stream) {
      streams.add(stream)
      events.streamsOpen(streams.size)
    },
    leave(stream: Stream) {
      streams.delete(stream)
      events.streamsOpen(streams.size)
    },
    countOf: (userId: string) => [...streams].filter(({ person }) => person.id === userId).length,
    tell(textFor: (person: Person) => string) {
      for (const stream of streams) {
        const text = textFor(stream.person)
        if (text) stream.write(text)
      }
    },
    /** Something happened to this person's sessions or rights. */
    checkAllOf(userId: string) {
      for (const stream of streams) if (stream.person.id === userId) void check(stream)
    },
    checkOverdue() {
      for (const stream of streams) if (performance.now() - stream.checkedAt > checkMs) void check(stream)
    },
    endAll() {
      for (const stream of streams) stream.end()
    },
  }
}
