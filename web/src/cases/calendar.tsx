import { useState } from 'react'
import { useT } from '../i18n.ts'
import { useMe } from '../session.ts'
import { ErrorPanel } from '../ui/error-panel.tsx'
import { addDays, todayIn } from '../zoned.ts'
import { useIsNarrow } from '../ui/use-is-narrow.ts'
import { CalendarAgenda } from './calendar-agenda.tsx'
import { type Span, weeksOf } from './calendar-days.ts'
import { CalendarGrid } from './calendar-grid.tsx'
import { CalendarHead } from './calendar-head.tsx'
import { daysWith } from './calendar-moves.ts'
import { useCaseChanges, usePendingCases } from './case-changes.tsx'
import { useCalendarDays } from './case-queries.ts'
import pageClasses from './cases-page.module.css'
import { DayDialog } from './day-dialog.tsx'
import { useFacts } from './facts.tsx'
import { MoveDayDialog } from './move-day-dialog.tsx'
import { movedToDay } from './moves.ts'
import { ShapeSkeleton } from './shape-skeleton.tsx'
import { useCases } from './use-cases.ts'
import type { CaseView } from '@clinicacrm/contract/cases.ts'

const perDay: Record<Span, number> = { month: 4, week: 50 }

/** Follow-ups by day, a month or a week at a time; a case is dragged to another day, or moved there by its menu. */
export function Calendar() {
  const t = useT()
  const { clinics } = useMe()
  const { search, filters } = useCases()
  const { zoneOf } = useFacts()
  const { change } = useCaseChanges()
  const isNarrow = useIsNarrow()
  const pending = usePendingCases()
  const [openDay, setOpenDay] = useState<string | null>(null)
  const [moving, setMoving] = useState<CaseView | null>(null)

  const today = todayIn(clinics[0]?.zone ?? 'Europe/Rome')
  const day = search.day ?? today
  const span: Span = search.span ?? 'month'
  const weeks = weeksOf(day, span)
  const from = weeks[0]![0]!
  const to = addDays(weeks.at(-1)!.at(-1)!, 1)
  const leaf = useCalendarDays(filters, { from, to, per_day: isNarrow ? perDay.week : perDay[span] })
  const days = daysWith(leaf.data?.days ?? [], pending, zoneOf)
  const shared = {
    day,
    span,
    today,
    weeks,
    days,
    isStale: leaf.isPlaceholderData,
    onOpen: setOpenDay,
    onMove: (kase: CaseView, to: string) =>
      change(kase, { follow_up_date: movedToDay(kase.follow_up_date, to, zoneOf(kase)) }),
    onAskDay: setMoving,
  }
  return (
    <>
      <CalendarHead day={day} span={span} today={today} weeks={weeks} />
      {leaf.isPending && <ShapeSkeleton shape="calendar" />}
      {leaf.isError && !leaf.data && (
        <div className={pageClasses.padded}>
          <ErrorPanel error={leaf.error} title={t('cases.failed')} onRetry={() => void leaf.refetch()} />
        </div>
      )}
      {leaf.data && (isNarrow ? <CalendarAgenda {...shared} /> : <CalendarGrid {...shared} />)}
      {openDay && <DayDialog day={openDay} onAskDay={setMoving} onClose={() => setOpenDay(null)} />}
      {moving && <MoveDayDialog kase={moving} onMove={shared.onMove} onClose={() => setMoving(null)} />}
    </>
  )
}
