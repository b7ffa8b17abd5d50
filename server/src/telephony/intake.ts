import { type Connector, type ConnectorReply, type ConnectorRequest } from '@clinicacrm/connectors/connector.ts'
import type { CallEvent, CallEventReply } from '@clinicacrm/contract/calls.ts'
import { AppError } from '../app-error.ts'
import { lookedUp, type Recording, recordCall, sandboxReply } from '../calls/calls.ts'
import type { Settings } from './settings.ts'

export type Intake = Omit<Recording, 'by'>

/** Where events come from: a line, or whoever has an API key. */
export type Source = {
  actor: string
  name: string
  clinicIds: readonly string[] | null
  /** Read and answered like any other, and then forgotten. */
  isSandbox: boolean
  /** Opened, as the connector reads them. */
  settings: Settings
  /** Keeps how it fares. */
  count(what: { count: number; error: string | null }): Promise<void>
}
type Asked = { source: Source; connector: Connector; request: ConnectorRequest; url: string }
export type Taken = { reply: ConnectorReply; events: CallEvent[]; replies: CallEventReply[]; problems: string[] }

const maxErrorLength = 500

/**
 * Takes in what a platform sent. Each event is kept by itself, so that a wrong one takes no other with it; where one could
 * not be kept for reasons of ours, the platform hears so and may send all of them again.
 */
export async function takeIn(house: Intake, asked: Asked): Promise<Taken> {
  const { source, request, url } = asked
  const events = asked.connector.events!
  await refuseForged(asked)
  const { events: found, problems } = events.readEvents(request, source.settings)
  const by = { actor: source.actor, name: source.name, clinicIds: source.clinicIds }
  const replies: CallEventReply[] = []
  const failures: unknown[] = []
  for (const event of found) {
    try {
      const { defaultCountry } = house.config
      if (source.isSandbox) replies.push(sandboxReply(event, defaultCountry))
      else replies.push(await recordCall({ ...house, by }, await withNumber(house, asked, event)))
    } catch (error) {
      if (error instanceof AppError && error.status < 500) problems.push(error.message)
      else failures.push(error)
    }
  }
  const error = problems.length > 0 ? problems.join('; ') : failures.length > 0 ? 'An event could not be kept.' : null
  // Whatever became of the count, the events are kept.
  const counted = source.count({ count: replies.length, error: error?.slice(0, maxErrorLength) ?? null })
  if (failures.length > 0) {
    await counted.catch(() => undefined)
    throw failures[0]
  }
  await counted
  const reply = events.reply(request, source.settings, { replies, problems, url })
  return { reply, events: found, replies, problems }
}

/** Platforms that name only the contact looked its number up, with a key as well, when the call came in. */
async function withNumber({ db }: Intake, { connector }: Asked, event: CallEvent): Promise<CallEvent> {
  if (event.from || event.direction === 'outbound' || connector.takes !== 'key') return event
  const found = await lookedUp(db, event)
  return found ? { ...event, from: found.phone, to: event.to ?? found.called } : event
}

async function refuseForged({ source, connector, request }: Asked) {
  if (!connector.settings.safeParse(source.settings).success) {
    await source.count({ count: 0, error: 'The settings are no longer valid.' })
    throw new AppError('unavailable', 'This connection must be set up again.')
  }
  if (connector.events!.isGenuine(request, source.settings)) return
  await source.count({ count: 0, error: 'A request without a valid signature was refused.' })
  throw new AppError('forbidden', 'The signature of this request is missing or wrong.')
}
