import { type Connector, type ConnectorReply, type ConnectorRequest } from '@clinicacrm/connectors/connector.ts'
import type { CallEventReply } from '@clinicacrm/contract/calls.ts'
import { AppError } from '../app-error.ts'
import { type Recording, recordCall } from '../calls/calls.ts'
import type { connectorLines } from '../db/schema.ts'
import { countEvents } from './queries.ts'

type Line = typeof connectorLines.$inferSelect
export type Intake = Omit<Recording, 'by'>
type Asked = { line: Line; connector: Connector; request: ConnectorRequest; url: string }

const maxErrorLength = 500

/**
 * Takes in what a platform sent over a line. Each event is kept by itself, so that a wrong one takes no other with it; where
 * one could not be kept for reasons of ours, the platform hears so and may send all of them again.
 */
export async function takeIn(house: Intake, asked: Asked): Promise<ConnectorReply> {
  const { line, request, url } = asked
  const events = asked.connector.events!
  await refuseForged(house, asked)
  const { events: found, problems } = events.readEvents(request, line.settings)
  const by = { actor: `line:${line.id}`, name: line.name, clinicIds: null }
  const replies: CallEventReply[] = []
  const failures: unknown[] = []
  for (const event of found) {
    try {
      replies.push(await recordCall({ ...house, by }, event))
    } catch (error) {
      if (error instanceof AppError && error.status < 500) problems.push(error.message)
      else failures.push(error)
    }
  }
  const error = problems.length > 0 ? problems.join('; ') : failures.length > 0 ? 'An event could not be kept.' : null
  // Whatever became of the count, the events are kept.
  const counted = countEvents(house.db, line.id, {
    count: replies.length,
    error: error?.slice(0, maxErrorLength) ?? null,
  })
  if (failures.length > 0) {
    await counted.catch(() => undefined)
    throw failures[0]
  }
  await counted
  return events.reply(request, line.settings, { replies, problems, url })
}

async function refuseForged(house: Intake, { line, connector, request }: Asked) {
  if (!connector.settings.safeParse(line.settings).success) {
    await countEvents(house.db, line.id, { count: 0, error: 'The settings of this line are no longer valid.' })
    throw new AppError('unavailable', 'This line must be set up again.')
  }
  if (connector.events!.isGenuine(request, line.settings)) return
  await countEvents(house.db, line.id, { count: 0, error: 'A request without a valid signature was refused.' })
  throw new AppError('forbidden', 'The signature of this request is missing or wrong.')
}
