import type { CallEventReply } from '@clinicacrm/contract/calls.ts'
import type { PageHost } from '../panel.ts'
import { crmApiOf, type Telling } from './browser/crm-api.ts'
import { loadSdk } from './browser/sdk.ts'
import { type CallData, createCourse, type Happening, happenings, interactionOf, type Reading } from './call.ts'
import { dialled } from './number.ts'
import { type Sites, telephoneAt } from './sites.ts'

/** Complete: the server fills in what nobody saved. */
type Settings = Sites & Reading & { dial_as: 'e164' | 'us'; shows_names: boolean }

/**
 * Five9's telephone (Agent Desktop Toolkit) in a page of ours, by Five9's own library. That library trusts every frame of
 * the page it is in: the page's policy lets none in but Five9's.
 */
export async function attach(host: PageHost): Promise<void> {
  const settings = host.settings as Settings
  const sdk = host.container && (await loadSdk(settings.sdk_url))
  if (!host.container || !sdk) return host.complain('not_connected')

  const [course, telling] = [createCourse(settings), tellingTo(host)]
  const interactions = sdk.interactionApi()
  let canDial = true
  sdk.crmApi().registerApi(crmApiOf({ host, telling, course, settings, onDialling: (can) => (canDial = can) }))

  async function hear(happening: Happening, { callData: data = {} }: { callData?: CallData }) {
    const event = course.eventOf(happening, data)
    const reply = await telling.tell(event, data)
    if (reply) host.complain(reply.match === null && reply.state !== 'ended' ? 'number_unknown' : null)
  }
  interactions.subscribe(
    each((happening) => (told) => void hear(happening, told).catch((error: unknown) => complainOf(error, host))),
  )

  host.onDial((number) => {
    if (!canDial) return host.complain('not_connected')
    const click2DialData = { clickToDialNumber: dialled(number, settings.dial_as) }
    Promise.resolve(interactions.click2dial({ click2DialData })).catch(() => host.complain('not_connected'))
  })
  host.container.replaceChildren(frameOf(settings))
}

const each = <Handler>(handler: (happening: Happening) => Handler) =>
  Object.fromEntries(
    (Object.keys(happenings) as Happening[]).map((happening) => [happening, handler(happening)]),
  ) as Record<Happening, Handler>

/** One answer a call, also for who asks while it is on its way. */
function tellingTo(host: PageHost): Telling {
  const replies = new Map<string, Promise<CallEventReply>>()
  return {
    async tell(event, data) {
      if (event === null) return null
      const reply = host.report(event)
      replies.set(interactionOf(data) ?? '', reply)
      return reply
    },
    lastOf: async (data) => (await replies.get(interactionOf(data) ?? '')?.catch(() => null)) ?? null,
  }
}

/** The end of a call that never rang here, as this page was not open: nobody need know. */
function complainOf(error: unknown, host: PageHost) {
  if ((error as { status?: number }).status !== 404) host.complain('not_connected')
}

/** After the library is there to hear it. */
function frameOf(settings: Settings): HTMLIFrameElement {
  const frame = document.createElement('iframe')
  frame.src = telephoneAt(settings)
  frame.title = 'Five9'
  frame.allow = ['microphone', 'autoplay', 'clipboard-write'].join('; ')
  Object.assign(frame.style, { border: '0', inlineSize: '100%', blockSize: '100%' })
  return frame
}
