import { ActionIcon, Button, SegmentedControl, Text } from '@mantine/core'
import { IconChevronLeft, IconChevronRight } from '@tabler/icons-react'
import { formatDays, formatMonth } from '../format.ts'
import { useT } from '../i18n.ts'
import { type Span, turned } from './calendar-days.ts'
import classes from './calendar.module.css'
import { useCases } from './use-cases.ts'

type Props = { day: string; span: Span; today: string; weeks: string[][] }

/** Which leaf is shown, and the way to others. */
export function CalendarHead({ day, span, today, weeks }: Props) {
  const t = useT()
  const { show } = useCases()
  const goTo = (next: string) => show({ day: next === today ? undefined : next })
  const title = span === 'month' ? formatMonth(day) : formatDays(weeks[0]![0]!, weeks[0]!.at(-1)!)
  return (
    <div className={classes.head}>
      <Text component="h2" className={classes.title} aria-live="polite">
        {title}
      </Text>
      <ActionIcon aria-label={t(`cases.calendar.before.${span}`)} onClick={() => goTo(turned(day, span, -1))}>
        <IconChevronLeft size={18} />
      </ActionIcon>
      <ActionIcon aria-label={t(`cases.calendar.after.${span}`)} onClick={() => goTo(turned(day, span, 1))}>
        <IconChevronRight size={18} />
      </ActionIcon>
      <Button variant="default" size="compact-sm" onClick={() => goTo(today)}>
        {t('cases.calendar.today')}
      </Button>
      <SegmentedControl
        size="xs"
        className={classes.spans!}
        aria-label={t('cases.calendar.span')}
        data={(['month', 'week'] as const).map((value) => ({ value, label: t(`cases.calendar.spans.${value}`) }))}
        value={span}
        onChange={(value) => show({ span: value === 'week' ? 'week' : undefined })}
      />
    </div>
  )
}
