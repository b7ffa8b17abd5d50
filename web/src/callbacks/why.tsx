import type { CallbackView } from '@clinicacrm/contract/callbacks.ts'
import { IconPhoneX } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { formatDateTime, formatRelative } from '../format.ts'
import { currentLocale, useT } from '../i18n.ts'
import { useNow } from '../ui/use-now.ts'
import classes from './callbacks.module.css'

/** What was promised, and how often they called in vain. */
export function Why({ callback }: { callback: CallbackView }) {
  const t = useT()
  const now = useNow()
  const { reason, missed_count: count, last_missed_at: at, origin_call_id: call, clinic_zone: zone } = callback
  const when = at && formatRelative(at, { zone, now })
  const missed = when ? t('callbacks.missed', { count, when }) : t('callbacks.missed_ever', { count })
  return (
    <div className={classes.lines}>
      {reason && (
        <span className={classes.reason} dir="auto" title={reason}>
          {reason}
        </span>
      )}
      {count > 0 && (
        <span className={classes.quiet} title={at ? formatDateTime(at, { zone }) : undefined}>
          <IconPhoneX size={14} stroke={1.75} aria-hidden />
          {call ? (
            <Link
              to={`/${currentLocale()}/calls` as never}
              search={{ call } as never}
              className={classes.quietLink ?? ''}
            >
              {missed}
            </Link>
          ) : (
            missed
          )}
        </span>
      )}
      {!reason && count === 0 && <span className={classes.quiet}>{t('callbacks.promised')}</span>}
    </div>
  )
}
