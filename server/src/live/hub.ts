import type { LiveEvent } from '@clinicacrm/contract/desk.ts'
import type pg from 'pg'
import type { Pools } from '../db/client.ts'
import type { Events } from '../events.ts'
import type { Person } from '../http/caller.ts'
import { createAudience, frame, type Stream } from './audience.ts'
import { type Listener, listen } from './listener.ts'
import { liveChannel, type Published } from './live.ts'
import { Ring, type Said } from './ring.ts'

export type Hub = {
  /** Resolves when the database is heard, or soon after: a stream that opens deaf is told to refresh later. */
  listening(): Promise<void>
  streamsOf(userId: string): number
  /** `lastId`: what the stream heard last, if it comes back. */
  join(stream: Stream, lastId: string | undefined): void
  leave(stream: Stream): void
  close(): Promise<void>
}

const beatMs = 15_000
const patienceMs = 1_500
/** More at once than this, and a page had better ask again for all it shows. */
const flood = 100

const refresh: LiveEvent = { kind: 'refresh', id: '', what: 'missed', actor: 'system' }

/** Told when an event that is for certain people was written to open pages of some of them. */
export type Reached = (event: LiveEvent, userIds: string[]) => void

/** Hears what PostgreSQL tells all processes, and tells each stream of this one what its person may know of. */
export function createHub(pools: Pick<Pools, 'general' | 'newListener'>, events: Events, reached: Reached): Hub {
  const audience = createAudience(events)
  const ring = new Ring()
  const ear = createEar(pools, events, { audience, ring, reached })
  const firstUp = Promise.withResolvers<void>()
  let listener: Listener | null = null
  let beat: NodeJS.Timeout | undefined

  function start() {
    // Keeps proxies from closing a quiet stream, and moves on the place from which it would go on.
    beat = setInterval(() => {
      audience.tell(() => `:\nid: ${ring.newest}\n\n`)
      audience.checkOverdue()
    }, beatMs).unref()
    return listen(pools.newListener, liveChannel, {
      heard: ear.heard,
      cameUp() {
        firstUp.resolve()
        ear.startAnew()
      },
      failed: events.databaseFailed,
    })
  }

  return {
    async listening() {
      listener ??= start()
      await Promise.race([firstUp.promise, new Promise((resolve) => setTimeout(resolve, patienceMs).unref())])
    },
    streamsOf: audience.countOf,
    join(stream, lastId) {
      audience.join(stream)
      const missed = lastId === undefined ? [] : ring.since(lastId)
      const text = missed ? framesFor(stream.person, missed) : frame(ring.newest, refresh)
      stream.write(`${text}id: ${ring.newest}\n\n`)
      for (const { event } of missed ?? []) if (event.to?.includes(stream.person.id)) reached(event, [stream.person.id])
    },
    leave: audience.leave,
    async close() {
      clearInterval(beat)
      audience.endAll()
      await listener?.close()
    },
  }
}

type Audience = ReturnType<typeof createAudience>

/** Takes what is heard in the order it was said, and passes on together what came together. */
function createEar(
  pools: Pick<Pools, 'general'>,
  events: Events,
  { audience, ring, reached }: { audience: Audience; ring: Ring; reached: Reached },
) {
  let waiting: Said[] = []
  let taken: Promise<void> = Promise.resolve()

  function startAnew() {
    ring.forget()
    waiting = []
    audience.tell(() => frame(ring.newest, refresh))
  }

  function sumUp(said: Said[]) {
    ring.forget()
    audience.tell((person) => (said.some((one) => mayHear(person, one)) ? frame(ring.newest, refresh) : ''))
  }

  function passOn() {
    const said = waiting
    waiting = []
    if (said.length > flood) return sumUp(said)
    for (const one of said) ring.add(one)
    audience.tell((person) => framesFor(person, said))
    for (const { event } of said) {
      const here = event.to?.filter((userId) => audience.countOf(userId) > 0) ?? []
      if (here.length > 0) reached(event, here)
    }
  }

  async function take(payload: string) {
    const { event_id: id, ...event } = JSON.parse(payload) as Published
    if (event.kind === 'session_ended') return audience.checkAllOf(event.id)
    const clinicIds = event.to ? [] : event.clinic_id ? [event.clinic_id] : await clinicsOf(pools.general, event)
    if (waiting.push({ id, event, clinicIds }) === 1) setImmediate(passOn)
  }

  return {
    startAnew,
    heard(payload: string) {
      const next = taken.then(() => take(payload))
      taken = next.catch((error: Error) => {
        events.databaseFailed(error)
        startAnew()
      })
    },
  }
}

const framesFor = (person: Person, said: Said[]) =>
  said
    .filter((one) => mayHear(person, one))
    .map(({ id, event }) => frame(id, event))
    .join('')

function mayHear({ id, permissions, clinicIds }: Person, said: Said) {
  if (said.event.to) return permissions.has('calls:read') && said.event.to.includes(id)
  if (!permissions.has(said.event.kind === 'patient' ? 'patients:read' : 'cases:read')) return false
  return clinicIds === null || said.clinicIds.some((id) => clinicIds.includes(id))
}

/** The clinics that know a patient: one round trip, by the index on a patient's cases. */
async function clinicsOf(pool: pg.Pool, { patient_id }: LiveEvent): Promise<string[]> {
  const { rows } = await pool.query<{ id: string }>({
    name: 'clinics_of_patient',
    text: `select clinic_id as id from cases where patient_id = $1 and deleted_at is null
      union select clinic_id from patients where id = $1 and clinic_id is not null`,
    values: [patient_id],
  })
  return rows.map(({ id }) => id)
}
