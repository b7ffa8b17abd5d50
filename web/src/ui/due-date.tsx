import { IconAlertCircle } from '@tabler/icons-react'
import { formatDue } from '../format.ts'
import { useT } from '../i18n.ts'
import classes from './due-date.module.css'
import { useNow } from './use-now.ts'

type Props = {
  /** Null shows that there is none. */
  when: string | null
  /** The clinic's. */
  zone?: string | undefined
  /** Nothing is late any more once the case is closed. */
  settled?: boolean
}

/** When something is due, as people say it; late is red, has an icon, and says so. The exact time is in its title. */
export function DueDate({ when, zone, settled = false }: Props) {
  const t = useT()
  const now = useNow()
  if (when === null) return <span className={classes.none}>{t('common.due.none')}</span>
  const { text, exact, isOverdue } = formatDue(when, { zone, now })
  const isLate = isOverdue && !settled
  return (
    <time className={classes.due} dateTime={when} title={exact} data-late={isLate || undefined}>
      {isLate && <IconAlertCircle size={14} stroke={2} aria-hidden className={classes.icon} />}
      {isLate ? t('common.due.overdue', { when: text }) : text}
    </time>
  )
}
