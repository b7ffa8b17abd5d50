import type { CaseView } from '@clinicacrm/contract/cases.ts'
import { Link } from '@tanstack/react-router'
import { formatNumber, fullName } from '../format.ts'
import { currentLocale, useT } from '../i18n.ts'
import { useMe } from '../session.ts'
import { DueDate } from '../ui/due-date.tsx'
import { StatusChip } from '../ui/status-chip.tsx'
import classes from './desk-page.module.css'

type Props = {
  title: 'overdue' | 'today' | 'tomorrow' | 'unassigned'
  due: { count: number; cases: CaseView[] }
  /** The same cases in the list, where all of them are. */
  search: Record<string, string | string[]>
}

/** Cases that wait, the first of them; nothing at all when none does. */
export function DueCases({ title, due, search }: Props) {
  const t = useT()
  const { clinics } = useMe()
  if (due.count === 0) return null
  const zoneOf = ({ clinic_id }: CaseView) => clinics.find(({ id }) => id === clinic_id)?.zone
  return (
    <section aria-labelledby={title}>
      <h2 id={title} className={classes.heading} data-late={title === 'overdue' || undefined}>
        {t(`desk.due.${title}`)}
        <span className={classes.count}>{formatNumber(due.count)}</span>
      </h2>
      <ul className={classes.rows}>
        {due.cases.map((one) => (
          <li key={one.id} className={classes.row}>
            <span className={classes.who}>
              <Link
                to="/$locale/cases/$id"
                params={{ locale: currentLocale(), id: one.id }}
                className={classes.name ?? ''}
                dir="auto"
              >
                {fullName(one) || t('desk.palette.unnamed')}
              </Link>
              <span className={classes.quiet} dir="auto">
                {[one.follow_up_reason, one.treatment, one.clinic].filter(Boolean).join(' · ')}
              </span>
            </span>
            <StatusChip status={one.status} />
            <span className={classes.when}>
              <DueDate when={one.follow_up_date} zone={zoneOf(one)} />
            </span>
          </li>
        ))}
      </ul>
      {due.count > due.cases.length && (
        <Link to={`/${currentLocale()}/cases` as never} search={search as never} className={classes.all ?? ''}>
          {t('desk.show_all', { count: due.count, number: formatNumber(due.count) })}
        </Link>
      )}
    </section>
  )
}
