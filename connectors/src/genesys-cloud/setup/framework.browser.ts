/*
 * ClínicaCRM in Genesys Cloud's Embeddable Framework. Upload this file where the framework is set up. It runs in the
 * telephone's frame, and speaks with the ClínicaCRM page around that frame and with nobody else. It holds no key.
 */
;(() => {
  type Interaction = Record<string, unknown>
  type CallLog = Record<string, unknown>
  type Kept = (log: { id: string }) => void
  type Framework = {
    subscribe(subscriptions: { type: string; callback: (category: string, payload: Interaction) => void }[]): void
    clickToDial(call: { number: string; autoPlace: boolean }): void
  }
  type Page = { Framework?: object; PureCloud?: Framework }

  const crm = new URL('__crm_url__').origin
  const region = '__region__'
  const clientId = '__client_id__'
  const page = window as unknown as Page
  const waiting = new Map<string, { onSuccess: Kept; onFailure: () => void }>()
  const patienceMs = 10_000
  let asked = 0

  /** What ClínicaCRM needs of a call; nothing else leaves the telephone. */
  const wanted = ['id', 'direction', 'ani', 'calledNumber', 'phone', 'displayAddress', 'queueName', 'state']
  const flags = ['isConnected', 'isDisconnected', 'isChat', 'isEmail', 'isMessage', 'isVoicemail', 'isInternal', 'held']

  function shortOf(interaction: Interaction | null | undefined) {
    // A change comes with the call as it was and as it is.
    const now = (interaction?.['new'] ?? interaction ?? {}) as Interaction
    const entries = [...wanted, ...flags].map((name) => [name, now[name]])
    return Object.fromEntries(entries.filter(([, value]) => ['string', 'number', 'boolean'].includes(typeof value)))
  }

  const tell = (kind: string, said: object = {}) =>
    window.parent.postMessage({ ...said, clinicacrm: 'genesys-cloud', kind }, crm)

  function hear(event: MessageEvent) {
    if (event.source !== window.parent || event.origin !== crm) return
    const said = event.data as Record<string, unknown> | null
    if (said?.['clinicacrm'] !== 'genesys-cloud') return
    if (said['kind'] === 'hello') tell('ready')
    if (said['kind'] === 'dial') page.PureCloud?.clickToDial({ number: String(said['number']), autoPlace: true })
    if (said['kind'] === 'log_kept') settle(String(said['request']), said['id'])
  }

  function settle(request: string, id: unknown) {
    const { onSuccess, onFailure } = waiting.get(request) ?? {}
    waiting.delete(request)
    if (typeof id === 'string') onSuccess?.({ id })
    else onFailure?.()
  }

  page.Framework = {
    config: {
      name: 'ClinicaCRM',
      clientIds: clientId ? { [region]: clientId } : {},
      customInteractionAttributes: [],
      settings: {
        embedWebRTCByDefault: true,
        hideWebRTCPopUpOption: false,
        enableCallLogs: true,
        hideCallLogSubject: true,
        hideCallLogContact: true,
        hideCallLogRelation: true,
        enableTransferContext: false,
        dedicatedLoginWindow: true,
        searchTargets: ['people', 'queues'],
      },
      getUserLanguage: (callback: (language: string) => void) =>
        callback(new URLSearchParams(window.location.search).get('userLanguage') ?? navigator.language),
    },

    initialSetup() {
      window.addEventListener('message', hear)
      page.PureCloud?.subscribe([
        {
          type: 'Interaction',
          callback: (category, interaction) => tell('interaction', { category, interaction: shortOf(interaction) }),
        },
      ])
      tell('ready')
    },

    screenPop(_search: string, interaction: Interaction) {
      tell('screen_pop', { interaction: shortOf(interaction) })
    },

    processCallLog(log: CallLog, interaction: Interaction, _event: string, onSuccess: Kept, onFailure: () => void) {
      const request = `log-${++asked}`
      waiting.set(request, { onSuccess, onFailure })
      setTimeout(() => settle(request, null), patienceMs)
      tell('log', { request, notes: log['notes'] ?? '', interaction: shortOf(interaction) })
    },

    openCallLog(_log: CallLog, interaction: Interaction) {
      tell('screen_pop', { interaction: shortOf(interaction) })
    },

    contactSearch(_search: string, onSuccess: (contacts: object[]) => void) {
      onSuccess([])
    },
  }
})()
