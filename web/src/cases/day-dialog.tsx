import type { CaseView } from '@clinicacrm/contract/cases.ts'
import { Modal, Text } from '@mantine/core'
import { formatWeekday } from '../format.ts'
import { useT } from '../i18n.ts'
import { ErrorPanel } from '../ui/error-panel.tsx'
import { SkeletonRows } from '../ui/skeleton-rows.tsx'
import { addDays } from '../zoned.ts'
import { daysWith } from './calendar-moves.ts'
import classes from './calendar.module.css'
import { usePendingCases } from './case-changes.tsx'
import { useCalendarDays } from './case-queries.ts'
import { DayCase } from './day-case.tsx'
import { useFacts } from './facts.tsx'
import { useCases } from './use-cases.ts'

const mostOfDay = 200

type Props = { day: string; onAskDay: (kase: CaseView) => void; onClose: () => void }

/** Everything that is due on one day. */
export function DayDialog({ day, onAskDay, onClose }: Props) {
  const t = useT()
  const { filters } = useCases()
  const { zoneOf } = useFacts()
  const pending = usePendingCases()
  const query = useCalendarDays(filters, { from: day, to: addDays(day, 1), per_day: mostOfDay })
  const content = daysWith(query.isPlaceholderData ? [] : (query.data?.days ?? []), pending, zoneOf).get(day)
  const isLoading = query.isPending || query.isPlaceholderData
  return (
    <Modal opened onClose={onClose} title={formatWeekday(day)} size="lg">
      {isLoading && <SkeletonRows rows={4} />}
      {query.isError && <ErrorPanel error={query.error} onRetry={() => void query.refetch()} />}
      {!isLoading && query.isSuccess && !content?.count && <Text c="dimmed">{t('cases.calendar.empty_day')}</Text>}
      {!isLoading && content && (
        <ul className={classes.agendaList}>
          {content.cases.map((kase) => (
            <DayCase key={kase.id} kase={kase} onAskDay={onAskDay} />
          ))}
        </ul>
      )}
      {!isLoading && content && content.count > content.cases.length && (
        <Text c="dimmed" size="sm" mt="sm">
          {t('cases.calendar.too_many', { count: content.count - content.cases.length })}
        </Text>
      )}
    </Modal>
  )
}
