import type { CaseView } from '@clinicacrm/contract/cases.ts'
import { useElementScrollRestoration } from '@tanstack/react-router'
import { useVirtualizer } from '@tanstack/react-virtual'
import { type CSSProperties, type RefObject, useCallback, useEffect, useLayoutEffect, useRef, useState } from 'react'
import { useT } from '../i18n.ts'
import { useMe } from '../session.ts'
import { useOpenCase } from './case-link.tsx'
import { CaseRow } from './case-row.tsx'
import classes from './case-table.module.css'
import { type ColumnName, tracksOf } from './columns.ts'
import { useSteadyScroll } from './steady-scroll.ts'
import { TableHead } from './table-head.tsx'
import { useRowKeys } from './row-keys.ts'
import type { Selection } from './use-selection.ts'

export const rowHeight = 36
const scrollId = 'cases-table'
const rowsAhead = 40

type Props = {
  rows: readonly CaseView[]
  /** How many there are in all; null while nobody knows. */
  total: number | null
  shown: readonly ColumnName[]
  selection: Selection
  isStale: boolean
  hasMore: boolean
  onMore: () => void
}

/** A grid of which only the rows on the screen are drawn: it is as quick with a million as with ten. */
export function CaseTable({ rows, total, shown, selection, isStale, hasMore, onMore }: Props) {
  const t = useT()
  const maySelect = useMe().may('cases:bulk')
  const scroller = useRef<HTMLDivElement>(null)
  const { active, setActive, openRow, virtualizer } = useTableRows(rows, scroller)
  const items = virtualizer.getVirtualItems()
  const last = items.at(-1)?.index ?? 0
  useEffect(() => {
    if (hasMore && last > rows.length - rowsAhead) onMore()
  }, [hasMore, last, rows.length, onMore])

  const onSelect = useNewest(selection.toggle)
  const keys = useRowKeys({ rows, active, setActive, selection, maySelect, openRow, scroller, virtualizer })
  const { template, least } = tracksOf(shown, maySelect)
  return (
    <div
      ref={scroller}
      className={classes.scroller}
      data-scroll-restoration-id={scrollId}
      data-stale={isStale || undefined}
      data-bar={selection.isSome || undefined}
    >
      <div
        role="grid"
        aria-label={t('cases.table.label')}
        aria-rowcount={total === null ? -1 : total + 1}
        aria-colcount={shown.length + (maySelect ? 2 : 1)}
        aria-multiselectable={maySelect}
        aria-busy={isStale}
        className={classes.grid}
        style={{ '--columns': template, minInlineSize: least } as CSSProperties}
        onKeyDown={keys}
      >
        <TableHead shown={shown} rows={rows} selection={maySelect ? selection : null} />
        <div role="rowgroup" className={classes.body} style={{ blockSize: virtualizer.getTotalSize() }}>
          {items.map(({ index, start }) => {
            const kase = rows[index]!
            return (
              <CaseRow
                key={kase.id}
                kase={kase}
                index={index}
                start={start - virtualizer.options.scrollMargin}
                shown={shown}
                isActive={index === active}
                isSelected={selection.has(kase.id)}
                maySelect={maySelect}
                onSelect={onSelect}
                onActive={setActive}
              />
            )
          })}
        </div>
      </div>
    </div>
  )
}

function useTableRows(rows: readonly CaseView[], scroller: RefObject<HTMLDivElement | null>) {
  const entry = useElementScrollRestoration({ id: scrollId })
  const open = useOpenCase()
  const [activeId, setActiveId] = useState<string | null>(null)
  const virtualizer = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    getItemKey: (index) => rows[index]!.id,
    overscan: 6,
    // The heading sticks above the rows.
    scrollMargin: rowHeight,
    scrollPaddingStart: rowHeight,
    initialOffset: entry?.scrollY ?? 0,
  })
  useSteadyScroll(rows, virtualizer, scroller)
  const found = rows.findIndex(({ id }) => id === activeId)
  return {
    virtualizer,
    active: Math.max(0, found),
    setActive: setActiveId,
    openRow: (index: number) => {
      const kase = rows[index]
      if (kase) open(kase.id)
    },
  }
}

/** A function that stays the same and does what the newest one does: rows need not be drawn again for it. */
function useNewest<Args extends unknown[]>(run: (...args: Args) => void) {
  const newest = useRef(run)
  useLayoutEffect(() => void (newest.current = run))
  return useCallback((...args: Args) => newest.current(...args), [])
}
