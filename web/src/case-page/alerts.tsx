import type { AlertView } from '@clinicacrm/contract/case-page.ts'
import { IconShieldCheck } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { formatTime } from '../format.ts'
import { currentLocale, useT } from '../i18n.ts'
import { AlertContent } from './alert-content.tsx'
import classes from './alerts.module.css'
import { useCase } from './case-context.ts'
import { IdentityCheck } from './identity-check.tsx'

/** What must be seen before the first word: icon, text and colour say the same. */
export function Alerts() {
  const t = useT()
  const { page, mayWrite } = useCase()
  const { alerts, identity_confirmed_at: confirmedAt, clinic_zone: zone } = page
  if (alerts.length === 0 && !confirmedAt) return null
  return (
    <ul className={classes.alerts} aria-label={t('case.alerts.label')}>
      {alerts.map((alert) => (
        <li key={`${alert.kind} ${alert.patient_id}`}>
          {alert.kind === 'identity_unconfirmed' && mayWrite ? <IdentityCheck /> : <Alert alert={alert} />}
        </li>
      ))}
      {confirmedAt && (
        <li className={classes.alert} data-good>
          <IconShieldCheck size={16} stroke={1.75} aria-hidden className={classes.icon} />
          {t('case.identity.confirmed_at', { time: formatTime(confirmedAt, { zone }) })}
        </li>
      )}
    </ul>
  )
}

function Alert({ alert }: { alert: AlertView }) {
  const t = useT()
  const content = <AlertContent kind={alert.kind} text={alert.text} />
  const isGrave = ['do_not_contact', 'complaint', 'post_op'].includes(alert.kind)
  if (alert.kind !== 'possible_duplicate' || !alert.patient_id) {
    return (
      <span className={classes.alert} data-grave={isGrave || undefined}>
        {content}
      </span>
    )
  }
  return (
    <Link
      to="/$locale/patients/$id"
      params={{ locale: currentLocale(), id: alert.patient_id }}
      className={classes.alert}
      title={t('case.alerts.open_duplicate')}
    >
      {content}
    </Link>
  )
}
