import type { RequestListener } from 'node:http'

/*
 * Two ends of one conversation, as Five9's library and Five9's telephone hold it: frames ask to be connected, get a port,
 * and send questions, answers and events over it. Written from what can be seen on the wire; nothing here is Five9's.
 * Both run in a browser, as they are written here.
 */

type Data = Record<string, unknown>
type Question = { id: number; request: { objectId: string; attrName: string; args: unknown[] } }
type Answer = { id: number; response?: unknown; error?: string }
type Told = { event: { name: string; data: { reason: string; payload: Data } } }
type Sent = { iframeName: string; message: Partial<Question & Answer & Told> }

export type Entry = { id: string; label: string; name: string }
export type Telephone = {
  /** A call is offered to the agent. */
  offer(call: Data): Promise<void>
  /** What happens to the call that is here. */
  happen(reason: string): void
  log(said: Data): Promise<unknown>
  ask(attrName: string, said?: Data): Promise<unknown>
  config: unknown
  dialled: unknown[]
}

/** The library: the same doors as Five9's, and as trusting. */
function library() {
  type Api = Record<string, (said: unknown) => unknown>
  const plugins = { crm_api_plugin_: 'crmApi', intrx_plugin_: 'interactionApi' } as const
  let api: Api = {}
  const subscribed: Api[] = []
  const ports: Record<string, MessagePort> = {}
  const waiting = new Map<number, (answer: Answer) => void>()
  let count = 0

  async function hear(port: MessagePort, { iframeName, message }: Sent) {
    if (message.event) for (const one of subscribed) one[message.event.data.reason]?.(message.event.data.payload)
    else if (message.request) {
      const { attrName, args } = message.request
      const answer = { id: message.id! }
      try {
        const response = await api[attrName]!(args[0])
        port.postMessage({ iframeName, message: { ...answer, response } })
      } catch (error) {
        port.postMessage({ iframeName, message: { ...answer, error: String(error) } })
      }
    } else if (message.id !== undefined) waiting.get(message.id)?.(message as Answer)
  }

  window.addEventListener('message', ({ data, ports: [port] }: MessageEvent) => {
    if (data?.message !== 'connect' || !port) return
    ports[data.iframeName] = port
    port.addEventListener('message', (event) => void hear(port, event.data as Sent))
    port.start()
    port.postMessage(`connected::${data.iframeName}:0`)
  })
  setInterval(() => {
    for (const iframeName of Object.keys(plugins)) {
      const asking = { iframeName, message: 'asking_connect', sender: 'page' }
      for (const frame of document.querySelectorAll('iframe')) frame.contentWindow?.postMessage(asking, '*')
    }
  }, 100)

  const interactionApi = {
    subscribe: (handlers: Api) => void subscribed.push(handlers),
    click2dial: (wanted: unknown) =>
      new Promise<void>((resolve, reject) => {
        const id = ++count
        waiting.set(id, ({ error }) => (error === undefined ? resolve() : reject(new Error(error))))
        const request = { objectId: 'interactionApi', verb: 'post', attrName: 'click2dial', args: [wanted] }
        ports['intrx_plugin_']!.postMessage({ iframeName: 'intrx_plugin_', sender: 'page', message: { id, request } })
      }),
  }
  const crmApi = { registerApi: (own: Api) => void (api = own) }
  Object.assign(window, { Five9: { CrmSdk: { crmApi: () => crmApi, interactionApi: () => interactionApi } } })
}

