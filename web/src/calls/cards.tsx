import type { PopView } from '@clinicacrm/contract/pops.ts'
import { useT } from '../i18n.ts'
import classes from './cards.module.css'
import { useCardTurn } from './card-turn.ts'
import { PopCard } from './pop-card.tsx'
import type { Phase } from './pop-state.ts'
import { WrapUpCard } from './wrap-up-card.tsx'

type Card = { pop: PopView; phase: Phase }

/** The cards of calls, beside the page and never before it; the newest is nearest to the corner. */
export function Cards({ cards }: { cards: Card[] }) {
  const t = useT()
  return (
    <section className={classes.stack} aria-label={t('calls.region')}>
      {cards.toReversed().map((card) => (
        <InTurn key={card.pop.id} card={card} />
      ))}
    </section>
  )
}

function InTurn({ card: { pop, phase } }: { card: Card }) {
  if (!useCardTurn(pop.id)) return null
  return phase === 'owed' ? <WrapUpCard pop={pop} /> : <PopCard pop={pop} isRinging={phase === 'ringing'} />
}
