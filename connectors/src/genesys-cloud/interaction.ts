import type { CallEventKind, OwnCallEvent } from '@clinicacrm/contract/calls.ts'

/** A call as the telephone’s frame tells of it; what is missing there is missing here. */
type Interaction = Readonly<Record<string, unknown>>

const others = ['isChat', 'isEmail', 'isMessage', 'isVoicemail']
const transfers = /transfer/i

type Known = { stage: CallEventKind; wasAnswered: boolean; wasGivenAway: boolean; told: Set<CallEventKind> }

/** What the agent's telephone told so far of each call: every change is reported once, and a call given away does not end. */
export function createCourse() {
  const calls = new Map<string, Known>()

  /** What happened to a call, or null where it is nothing new. */
  return (category: string, interaction: Interaction): OwnCallEvent | null => {
    const id = textIn(interaction, 'id')
    if (id === null || others.some((name) => interaction[name] === true)) return null
    const known = calls.get(id)
    if (transfers.test(category)) {
      if (known) known.wasGivenAway = true
      return null
    }
    const stage = stageOf(category, interaction, known?.wasAnswered === true)
    if (stage === known?.stage || (known?.stage === 'ended' && stage === 'missed')) return null
    const told = known?.told ?? new Set()
    const event = known?.stage === 'held' && stage === 'answered' ? 'resumed' : stage
    const isOver = stage === 'ended' || stage === 'missed'
    const isOthers = isOver && known?.wasGivenAway === true
    calls.set(id, {
      stage,
      // The queue may offer the same call to the same agent again.
      wasAnswered: !isOver && (stage === 'answered' || known?.wasAnswered === true),
      wasGivenAway: !isOver && known?.wasGivenAway === true,
      told,
    })
    if (isOthers) return null
    // The first of its kind is the same whoever tells it, also after this page was loaded again.
    const isFirst = !told.has(event)
    told.add(event)
    return { ...callOf(id, interaction), event, ...(!isFirst && { event_id: crypto.randomUUID() }) }
  }
}

function stageOf(category: string, interaction: Interaction, wasAnswered: boolean): CallEventKind {
  const state = textIn(interaction, 'state')?.toUpperCase() ?? ''
  const isOver = interaction['isDisconnected'] === true || ['DISCONNECTED', 'TERMINATED'].includes(state)
  if (isOver || ['disconnect', 'deallocate'].includes(category)) return wasAnswered ? 'ended' : 'missed'
  const isConnected = interaction['isConnected'] === true || state === 'CONNECTED' || state === 'HELD'
  if (!isConnected) return 'ringing'
  return interaction['held'] === true || state === 'HELD' ? 'held' : 'answered'
}

export function callOf(id: string, interaction: Interaction): Omit<OwnCallEvent, 'event'> {
  const isOutbound = textIn(interaction, 'direction')?.toLowerCase() === 'outbound'
  const remote = textIn(interaction, 'phone') ?? textIn(interaction, 'displayAddress')
  const [from, to] = isOutbound
    ? [textIn(interaction, 'ani'), remote ?? textIn(interaction, 'calledNumber')]
    : [textIn(interaction, 'ani') ?? remote, textIn(interaction, 'calledNumber')]
  return {
    provider: 'genesys-cloud',
    call_id: id,
    direction: isOutbound ? 'outbound' : 'inbound',
    ...(from !== null && { from }),
    ...(to !== null && { to }),
    ...(textIn(interaction, 'queueName') !== null && { queue: textIn(interaction, 'queueName') }),
  }
}

export function textIn(values: Interaction, name: string): string | null {
  const value = values[name]
  return typeof value === 'string' && value.trim() !== '' ? value.trim() : null
}
