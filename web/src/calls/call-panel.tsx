import type { PopView } from '@clinicacrm/contract/pops.ts'
import type { ReactNode } from 'react'
import { useT } from '../i18n.ts'
import { useMe } from '../session.ts'
import classes from './call-panel.module.css'
import { PopCard } from './pop-card.tsx'
import { cardsOf, waitingIn } from './pop-state.ts'
import { usePops } from './pops.ts'
import { WaitingLists } from './tray.tsx'
import { useWishes } from './wishes.ts'
import { WrapUpCard } from './wrap-up-card.tsx'

type Props = {
  /** Where nobody calls. */
  empty: ReactNode
  /** More about the case of a call. */
  about: (caseId: string) => ReactNode
}

/**
 * One's calls where nothing else is: the cards as the page, the newest first, and what waits below them. Each panel shows
 * them, as a platform may keep one that nobody sees for each of its tasks.
 */
export function CallPanel({ empty, about }: Props) {
  const t = useT()
  const myId = useMe().user.id
  const pops = usePops()
  const cards = cardsOf(pops, { myId, wishes: useWishes(), now: Date.now() })
  const hasNoCard = ({ id }: PopView) => cards.every(({ pop }) => pop.id !== id)
  const { live, owed, missed } = waitingIn(pops, myId)
  const waiting = { live: live.filter(hasNoCard), owed: owed.filter(hasNoCard), missed }
  const waits = waiting.live.length + waiting.owed.length + waiting.missed.length > 0
  return (
    <section className={classes.panel} aria-label={t('calls.region')}>
      {cards.map(({ pop, phase }) => (
        <div key={pop.id} className={classes.call}>
          {phase === 'owed' ? (
            <WrapUpCard pop={pop} isBehind={pop !== cards[0]?.pop} />
          ) : (
            <PopCard pop={pop} isRinging={phase === 'ringing'} />
          )}
          {pop.call.case_id && <div className={classes.about}>{about(pop.call.case_id)}</div>}
        </div>
      ))}
      {cards.length === 0 && empty}
      {waits && (
        <div className={classes.waiting}>
          <WaitingLists waiting={waiting} onDone={() => undefined} />
        </div>
      )}
    </section>
  )
}
