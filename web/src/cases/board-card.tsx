import type { CaseView } from '@clinicacrm/contract/cases.ts'
import type { StatusCode } from '@clinicacrm/contract/lifecycle.ts'
import { draggable } from '@atlaskit/pragmatic-drag-and-drop/element/adapter'
import { type KeyboardEvent, memo, useEffect, useRef } from 'react'
import { useT } from '../i18n.ts'
import { useMe } from '../session.ts'
import { PersonAvatar } from '../ui/person-avatar.tsx'
import classes from './board.module.css'
import { DueCell } from './case-cell.tsx'
import { useCaseChanges } from './case-changes.tsx'
import { CaseLink } from './case-link.tsx'
import { CaseMenu } from './case-menu.tsx'
import { nameOf } from './case-names.ts'
import { useFacts } from './facts.tsx'
import { verdictOn } from './moves.ts'

type Props = {
  kase: CaseView
  codes: readonly string[]
  isMoving: boolean
  onDragged: (kase: CaseView | null) => void
}

/** A case in three lines: who, what and where, when and by whom. */
export const BoardCard = memo(function BoardCard({ kase, codes, isMoving, onDragged }: Props) {
  const t = useT()
  const { may } = useMe()
  const { personNamed, shortClinic } = useFacts()
  const card = useDragging(kase, may('cases:write'), onDragged)
  const keys = useMoveKeys(kase, codes)
  useFocusWhereItWent(card, isMoving)
  return (
    <li ref={card} className={classes.card} data-moving={isMoving || undefined} onKeyDown={keys}>
      <div className={classes.line}>
        <CaseLink id={kase.id} className={classes.name!} draggable={false} data-card={kase.id}>
          {nameOf(t, kase)}
        </CaseLink>
        <span className={classes.menu}>
          <CaseMenu kase={kase} />
        </span>
      </div>
      <div className={classes.where}>{[kase.treatment, shortClinic(kase.clinic)].filter(Boolean).join(' · ')}</div>
      <div className={classes.line}>
        <span className={classes.due}>
          <DueCell kase={kase} />
        </span>
        {kase.assigned_to && <PersonAvatar name={personNamed(kase.assigned_to)} size={20} alone />}
      </div>
    </li>
  )
})

function useDragging(kase: CaseView, isEnabled: boolean, onDragged: Props['onDragged']) {
  const card = useRef<HTMLLIElement>(null)
  useEffect(() => {
    if (!card.current || !isEnabled) return
    return draggable({
      element: card.current,
      getInitialData: () => ({ kase }),
      onDragStart: () => onDragged(kase),
      onDrop: () => onDragged(null),
    })
  }, [kase, isEnabled, onDragged])
  return card
}

/** Alt and an arrow take a card to the nearest column that way where it may go. */
function useMoveKeys(kase: CaseView, codes: readonly string[]) {
  const { may } = useMe()
  const { moveTo } = useCaseChanges()
  return (event: KeyboardEvent) => {
    if (!event.altKey || !(event.key === 'ArrowLeft' || event.key === 'ArrowRight') || !may('cases:write')) return
    event.preventDefault()
    const here = codes.indexOf(kase.status)
    const that = event.key === 'ArrowRight' ? codes.slice(here + 1) : codes.slice(0, here).toReversed()
    const nearest = that.find((code) => verdictOn(kase, code as StatusCode, may('cases:override')).isAllowed)
    if (nearest) moveTo(kase, nearest as StatusCode)
  }
}

/** Whoever moved it by keys goes on from where it is now. */
function useFocusWhereItWent(card: React.RefObject<HTMLLIElement | null>, isMoving: boolean) {
  const arrived = useRef(isMoving)
  useEffect(() => {
    if (arrived.current && document.activeElement === document.body) card.current?.querySelector('a')?.focus()
  }, [card])
}
