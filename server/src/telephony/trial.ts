import { randomBytes } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Connector, TrialCall } from '@clinicacrm/connectors/connector.ts'
import { posted } from '@clinicacrm/connectors/connector.ts'
import type { CallEventReply } from '@clinicacrm/contract/calls.ts'
import { callEvent } from '@clinicacrm/contract/calls.ts'
import { AppError } from '../app-error.ts'
import { forgetTrial, recordCall, trialPrefix } from '../calls/calls.ts'
import type { Events } from '../events.ts'
import type { Person } from '../http/caller.ts'
import type { Intake } from './intake.ts'
import type { Settings } from './settings.ts'

type House = Intake & { events: Events }
type Asked = { connector: Connector; settings: Settings; from: string; to: string; by: Person }

const lastsMs = 20_000
const lingersMs = 3_000

/**
 * Lets a call ring at whoever asks, told in the platform's own words and read like them; it ends by itself, and is
 * then as if it had never been: nobody is called back for it, no wrap-up is owed, no figure counts it.
 */
export async function tryCall(house: House, asked: Asked): Promise<CallEventReply & { sent: string }> {
  const { from, to, by } = asked
  const call = { call_id: trialPrefix + randomBytes(6).toString('hex'), from, to, agent: by.email }
  const first = told(asked, { ...call, event: 'ringing' })
  const reply = await recordCall({ ...house, by }, first.event)
  const end = async () => {
    await sleep(lastsMs, undefined, { ref: false })
    const { id } = await recordCall({ ...house, by }, told(asked, { ...call, event: 'ended' }).event)
    // Pages that are told of the end ask for the call once more.
    await sleep(lingersMs, undefined, { ref: false })
    await forgetTrial(house.db, id)
  }
  void end().catch(house.events.databaseFailed)
  return { ...reply, sent: first.sent }
}

/** Through the connector where it takes events; otherwise as the agent's own page would tell it. */
function told({ connector, settings }: Asked, call: TrialCall) {
  const { events, name } = connector
  const own = posted({ provider: name, ...call })
  const request = events ? events.trial(call, settings) : own
  const { events: read, problems } = events ? events.readEvents(request, settings) : { events: [], problems: [] }
  const event = events ? read[0] : callEvent.parse({ provider: name, ...call })
  if (!event) throw new AppError('unavailable', `The trial could not be read: ${problems.join('; ')}`)
  return { event, sent: request.rawBody.toString('utf8') }
}
