import { AmazonConnectApp } from '@amazon-connect/app'
import { ContactClient } from '@amazon-connect/contact'
import { VoiceClient } from '@amazon-connect/voice'
import type { PageHost } from '../panel.ts'
import { createAgentCalls, type Customer, keptAttributes, type Stage } from './browser/agent-calls.ts'

const patienceMs = 10_000
/** For one question to the workspace: a card must not wait for what may not be answered at all. */
const answerMs = 1_500
const voice = new Set(['voice', 'queue_callback'])

/** An application in the agent workspace: it hears of the agent's own contacts, whichever of them is on the screen. */
export function attach(host: PageHost): void {
  const complaint = setTimeout(() => host.complain('not_connected'), patienceMs)
  const { provider } = AmazonConnectApp.init({
    workspace: { connectionTimeout: patienceMs },
    onCreate: async ({ context: { scope } }) => {
      clearTimeout(complaint)
      host.complain(null)
      listen(host, provider, scope?.type === 'contact' ? scope.contactId : null)
    },
  })
}

function listen(host: PageHost, provider: AmazonConnectApp, shown: string | null) {
  const contacts = new ContactClient({ provider })
  const telephone = new VoiceClient({ provider })
  const happened = createAgentCalls(host, (contactId) => customerOf({ contacts, telephone }, contactId))
  const on = (stage: Stage) => async (contact: { contactId: string; type: string }) => {
    if (voice.has(contact.type)) await happened(contact.contactId, stage)
  }
  contacts.onIncoming(on('ringing'))
  contacts.onConnecting(on('ringing'))
  contacts.onConnected(on('answered'))
  contacts.onMissed(on('missed'))
  contacts.onStartingAcw(on('over'))
  contacts.onCleared(on('over'))
  void dialWith(telephone, host)
  void catchUp(contacts, shown, happened)
}

/** Where the agent may not call out from the workspace, numbers go to the computer's own telephone. */
async function dialWith(telephone: VoiceClient, host: PageHost) {
  if (!(await within(telephone.getOutboundCallPermission(), false))) return
  host.onDial((number) => {
    telephone.createOutboundCall(number).catch(() => host.complain('not_connected'))
  })
}

/** What rang before this page was there. */
async function catchUp(
  contacts: ContactClient,
  shown: string | null,
  happened: (contactId: string, stage: Stage) => Promise<void>,
) {
  const present = await within(contacts.listContacts(), [])
  const ids = present.filter(({ type }) => voice.has(type)).map(({ contactId }) => contactId)
  const isVoice = shown !== null && (await within(contacts.getChannelType(shown), null))?.type
  if (shown !== null && isVoice && voice.has(isVoice) && !ids.includes(shown)) ids.push(shown)
  for (const contactId of ids) {
    const stage = await stageOf(contacts, contactId)
    if (stage) await happened(contactId, stage)
  }
}

async function stageOf(contacts: ContactClient, contactId: string): Promise<Stage | null> {
  const participants = await within(contacts.listParticipants(contactId), [])
  const self = participants.find(({ isSelf }) => isSelf)
  const state = self && (await within(contacts.getParticipantState(self.participantId), null))
  if (state?.value === 'connecting') return 'ringing'
  return state?.value === 'connected' || state?.value === 'hold' ? 'answered' : null
}

type Clients = { contacts: ContactClient; telephone: VoiceClient }

async function customerOf({ contacts, telephone }: Clients, contactId: string): Promise<Customer> {
  const [number, attributes, participants, channel] = await Promise.all([
    within(telephone.getInitialCustomerPhoneNumber(contactId), null),
    within(contacts.getAttributes(contactId, keptAttributes), {}),
    within(contacts.listParticipants(contactId), []),
    within(contacts.getChannelType(contactId), null),
  ])
  const isCalled =
    channel?.type === 'queue_callback' ||
    participants.some(({ isInitial, type }) => isInitial && type.value === 'outbound')
  return { direction: isCalled ? 'outbound' : 'inbound', number: number || null, attributes: attributes ?? {} }
}

/** Some questions need permissions that this application may not have, or are newer than the workspace. */
async function within<T, U>(answer: Promise<T>, otherwise: U): Promise<T | U> {
  const late = new Promise<U>((resolve) => setTimeout(() => resolve(otherwise), answerMs))
  return Promise.race([answer.catch(() => otherwise), late])
}
