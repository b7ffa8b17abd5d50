import type { CaseView } from '@clinicacrm/contract/cases.ts'
import { classOf } from '@clinicacrm/contract/lifecycle.ts'
import { draggable, dropTargetForElements } from '@atlaskit/pragmatic-drag-and-drop/element/adapter'
import { VisuallyHidden } from '@mantine/core'
import { IconAlertCircle } from '@tabler/icons-react'
import { useEffect, useRef, useState } from 'react'
import { formatTime, formatWeekday } from '../format.ts'
import { useT } from '../i18n.ts'
import { useMe } from '../session.ts'
import { useNow } from '../ui/use-now.ts'
import { useStatusLabel } from '../ui/status-chip.tsx'
import type { Span } from './calendar-days.ts'
import type { LeafProps } from './calendar-grid.tsx'
import type { CalendarDay } from './calendar-moves.ts'
import classes from './calendar.module.css'
import { CaseLink } from './case-link.tsx'
import { nameOf } from './case-names.ts'
import { useFacts } from './facts.tsx'
import { isSettled } from '../move-rules.ts'

type Props = {
  day: string
  content: CalendarDay | null
  span: Span
  isToday: boolean
  isActive: boolean
  isOutside: boolean
} & Pick<LeafProps, 'onOpen' | 'onMove' | 'onAskDay'>

const shownInMonth = 3

/** One day: its first cases, and how many more there are. By keyboard they are reached by opening the day. */
export function CalendarCell({ day, content, span, isToday, isActive, isOutside, onOpen, onMove }: Props) {
  const t = useT()
  const { element, isOver } = useDayAsTarget(day, onMove)
  const { count = 0, cases = [] } = content ?? {}
  const shown = span === 'month' ? cases.slice(0, count > shownInMonth + 1 ? shownInMonth : shownInMonth + 1) : cases
  const more = count - shown.length
  return (
    <div
      ref={element}
      role="gridcell"
      aria-current={isToday ? 'date' : undefined}
      data-day={day}
      data-today={isToday || undefined}
      data-outside={isOutside || undefined}
      data-over={isOver || undefined}
      tabIndex={isActive ? 0 : -1}
      className={classes.cell}
      onDoubleClick={() => onOpen(day)}
    >
      <VisuallyHidden>{t('cases.calendar.day', { day: formatWeekday(day), count })}</VisuallyHidden>
      <div className={classes.dayLine} aria-hidden>
        <span className={classes.dayNumber}>{Number(day.slice(8))}</span>
        {count > 0 && <span className={classes.dayCount}>{count}</span>}
      </div>
      {shown.map((kase) => (
        <Entry key={kase.id} kase={kase} />
      ))}
      {more > 0 && (
        <button type="button" tabIndex={-1} className={classes.more} onClick={() => onOpen(day)}>
          {t('cases.calendar.more', { count: more })}
        </button>
      )}
    </div>
  )
}

function Entry({ kase }: { kase: CaseView }) {
  const t = useT()
  const { may } = useMe()
  const zone = useFacts().zoneOf(kase)
  const labelOf = useStatusLabel()
  const element = useDraggable(kase, may('cases:write'))
  const time = kase.follow_up_date && formatTime(kase.follow_up_date, { zone })
  const name = nameOf(t, kase)
  const isLate = useIsLate(kase, time)
  return (
    <div ref={element} className={classes.entry} data-class={classOf(kase.status)} data-late={isLate || undefined}>
      <CaseLink
        id={kase.id}
        className={classes.entryLink!}
        tabIndex={-1}
        draggable={false}
        title={labelOf(kase.status)}
      >
        {isLate && (
          <IconAlertCircle size={12} stroke={2} className={classes.late} aria-label={t('cases.calendar.late')} />
        )}
        {time !== wholeDay && <span className={classes.time}>{time}</span>}
        <span className={classes.entryName}>{name}</span>
      </CaseLink>
    </div>
  )
}

const wholeDay = '00:00'

function useIsLate(kase: CaseView, time: string | null) {
  const now = useNow()
  if (kase.follow_up_date === null || isSettled(kase.status)) return false
  // Midnight is how a day without a time is kept: late when the day is over.
  const end = Date.parse(kase.follow_up_date) + (time === wholeDay ? 86_400_000 : 0)
  return end < now.getTime()
}

function useDraggable(kase: CaseView, isEnabled: boolean) {
  const element = useRef<HTMLDivElement>(null)
  useEffect(() => {
    if (!element.current || !isEnabled) return
    return draggable({ element: element.current, getInitialData: () => ({ kase }) })
  }, [kase, isEnabled])
  return element
}

function useDayAsTarget(day: string, onMove: LeafProps['onMove']) {
  const element = useRef<HTMLDivElement>(null)
  const [isOver, setOver] = useState(false)
  const drop = useRef(onMove)
  useEffect(() => {
    drop.current = onMove
  })
  useEffect(() => {
    if (!element.current) return
    return dropTargetForElements({
      element: element.current,
      onDragEnter: () => setOver(true),
      onDragLeave: () => setOver(false),
      onDrop: ({ source }) => {
        setOver(false)
        drop.current(source.data.kase as CaseView, day)
      },
    })
  }, [day])
  return { element, isOver }
}
