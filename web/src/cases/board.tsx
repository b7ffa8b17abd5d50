import type { getBoard } from '@clinicacrm/contract/case-lists.ts'
import type { CaseView } from '@clinicacrm/contract/cases.ts'
import { classOf, type StatusCode } from '@clinicacrm/contract/lifecycle.ts'
import { dropTargetForElements } from '@atlaskit/pragmatic-drag-and-drop/element/adapter'
import { Button, Text } from '@mantine/core'
import { useEffect, useId, useRef, useState } from 'react'
import type { ReplyOf } from '../api.ts'
import { formatNumber } from '../format.ts'
import { useT } from '../i18n.ts'
import { useMe } from '../session.ts'
import { ErrorPanel } from '../ui/error-panel.tsx'
import { StatusChip } from '../ui/status-chip.tsx'
import { columnWith } from './board-column.ts'
import { BoardCard } from './board-card.tsx'
import { boardKeys } from './board-keys.ts'
import classes from './board.module.css'
import { useCaseChanges, usePendingCases } from './case-changes.tsx'
import { useBoard, useMoreOfColumn } from './case-queries.ts'
import pageClasses from './cases-page.module.css'
import { verdictOn } from './moves.ts'
import { NoCases } from './no-cases.tsx'
import { ShapeSkeleton } from './shape-skeleton.tsx'
import { useCases } from './use-cases.ts'

type ColumnOf = ReplyOf<typeof getBoard>['columns'][number]

/** One column for each status, cards that are due first at the top; a card is dragged, or moved by its menu or by keys. */
export function Board() {
  const t = useT()
  const { statuses } = useMe()
  const { filters } = useCases()
  const board = useBoard(filters)
  const [dragged, setDragged] = useState<CaseView | null>(null)
  if (board.isPending) return <ShapeSkeleton shape="board" />
  if (!board.data) {
    return (
      <div className={pageClasses.padded}>
        <ErrorPanel error={board.error} title={t('cases.failed')} onRetry={() => void board.refetch()} />
      </div>
    )
  }
  const columns = board.data.columns.filter(
    ({ status, count }) => count > 0 || !statuses.find(({ code }) => code === status)?.hidden,
  )
  if (columns.every(({ count }) => count === 0) && !board.isPlaceholderData) return <NoCases />
  const codes = columns.map(({ status }) => status)
  return (
    <div
      className={classes.board}
      data-stale={board.isPlaceholderData || undefined}
      data-dragging={dragged !== null || undefined}
      onKeyDown={boardKeys}
    >
      {columns.map((column) => (
        <BoardColumn key={column.status} column={column} codes={codes} dragged={dragged} onDragged={setDragged} />
      ))}
    </div>
  )
}

type ColumnProps = {
  column: ColumnOf
  /** Of all columns, in their order. */
  codes: readonly string[]
  dragged: CaseView | null
  onDragged: (kase: CaseView | null) => void
}

function BoardColumn({ column, codes, dragged, onDragged }: ColumnProps) {
  const t = useT()
  const titleId = useId()
  const { may } = useMe()
  const pending = usePendingCases()
  const more = useMore(column)
  const { element, isOver } = useDropping(column.status)
  const { cards, count } = columnWith(column.status, [...column.cases, ...more.cases], column.count, pending)
  const isOffered =
    dragged === null ||
    dragged.status === column.status ||
    verdictOn(dragged, column.status as StatusCode, may('cases:override')).isAllowed
  const shown = formatNumber(count)
  return (
    <section
      ref={element}
      aria-labelledby={titleId}
      className={classes.column}
      data-class={classOf(column.status)}
      data-over={isOver && isOffered ? true : undefined}
      data-refusing={!isOffered || undefined}
    >
      <h2 id={titleId} className={classes.title}>
        <StatusChip status={column.status} />
        <span className={classes.count}>{column.capped ? t('cases.board.capped', { shown }) : shown}</span>
      </h2>
      {!isOffered && <Text className={classes.refusal}>{t('cases.board.not_offered')}</Text>}
      <ul className={classes.cards} tabIndex={cards.length ? undefined : -1}>
        {cards.map((kase) => (
          <BoardCard key={kase.id} kase={kase} codes={codes} isMoving={pending.has(kase.id)} onDragged={onDragged} />
        ))}
        {more.canLoad && (
          <li className={classes.more}>
            <Button variant="subtle" color="gray" size="compact-sm" loading={more.isLoading} onClick={more.load}>
              {t('cases.board.more')}
            </Button>
          </li>
        )}
      </ul>
    </section>
  )
}

/** What a column holds beyond the cards that the board brings. */
function useMore({ status, next_cursor }: ColumnOf) {
  const { filters } = useCases()
  const [isWanted, setWanted] = useState(false)
  const { data, hasNextPage, fetchNextPage, isFetching } = useMoreOfColumn(filters, status, next_cursor, isWanted)
  return {
    cases: (isWanted && next_cursor !== null && data?.pages.flatMap(({ cases }) => cases)) || [],
    canLoad: next_cursor !== null && (!isWanted || hasNextPage || isFetching),
    isLoading: isWanted && isFetching,
    load: () => (isWanted ? void fetchNextPage() : setWanted(true)),
  }
}

function useDropping(status: string) {
  const element = useRef<HTMLElement>(null)
  const [isOver, setOver] = useState(false)
  const { moveTo } = useCaseChanges()
  const drop = useRef(moveTo)
  useEffect(() => {
    drop.current = moveTo
  })
  useEffect(() => {
    if (!element.current) return
    return dropTargetForElements({
      element: element.current,
      onDragEnter: () => setOver(true),
      onDragLeave: () => setOver(false),
      onDrop: ({ source }) => {
        setOver(false)
        drop.current(source.data.kase as CaseView, status as StatusCode)
      },
    })
  }, [status])
  return { element, isOver }
}
