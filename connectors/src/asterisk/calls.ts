import type { AmiMessage } from './ami.ts'
import { about, type BridgeEvent, type Call, createBook, numbersOf } from './book.ts'
import { extensionOf, legsIn, numberAs, numberIn } from './channels.ts'

export type CallReader = {
  /** The events in a message; without a time of Asterisk's own it happened now. */
  read(message: AmiMessage, now: number): BridgeEvent[]
  /** After a gap: Asterisk will list all channels, and what is not among them is over. */
  beginListing(): void
}

/**
 * Makes neutral events of what Asterisk tells of its channels. Only calls with somebody outside are told, each extension
 * once until it has spoken. Keeps the calls that last, and asks nobody.
 */
export function createCallReader({ extension }: { extension: RegExp }): CallReader {
  const book = createBook()
  let unlisted: Set<string> | null = null

  function listed(at: string): BridgeEvent[] {
    const gone = [...(unlisted ?? [])]
    unlisted = null
    return gone.flatMap((id) => book.hungUp(id, at, 'unknown'))
  }

  return {
    beginListing() {
      unlisted = new Set(book.legs())
    },
    read(message, now) {
      const at = momentOf(message, now)
      const { event, uniqueid = '' } = message
      if (event === 'CoreShowChannelsComplete') return listed(at)
      if (event === 'CoreShowChannel') unlisted?.delete(uniqueid)
      const moved = legsIn(message, extension).flatMap((leg) => book.note(leg, at))
      if (event === 'Hangup') return [...moved, ...book.hungUp(uniqueid, at, message['cause-txt'] ?? '')]
      const call = book.get(message['transfereelinkedid'] ?? message['linkedid'] ?? message['destlinkedid'] ?? '')
      return call ? [...moved, ...toldOf(call, message, { at, extension })] : moved
    },
  }
}

type Told = { at: string; extension: RegExp }

function toldOf(call: Call, message: AmiMessage, told: Told): BridgeEvent[] {
  switch (message['event'] ?? '') {
    case 'Newchannel':
    case 'CoreShowChannel':
      return began(call, message, told)
    case 'QueueCallerJoin':
      return waits(call, message, told)
    case 'AgentCalled':
    case 'DialBegin':
      return rings(call, message, told)
    case 'DialEnd':
      return message['dialstatus'] === 'ANSWER' ? answers(call, message, told) : []
    case 'AgentConnect':
      return answers(call, message, told)
    case 'BridgeEnter':
      return message['bridgetechnology'] === 'holding_bridge' ? [] : enters(call, message, told)
    case 'BlindTransfer':
      return message['result'] === 'Success' ? given(call, message, told) : []
    case 'Hold':
    case 'Unhold':
      return holds(call, message, told)
    default:
      return []
  }
}

function began(call: Call, message: AmiMessage, { extension }: Told): BridgeEvent[] {
  if (message['uniqueid'] !== call.id) return []
  call.begunBy = { extension: extensionOf(message['channel'], extension) }
  call.from = numberIn(message['calleridnum'])
  call.dialled = longNumber(message['exten'])
  return []
}

/** Somebody waits in a queue at whom nobody rings yet: if they give up, they called in vain. */
function waits(call: Call, message: AmiMessage, { at, extension }: Told): BridgeEvent[] {
  call.queue = message['queue'] ?? null
  const isNew = call.direction === null
  if (!comesFromOutside(call, message, extension) || !isNew) return []
  call.direction = 'inbound'
  return [{ ...about(call, 'ringing', at), ...numbersOf(call) }]
}

function rings(call: Call, message: AmiMessage, { at, extension }: Told): BridgeEvent[] {
  const agent = ['interface', 'destchannel'].map((name) => extensionOf(message[name], extension)).find(Boolean) ?? null
  call.queue = message['queue'] ?? call.queue
  if (!message['channel']) return []
  if (comesFromOutside(call, message, extension)) return agent ? ring(call, agent, 'inbound', at) : []
  const caller = call.begunBy?.extension ?? null
  if (agent || !caller) return call.direction === 'outbound' && agent ? ring(call, agent, 'outbound', at) : []
  call.dialled ??= longNumber(message['destcalleridnum']) ?? longNumber(message['destconnectedlinenum'])
  return ring(call, caller, 'outbound', at)
}

function ring(call: Call, agent: string, direction: 'inbound' | 'outbound', at: string): BridgeEvent[] {
  const state = call.agents.get(agent)
  if (state && state !== 'gone') return []
  call.direction ??= direction
  call.agents.set(agent, 'ringing')
  return [{ ...about(call, 'ringing', at), ...numbersOf(call), agent }]
}

function answers(call: Call, message: AmiMessage, { at, extension }: Told): BridgeEvent[] {
  const agent = ['interface', 'destchannel'].map((name) => extensionOf(message[name], extension)).find(Boolean) ?? null
  if (call.direction === 'outbound' && !agent) return answer(call, call.begunBy?.extension ?? null, at)
  return answer(call, agent, at)
}

/** Whoever comes into the conversation speaks, however they came: picked up for a colleague, or joined by a transfer. */
function enters(call: Call, message: AmiMessage, { at, extension }: Told): BridgeEvent[] {
  return answer(call, extensionOf(message['channel'], extension), at)
}

function answer(call: Call, agent: string | null, at: string): BridgeEvent[] {
  const state = agent && call.agents.get(agent)
  if (!agent || !call.direction || state === 'talking' || state === 'held') return []
  call.agents.set(agent, 'talking')
  return [{ ...about(call, 'answered', at), agent }]
}

function given(call: Call, message: AmiMessage, { at, extension }: Told): BridgeEvent[] {
  const agent = numberAs(message['extension'], extension)
  if (!agent || !call.direction) return []
  call.agents.set(agent, 'ringing')
  return [{ ...about(call, 'transferred', at), agent }]
}

function holds(call: Call, message: AmiMessage, { at, extension }: Told): BridgeEvent[] {
  const agent = extensionOf(message['channel'], extension)
  const [from, to, event] =
    message['event'] === 'Hold' ? (['talking', 'held', 'held'] as const) : (['held', 'talking', 'resumed'] as const)
  if (!agent || call.agents.get(agent) !== from) return []
  call.agents.set(agent, to)
  return [{ ...about(call, event, at), agent }]
}

/** Who began the call says so; of a call that began before we listened, the caller's number does. */
function comesFromOutside(call: Call, message: AmiMessage, extension: RegExp): boolean {
  if (call.begunBy) return call.begunBy.extension === null
  call.from ??= numberIn(message['calleridnum'])
  return call.from === null || numberAs(call.from, extension) === null
}

/** No extension, and no name of a step in the dialplan. */
function longNumber(text: string | undefined): string | null {
  return text && /^\+?\d{6,}$/.test(text) ? text : null
}

/** Asterisk says when where `timestampevents` is on. */
function momentOf({ timestamp }: AmiMessage, now: number): string {
  const said = Number(timestamp) * 1_000
  return new Date(said > 0 && said < 4e12 ? said : now).toISOString()
}
