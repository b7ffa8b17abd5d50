import 'amazon-connect-streams'
import type { PageHost } from '../panel.ts'
import { createAgentCalls, type Customer, keptAttributes, type Stage } from './browser/agent-calls.ts'

const patienceMs = 20_000

/** Amazon's Contact Control Panel in a page of ours: its agent signs in to Amazon Connect there, and speaks there. */
export function attach(host: PageHost): void {
  const { instance_url, region } = host.settings
  if (!host.container || typeof instance_url !== 'string' || instance_url === '') {
    host.complain('not_connected')
    return
  }
  const complaint = setTimeout(() => host.complain('not_connected'), patienceMs)
  connect.core.initCCP(host.container, {
    ccpUrl: panelAt(instance_url),
    ...(typeof region === 'string' && { region }),
    loginPopup: true,
    loginPopupAutoClose: true,
    softphone: { allowFramedSoftphone: true },
  })
  connect.core.onAccessDenied(() => host.complain('not_connected'))
  let leave = () => {}
  connect.agent((agent) => {
    clearTimeout(complaint)
    host.complain(null)
    leave()
    leave = host.onDial((number) =>
      agent.connect(connect.Endpoint.byPhoneNumber(number), { failure: () => host.complain('not_connected') }),
    )
  })
  const contacts = new Map<string, connect.Contact>()
  const happened = createAgentCalls(host, async (contactId) => customerOf(contacts.get(contactId)))
  connect.contact((contact) => {
    const id = contact.getContactId()
    if (!isVoice(contact)) return
    contacts.set(id, contact)
    listen(contact, (stage) => {
      void happened(id, stage)
    })
    contact.onDestroy(() => contacts.delete(id))
  })
}

/** Older instances live under awsapps.com and one level deeper. */
function panelAt(instanceUrl: string): string {
  const { origin, hostname } = new URL(instanceUrl)
  return `${origin}${hostname.endsWith('.awsapps.com') ? '/connect' : ''}/ccp-v2/`
}

const isVoice = (contact: connect.Contact) =>
  [connect.ContactType.VOICE, connect.ContactType.QUEUE_CALLBACK].includes(contact.getType())

function listen(contact: connect.Contact, happened: (stage: Stage) => void) {
  contact.onIncoming(() => happened('ringing'))
  contact.onConnecting(() => happened('ringing'))
  contact.onConnected(() => happened('answered'))
  contact.onMissed(() => happened('missed'))
  contact.onACW(() => happened('over'))
  contact.onDestroy(() => happened('over'))
  // What rang, or was spoken to, before this page was there.
  const { type } = contact.getState()
  if (type === connect.ContactStateType.INCOMING || type === connect.ContactStateType.CONNECTING) happened('ringing')
  if (type === connect.ContactStateType.CONNECTED) happened('answered')
}

function customerOf(contact: connect.Contact | undefined): Customer {
  const kept = contact?.getAttributes() ?? {}
  return {
    direction: contact?.isInbound() === false ? 'outbound' : 'inbound',
    number: contact?.getInitialConnection()?.getEndpoint().phoneNumber || null,
    attributes: Object.fromEntries(keptAttributes.map((name) => [name, kept[name]?.value])),
  }
}
