import { IconPhone } from '@tabler/icons-react'
import { lazy, Suspense, useEffect, useState } from 'react'
import { useT } from '../i18n.ts'
import { useMe } from '../session.ts'
import classes from './calls.module.css'
import { cardsOf, waitingIn } from './pop-state.ts'
import { usePops } from './pops.ts'
import { useWishes } from './wishes.ts'

const loadCards = () => import('./cards.tsx')
const loadTray = () => import('./tray.tsx')
const Cards = lazy(() => loadCards().then(({ Cards }) => ({ default: Cards })))
const Tray = lazy(() => loadTray().then(({ Tray }) => ({ default: Tray })))

/** What a card is made of is fetched ahead of the first call, long after the first paint. */
const aheadMs = 4_000

/** The calls of whoever answers them: what rings, in a card; what waits, in a tray. */
export function Calls() {
  return useMe().may('calls:handle') ? <CallsOfAgent /> : null
}

function CallsOfAgent() {
  const t = useT()
  const myId = useMe().user.id
  const pops = usePops()
  const wishes = useWishes()
  const [tray, setTray] = useState<'unused' | 'open' | 'closed'>('unused')
  const cards = cardsOf(pops, { myId, wishes, now: Date.now() })
  const waiting = waitingIn(pops, myId)

  useEffect(() => {
    const timer = setTimeout(() => void loadCards(), aheadMs)
    return () => clearTimeout(timer)
  }, [])
  const { count } = waiting
  return (
    <div className={classes.calls}>
      <button
        type="button"
        className={classes.button}
        aria-label={count ? t('calls.tray.button_with', { count }) : t('calls.tray.button')}
        aria-expanded={tray === 'open'}
        onPointerEnter={() => void loadTray()}
        onFocus={() => void loadTray()}
        onClick={() => setTray(tray === 'open' ? 'closed' : 'open')}
      >
        <IconPhone size={20} stroke={1.5} aria-hidden />
        {count > 0 && (
          <span className={classes.count} data-live={waiting.live.length > 0 || undefined} aria-hidden>
            {count}
          </span>
        )}
      </button>
      <Suspense>
        {tray === 'open' && <Tray waiting={waiting} onClose={() => setTray('closed')} />}
        {cards.length > 0 && <Cards cards={cards} />}
      </Suspense>
    </div>
  )
}
