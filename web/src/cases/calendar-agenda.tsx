import { Button, Text } from '@mantine/core'
import { formatWeekday } from '../format.ts'
import { useT } from '../i18n.ts'
import type { LeafProps } from './calendar-grid.tsx'
import classes from './calendar.module.css'
import { DayCase } from './day-case.tsx'

/** The same leaf where a grid has no room: only days that hold something, one below the other. */
export function CalendarAgenda({ weeks, days, day, span, today, isStale, onOpen, onAskDay }: LeafProps) {
  const t = useT()
  const shown = weeks
    .flat()
    .filter((one) => (span === 'week' || one.slice(0, 7) === day.slice(0, 7)) && (days.get(one)?.count ?? 0) > 0)
  if (shown.length === 0) {
    return (
      <Text c="dimmed" p="md">
        {t('cases.calendar.empty')}
      </Text>
    )
  }
  return (
    <div className={classes.agenda} aria-busy={isStale}>
      {shown.map((one) => {
        const { count, cases } = days.get(one)!
        return (
          <section key={one} aria-labelledby={`day-${one}`}>
            <h3 id={`day-${one}`} className={classes.agendaDay} data-today={one === today || undefined}>
              {formatWeekday(one)}
              <span className={classes.dayCount}>{count}</span>
            </h3>
            <ul className={classes.agendaList}>
              {cases.map((kase) => (
                <DayCase key={kase.id} kase={kase} onAskDay={onAskDay} />
              ))}
            </ul>
            {count > cases.length && (
              <Button variant="subtle" color="gray" size="compact-sm" onClick={() => onOpen(one)}>
                {t('cases.calendar.more', { count: count - cases.length })}
              </Button>
            )}
          </section>
        )
      })}
    </div>
  )
}
