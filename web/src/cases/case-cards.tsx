import type { CaseView } from '@clinicacrm/contract/cases.ts'
import { useVirtualizer } from '@tanstack/react-virtual'
import { useEffect, useRef } from 'react'
import { useT } from '../i18n.ts'
import { useMe } from '../session.ts'
import { PersonAvatar } from '../ui/person-avatar.tsx'
import { StatusChip } from '../ui/status-chip.tsx'
import box from './box.module.css'
import classes from './case-cards.module.css'
import { DueCell } from './case-cell.tsx'
import { CaseLink } from './case-link.tsx'
import { CaseMenu } from './case-menu.tsx'
import { nameOf } from './case-names.ts'
import { useFacts } from './facts.tsx'
import type { Selection } from './use-selection.ts'

type Props = {
  rows: readonly CaseView[]
  total: number | null
  selection: Selection
  isStale: boolean
  hasMore: boolean
  onMore: () => void
}

const usualHeight = 88
const cardsAhead = 20

/** The list where a table has no room: a card for each case, all of it a link. */
export function CaseCards({ rows, total, selection, isStale, hasMore, onMore }: Props) {
  const t = useT()
  const maySelect = useMe().may('cases:bulk')
  const scroller = useRef<HTMLDivElement>(null)
  const virtualizer = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => usualHeight,
    getItemKey: (index) => rows[index]!.id,
    overscan: 6,
  })
  const items = virtualizer.getVirtualItems()
  const last = items.at(-1)?.index ?? 0
  useEffect(() => {
    if (hasMore && last > rows.length - cardsAhead) onMore()
  }, [hasMore, last, rows.length, onMore])
  return (
    <div
      ref={scroller}
      className={classes.scroller}
      data-stale={isStale || undefined}
      data-bar={selection.isSome || undefined}
    >
      <ul
        aria-label={t('cases.table.label')}
        aria-busy={isStale}
        className={classes.list}
        style={{ blockSize: virtualizer.getTotalSize() }}
      >
        {items.map(({ index, start, key }) => (
          <li
            key={key}
            ref={virtualizer.measureElement}
            data-index={index}
            aria-setsize={total ?? -1}
            aria-posinset={index + 1}
            className={classes.card}
            style={{ transform: `translateY(${start}px)` }}
          >
            <Card kase={rows[index]!} selection={maySelect ? selection : null} />
          </li>
        ))}
      </ul>
    </div>
  )
}

function Card({ kase, selection }: { kase: CaseView; selection: Selection | null }) {
  const t = useT()
  const { personNamed, shortClinic } = useFacts()
  const name = nameOf(t, kase)
  return (
    <>
      {selection && (
        <label className={classes.select}>
          <input
            type="checkbox"
            className={box.box}
            aria-label={t('cases.table.select', { name })}
            checked={selection.has(kase.id)}
            onChange={() => selection.toggle(kase.id)}
          />
        </label>
      )}
      <div className={classes.text}>
        <div className={classes.first}>
          <CaseLink id={kase.id} className={classes.name!}>
            {name}
          </CaseLink>
          {kase.assigned_to && <PersonAvatar name={personNamed(kase.assigned_to)} size={20} alone />}
        </div>
        <div className={classes.where}>{[kase.treatment, shortClinic(kase.clinic)].filter(Boolean).join(' · ')}</div>
        <div className={classes.line}>
          <StatusChip status={kase.status} />
          <DueCell kase={kase} />
        </div>
      </div>
      <div className={classes.menu}>
        <CaseMenu kase={kase} />
      </div>
    </>
  )
}
