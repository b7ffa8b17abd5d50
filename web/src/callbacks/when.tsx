import type { CallbackView } from '@clinicacrm/contract/callbacks.ts'
import { IconAlertTriangle } from '@tabler/icons-react'
import { formatDateTime, formatRelative } from '../format.ts'
import { useT } from '../i18n.ts'
import { DueDate } from '../ui/due-date.tsx'
import classes from './callbacks.module.css'

/** By when; late and escalated are said, not only coloured. Of what is closed, when and how. */
export function When({ callback }: { callback: CallbackView }) {
  const t = useT()
  const { state, due_at, clinic_zone: zone, closed_at, result, is_overdue, is_escalated, blocked } = callback
  if (state !== 'open') {
    return (
      <div className={classes.lines}>
        {result && <span>{t(`callbacks.results.${result}`)}</span>}
        {closed_at && (
          <time className={classes.quiet} dateTime={closed_at} title={formatDateTime(closed_at, { zone })}>
            {formatRelative(closed_at, { zone })}
          </time>
        )}
      </div>
    )
  }
  if (blocked === 'do_not_contact') return <span className={classes.quiet}>{t('callbacks.never')}</span>
  return (
    <div className={classes.lines}>
      <DueDate when={due_at} zone={zone} settled={!is_overdue} />
      {is_escalated && (
        <span className={classes.escalated}>
          <IconAlertTriangle size={14} stroke={2} aria-hidden />
          {t('callbacks.escalated')}
        </span>
      )}
    </div>
  )
}
