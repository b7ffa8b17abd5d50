import { FlexPlugin } from '@twilio/flex-plugin'
import type * as Flex from '@twilio/flex-ui'
import { type CallNews, isCall, newsOf } from './calls'
import { enrich } from './enrich'
import { panelLink } from './panel-link'
import { crmUrl } from './settings'

type Worker = NonNullable<Flex.Manager['workerClient']>
type Reservation = NonNullable<ReturnType<Worker['reservations']['get']>>

const remembered = 500

/** The panel of ClínicaCRM beside the task, told of the agent's own calls; and the case of whoever calls in the task. */
export class ClinicaPlugin extends FlexPlugin {
  constructor() {
    super('ClinicaPlugin')
  }

  init(flex: typeof Flex, manager: Flex.Manager): void {
    const worker = manager.workerClient
    const panel = panelLink(() => [...(worker?.reservations.values() ?? [])].flatMap(courseOf))
    const seen = new Set<string>()
    const tell = (news: CallNews | null) => news && panel.tell(news)

    const follow = (reservation: Reservation) => {
      // Flex tells again of what it told before its connection was lost.
      if (seen.has(reservation.sid)) return
      seen.add(reservation.sid)
      if (seen.size > remembered) seen.delete(seen.values().next().value!)
      const { task } = reservation
      void enrich(task, tokenOf(manager)).catch(said)
      if (!isCall(task)) return
      tell(newsOf(reservation, 'ringing'))
      reservation.on('accepted', () => tell(newsOf(reservation, 'answered')))
      for (const name of ['rejected', 'timeout', 'canceled'] as const)
        reservation.on(name, () => tell(newsOf(reservation, 'missed')))
      for (const name of ['wrapup', 'completed'] as const)
        reservation.on(name, () => tell(newsOf(reservation, 'ended')))
    }
    for (const reservation of worker?.reservations.values() ?? []) follow(reservation)
    worker?.on('reservationCreated', follow)

    // Sooner than TaskRouter says so.
    flex.Actions.addListener('afterAcceptTask', ({ task, sid }: { task?: Flex.ITask; sid?: string }) => {
      const reservation = worker?.reservations.get(task?.sid ?? sid ?? '')
      if (reservation && isCall(reservation.task)) tell(newsOf(reservation, 'answered'))
    })
    // One address for all tasks: the panel stays as it is while the agent goes from one to the next.
    flex.CRMContainer.defaultProps.uriCallback = () => `${crmUrl}/embed/twilio-flex`
  }
}

/** What a panel that opens in the middle of a call missed of it. */
function courseOf(reservation: Reservation): CallNews[] {
  if (!isCall(reservation.task)) return []
  const events = { pending: ['ringing'], accepted: ['ringing', 'answered'] } as const
  const { status } = reservation
  const happened = status === 'pending' || status === 'accepted' ? events[status] : []
  return happened.flatMap((event) => newsOf(reservation, event) ?? [])
}

/** What Flex signs in with itself. It goes to the Function and nowhere else. */
const tokenOf = (manager: Flex.Manager): string => manager.store.getState().flex.session.ssoTokenPayload?.token ?? ''

/** Where administrators of Flex look; nothing of the caller is in it. */
function said(trouble: unknown) {
  // oxlint-disable-next-line no-console -- the page is Flex's: there is no other place to say it
  console.warn('ClínicaCRM:', trouble instanceof Error ? trouble.message : trouble)
}
