import { crm } from './two-sites.ts'

/** Where Amazon Connect really is; what answers there is ours. */
export const instance = 'https://clinica.my.connect.aws'

/**
 * The agent workspace, as far as a third-party application sees it: a frame in Amazon's narrowest sandbox, and a channel
 * on which it is told of its life, asks questions and hears what happens to contacts.
 */
export const workspace = `<!doctype html><html lang="it"><title>Agent workspace</title>
<style>body { margin: 0 } iframe { width: 380px; height: 640px; border: 0 }</style><body></body>
<script>
  const contacts = new Map()
  const asked = []
  const completed = []
  let port = null
  let subscriptions = []
  const answers = {
    'contact/listContacts': () =>
      [...contacts.values()].map(({ contactId, type, state }) => ({ contactId, type, subtype: 'connect:Telephony' })),
    'contact/getChannelType': ({ contactId }) => ({ type: contacts.get(contactId).type, subtype: 'connect:Telephony' }),
    'contact/getAttributes': ({ contactId, attributes }) => {
      const kept = contacts.get(contactId).attributes ?? {}
      return Object.fromEntries(attributes.filter((name) => name in kept).map((name) => [name, kept[name]]))
    },
    'contact/listParticipants': ({ contactId }) => [
      { participantId: contactId + '/agent', contactId, type: { value: 'agent' }, isInitial: false, isSelf: true },
      {
        participantId: contactId + '/customer',
        contactId,
        type: { value: contacts.get(contactId).direction ?? 'inbound' },
        isInitial: true,
        isSelf: false,
      },
    ],
    'contact/getParticipantState': ({ participantId }) => ({ value: contacts.get(participantId.split('/')[0]).state }),
    'voice/getOutboundCallPermission': () => ({ outboundCallPermission: true }),
    'voice/createOutboundCall': () => ({ contactId: 'called' }),
    'voice/getInitialCustomerPhoneNumber': ({ contactId }) => ({ phoneNumber: contacts.get(contactId).number }),
  }
  function hear({ data: message }) {
    if (message.type === 'appLifecycleHandlerCompleted') completed.push(message.stage)
    if (message.type === 'subscribe') subscriptions.push(message.topic)
    if (message.type !== 'request') return
    const { namespace, command, requestId, data } = message
    asked.push({ command, data })
    const answer = { type: 'response', namespace, requestId }
    try {
      port.postMessage({ ...answer, isError: false, data: answers[command](data) })
    } catch {
      const refused = { reason: 'Not permitted', details: {}, errorKey: 'noPermission' }
      port.postMessage({ ...answer, ...refused, isError: true, namespace, command })
    }
  }
  addEventListener('message', ({ data, origin, ports }) => {
    if (data?.type !== 'connect-app-host-init' || origin !== '${crm}' || globalThis.workspace.isAway) return
    port = ports[0]
    subscriptions = []
    port.onmessage = hear
    const status = { initialized: true, startTime: new Date(), providerId: data.providerId }
    port.postMessage({ type: 'acknowledge', connectionId: 'c', status, healthCheckInterval: 0 })
    const config = { arn: 'arn:aws:app', namespace: 'clinicacrm', id: 'a', name: 'ClinicaCRM', description: '' }
    const scope = globalThis.scope ? { type: 'contact', contactId: globalThis.scope } : { type: 'idle' }
    const app = { instanceId: 'i', appInstanceId: 'i', config, appConfig: config, region: 'eu-central-1', scope }
    port.postMessage({ type: 'appLifecycle', stage: 'create', ...app, launchedBy: { type: 'internal' } })
  })
  globalThis.workspace = {
    isAway: false,
    asked,
    completed,
    keys: () => subscriptions.map(({ key }) => key),
    open(src, contactId) {
      globalThis.scope = contactId
      const frame = Object.assign(document.createElement('iframe'), { src, title: 'ClinicaCRM' })
      frame.setAttribute('sandbox', 'allow-forms allow-popups allow-same-origin allow-scripts')
      document.body.replaceChildren(frame)
    },
    put: (contact) => contacts.set(contact.contactId, contact),
    forbid: (command) => delete answers[command],
    tell(key, contactId) {
      const { type } = contacts.get(contactId)
      const data = { contactId, initialContactId: contactId, type, subtype: 'connect:Telephony' }
      for (const topic of subscriptions.filter((one) => one.key === key)) port.postMessage({ type: 'publish', topic, data })
    },
  }
</script></html>`

/** The Contact Control Panel, as far as the library in our page sees it: messages of the frame’s own window. */
export const controlPanel = `<!doctype html><html lang="it"><title>CCP</title><body><p>Contact Control Panel</p>
<script>
  const said = []
  const arn = 'arn:aws:connect:eu-central-1:123456789012:instance/i/routing-profile/r'
  const configuration = {
    username: 'giulia',
    name: 'Giulia Ferri',
    agentARN: 'arn:aws:connect:eu-central-1:123456789012:instance/i/agent/a',
    agentStates: [],
    permissions: [],
    extension: '',
    softphoneEnabled: false,
    routingProfile: {
      name: 'r',
      routingProfileARN: arn,
      routingProfileId: arn,
      queues: [],
      defaultOutboundQueue: { name: 'q', queueARN: 'arn:aws:queue', queueId: 'q' },
      channelConcurrencyMap: {},
    },
  }
  const send = (event, data) => parent.postMessage({ event, data }, '${crm}')
  const acknowledge = () => send('acknowledge', { id: 'port' })
  addEventListener('message', ({ source, origin, data }) => {
    if (source !== parent || origin !== '${crm}') return
    said.push(data)
    if (data.event === 'synchronize') acknowledge()
    if (data.event === 'api_request') {
      const { requestId, method } = data.data
      send('api_response', { event: 'api_response', requestId, method, err: null, data: {} })
    }
  })
  const state = { name: 'Available', type: 'routable', startTimestamp: new Date() }
  globalThis.panel = {
    said,
    update(contacts) {
      const snapshot = { state, nextState: null, agentAvailabilityState: state, snapshotTimestamp: new Date(), contacts }
      send('agent::update', { configuration, snapshot: { ...snapshot, contactDurationMillis: 0 } })
    },
  }
  acknowledge()
</script></body></html>`
