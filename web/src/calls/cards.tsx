import { useT } from '../i18n.ts'
import classes from './cards.module.css'
import { useCardTurn } from './card-turn.ts'
import { PopCard } from './pop-card.tsx'
import type { Card } from './pop-state.ts'
import { WrapUpCard } from './wrap-up-card.tsx'

/** The cards of calls, beside the page and never before it; the newest is nearest to the corner. */
export function Cards({ cards }: { cards: Card[] }) {
  const t = useT()
  return (
    <section className={classes.stack} aria-label={t('calls.region')}>
      {cards.map((card) => (
        <InTurn key={card.pop.id} card={card} isBehind={card !== cards[0]} />
      ))}
    </section>
  )
}

function InTurn({ card: { pop, phase, isAsked }, isBehind }: { card: Card; isBehind: boolean }) {
  if (!useCardTurn(pop.id)) return null
  return phase === 'owed' ? (
    <WrapUpCard pop={pop} isBehind={isBehind} isAsked={isAsked} />
  ) : (
    <PopCard pop={pop} isRinging={phase === 'ringing'} />
  )
}
