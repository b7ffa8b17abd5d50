import type { CaseView } from '@clinicacrm/contract/cases.ts'
import { type KeyboardEvent, useRef } from 'react'
import { formatWeekdayName } from '../format.ts'
import { useT } from '../i18n.ts'
import { CalendarCell } from './calendar-cell.tsx'
import { dayAfterKey, type Span } from './calendar-days.ts'
import type { CalendarDay } from './calendar-moves.ts'
import classes from './calendar.module.css'
import { useCases } from './use-cases.ts'

export type LeafProps = {
  day: string
  span: Span
  today: string
  weeks: string[][]
  days: ReadonlyMap<string, CalendarDay>
  isStale: boolean
  /** Shows everything of a day. */
  onOpen: (day: string) => void
  onMove: (kase: CaseView, day: string) => void
  /** Asks to which day. */
  onAskDay: (kase: CaseView) => void
}

/** A month or a week as a grid of days: arrows go from day to day, Enter opens one. */
export function CalendarGrid({ day, span, today, weeks, days, isStale, onOpen, onMove, onAskDay }: LeafProps) {
  const t = useT()
  const { show } = useCases()
  const grid = useRef<HTMLDivElement>(null)
  const keys = (event: KeyboardEvent<HTMLElement>) => {
    // A case inside a day has keys of its own.
    if ((event.target as HTMLElement).role !== 'gridcell' || event.altKey || event.ctrlKey || event.metaKey) return
    const next = dayAfterKey(day, event.key)
    if (next) {
      show({ day: next === today ? undefined : next }, true)
      focusDay(grid.current, next)
    } else if (event.key === 'Enter' || event.key === ' ') onOpen(day)
    else return
    event.preventDefault()
  }
  return (
    <div
      ref={grid}
      role="grid"
      aria-label={t('cases.calendar.label')}
      aria-busy={isStale}
      className={classes.grid}
      data-span={span}
      data-stale={isStale || undefined}
      onKeyDown={keys}
    >
      <div role="row" className={classes.weekdays}>
        {weeks[0]!.map((one) => (
          <div key={one} role="columnheader" aria-label={formatWeekdayName(one, 'long')} className={classes.weekday}>
            {formatWeekdayName(one, 'short')}
          </div>
        ))}
      </div>
      {weeks.map((week) => (
        <div key={week[0]} role="row" className={classes.week}>
          {week.map((one) => (
            <CalendarCell
              key={one}
              day={one}
              content={days.get(one) ?? null}
              span={span}
              isToday={one === today}
              isActive={one === day}
              isOutside={span === 'month' && one.slice(0, 7) !== day.slice(0, 7)}
              onOpen={onOpen}
              onMove={onMove}
              onAskDay={onAskDay}
            />
          ))}
        </div>
      ))}
    </div>
  )
}

const frames = 20

/** The day may be on a leaf that is drawn only now. */
function focusDay(grid: HTMLElement | null, day: string, tries = frames) {
  requestAnimationFrame(() => {
    const cell = grid?.querySelector<HTMLElement>(`[data-day="${day}"][tabindex="0"]`)
    if (cell) cell.focus()
    else if (tries > 0) focusDay(grid, day, tries - 1)
  })
}