/** The telephone's end of the wire. */
function telephoneWire() {
  const ports: Record<string, MessagePort> = {}
  const waiting = new Map<number, (answer: Answer) => void>()
  const dialled: unknown[] = []
  let count = 0
  let connected = () => {}
  const ready = new Promise<void>((resolve) => (connected = resolve))

  function hear(port: MessagePort, iframeName: string, said: Sent | string) {
    if (typeof said === 'string') return Object.keys(ports).length === 2 ? connected() : undefined
    const { request, id } = said.message
    if (request) {
      dialled.push(request.args[0])
      port.postMessage({ iframeName, message: { id, response: null } })
    } else if (id !== undefined) waiting.get(id)?.(said.message as Answer)
  }
  window.addEventListener('message', ({ data, source }: MessageEvent) => {
    if (data?.message !== 'asking_connect' || ports[data.iframeName]) return
    const { port1, port2 } = new MessageChannel()
    ports[data.iframeName] = port1
    port1.addEventListener('message', (event) => hear(port1, data.iframeName, event.data))
    port1.start()
    ;(source as Window).postMessage({ iframeName: data.iframeName, message: 'connect', sender: 'adt' }, '*', [port2])
  })
  const send = (iframeName: string, message: object) =>
    ports[iframeName]!.postMessage({ iframeName, sender: 'adt', message })

  return {
    ready,
    dialled,
    ask: (attrName: string, said?: Data) =>
      new Promise<unknown>((resolve, reject) => {
        const id = ++count
        waiting.set(id, ({ response, error }) => (error === undefined ? resolve(response) : reject(new Error(error))))
        send('crm_api_plugin_', { id, request: { objectId: 'crmApi', verb: 'post', attrName, args: [said] } })
      }),
    tell(reason: string, callData: Data) {
      const event = { objectId: 'interactionApi', name: 'interactionEvent', data: { reason, payload: { callData } } }
      send('intrx_plugin_', { event })
    },
  }
}

/** The telephone: it asks whom it shows, pops the only one, and tells everything again when it is loaded again. */
function telephone({ ready, dialled, ask, tell }: ReturnType<typeof telephoneWire>) {
  const kept = JSON.parse(sessionStorage.getItem('call') ?? 'null') as { call: Data; told: string[] } | null
  let { call, told } = kept ?? { call: {} as Data, told: [] as string[] }
  const about = () => ({ interactionType: 'Call', interactionData: call })

  function happen(reason: string) {
    told.push(reason)
    sessionStorage.setItem('call', JSON.stringify({ call, told }))
    tell(reason, call)
  }
  async function offer(offered: Data) {
    ;[call, told] = [offered, []]
    happen('callStarted')
    const { crmObjects } = (await ask('search', about())) as { crmObjects: Entry[] }
    document.querySelector('ul')!.replaceChildren(...crmObjects.map(entryOf))
    if (crmObjects.length === 1) await ask('screenPop', { ...about(), crmObject: crmObjects[0] })
  }
  function entryOf(crmObject: Entry) {
    const [line, button] = [document.createElement('li'), document.createElement('button')]
    button.textContent = `${crmObject.label}: ${crmObject.name}`
    button.addEventListener('click', () => void ask('screenPop', { ...about(), crmObject }))
    line.append(button)
    return line
  }
  const log = (interactionLogData: Data) => ask('saveLog', { ...about(), interactionLogData })
  const own: Telephone = { offer, happen, log, ask, dialled, config: null }
  Object.assign(window, { telephone: own })

  async function begin() {
    await ready
    own.config = await ask('getAdtConfig')
    for (const reason of told) tell(reason, call)
    document.title = 'ready'
  }
  void begin()
}

const page = `<!doctype html><html lang="en"><title>loading</title><ul></ul><script src="adt.js"></script></html>`

const scripts: Record<string, string> = {
  '/five9.crm.sdk.js': `(${library.toString()})()`,
  '/adt.js': `(${telephone.toString()})((${telephoneWire.toString()})())`,
}

/** What stands in for Five9's two sites. */
export const five9Site: RequestListener = (request, response) => {
  const path = new URL(request.url!, 'https://adt.vendor.example').pathname
  const script = scripts[path]
  if (script) response.setHeader('content-type', 'text/javascript').end(script)
  else if (path === '/adt.main.html') response.setHeader('content-type', 'text/html').end(page)
  else response.writeHead(404).end()
}
