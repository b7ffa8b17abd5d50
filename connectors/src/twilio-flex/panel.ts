import type { OwnCallEvent } from '@clinicacrm/contract/calls.ts'
import type { PageHost } from '../panel.ts'
import { sidesOf } from './sides.ts'

const events = ['ringing', 'answered', 'missed', 'ended'] as const

/**
 * What Flex shows beside a task. Our plug-in in the page around tells of the agent's calls, by messages; without it, the
 * address of a tab says which call it is about.
 */
export function attach(host: PageHost): void {
  const desktop = window.parent
  const report = (event: OwnCallEvent) =>
    host.report(event).then(
      ({ match }) => host.complain(match === null ? 'number_unknown' : null),
      () => host.complain('not_connected'),
    )
  window.addEventListener('message', ({ source, data }: MessageEvent<unknown>) => {
    // Which sites may be around us, the browser sees to: it shows the panel in no others.
    if (source !== desktop || desktop === window) return
    const { kind, call } = fieldsOf(data)
    const event = kind === 'clinicacrm.call' ? eventIn(fieldsOf(call)) : null
    if (event) void report(event)
  })
  // Says nothing but that there is somebody to tell.
  desktop.postMessage({ kind: 'clinicacrm.ready' }, '*')

  const asked = inAddress(host.address)
  if (asked) void report(asked)
}

/** In the words of a task: its id and its attributes. */
function eventIn(call: Record<string, unknown>): OwnCallEvent | null {
  const event = events.find((kind) => kind === call['event'])
  const { event_id, task } = call
  const { from, to, ...sides } = sidesOf(typeof task === 'string' ? task : '', fieldsOf(call['attributes']))
  if (!event || sides.call_id === '') return null
  return {
    provider: 'twilio-flex',
    ...sides,
    event,
    ...(typeof event_id === 'string' && event_id && { event_id }),
    ...(from && { from }),
    ...(to && { to }),
  }
}

/** `?call_sid={{task.call_sid}}&from={{task.from}}&…`: where nobody filled that in, there is no call to tell of. */
function inAddress({ searchParams }: URL): OwnCallEvent | null {
  const attributes = Object.fromEntries([...searchParams].filter(([, value]) => !value.includes('{{')))
  const { task, call_sid } = attributes
  return eventIn({ event: 'ringing', event_id: `tab:${call_sid ?? task}`, task, attributes })
}

const fieldsOf = (data: unknown): Record<string, unknown> =>
  typeof data === 'object' && data !== null ? { ...data } : {}
