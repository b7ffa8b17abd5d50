import type { CallbackView } from '@clinicacrm/contract/callbacks.ts'
import { IconBan } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { currentLocale, useT } from '../i18n.ts'
import classes from './callbacks.module.css'
import { useName } from './use-callbacks.ts'

/** Who waits, with the way to their case, and whether they may be called at all. */
export function Who({ callback }: { callback: CallbackView }) {
  const t = useT()
  const name = <bdi>{useName()(callback)}</bdi>
  const { case_id, patient_id, blocked, blocked_reason, clinic } = callback
  const locale = currentLocale()
  return (
    <div className={classes.lines}>
      {case_id ? (
        <Link to="/$locale/cases/$id" params={{ locale, id: case_id }} className={classes.name ?? ''}>
          {name}
        </Link>
      ) : patient_id ? (
        <Link to="/$locale/patients/$id" params={{ locale, id: patient_id }} className={classes.name ?? ''}>
          {name}
        </Link>
      ) : (
        <span className={classes.name} data-unknown>
          {name}
        </span>
      )}
      {blocked === 'do_not_contact' ? (
        <span className={classes.barred}>
          <IconBan size={14} stroke={2} aria-hidden />
          {blocked_reason ? t('common.dial.barred_because', { why: blocked_reason }) : t('common.dial.barred')}
        </span>
      ) : (
        clinic && <span className={classes.quiet}>{clinic}</span>
      )}
    </div>
  )
}
