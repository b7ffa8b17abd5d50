import type { CaseView } from '@clinicacrm/contract/cases.ts'
import { formatTime } from '../format.ts'
import { useT } from '../i18n.ts'
import { StatusChip } from '../ui/status-chip.tsx'
import classes from './calendar.module.css'
import { CaseLink } from './case-link.tsx'
import { CaseMenu } from './case-menu.tsx'
import { nameOf } from './case-names.ts'
import { useFacts } from './facts.tsx'

/** A case in the list of a day. */
export function DayCase({ kase, onAskDay }: { kase: CaseView; onAskDay: (kase: CaseView) => void }) {
  const t = useT()
  const { zoneOf, shortClinic } = useFacts()
  const time = kase.follow_up_date ? formatTime(kase.follow_up_date, { zone: zoneOf(kase) }) : ''
  return (
    <li className={classes.dayCase}>
      <span className={classes.dayTime}>{time === '00:00' ? t('cases.calendar.all_day') : time}</span>
      <span className={classes.dayText}>
        <CaseLink id={kase.id} className={classes.dayName!}>
          {nameOf(t, kase)}
        </CaseLink>
        <span className={classes.dayWhere}>
          {[kase.follow_up_reason, kase.treatment, shortClinic(kase.clinic)].filter(Boolean).join(' · ')}
        </span>
      </span>
      <span className={classes.dayChip}>
        <StatusChip status={kase.status} />
      </span>
      <CaseMenu kase={kase} onMoveToDay={() => onAskDay(kase)} dayLabel={t('cases.calendar.move_to_day')} />
    </li>
  )
}
