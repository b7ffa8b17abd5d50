import type { AlertView } from '@clinicacrm/contract/case-page.ts'
import {
  IconAlertTriangle,
  IconBandage,
  IconCalendarQuestion,
  IconMessageExclamation,
  IconPhoneOff,
  IconShieldQuestion,
  IconUserExclamation,
  IconUsers,
  type Icon,
} from '@tabler/icons-react'
import { useT } from '../i18n.ts'
import classes from './alerts.module.css'

const icons: Record<AlertView['kind'], Icon> = {
  do_not_contact: IconPhoneOff,
  patient_alert: IconAlertTriangle,
  complaint: IconMessageExclamation,
  post_op: IconBandage,
  identity_unconfirmed: IconShieldQuestion,
  possible_duplicate: IconUsers,
  wrong_number: IconUserExclamation,
  no_next_action: IconCalendarQuestion,
}

/** Icon and words of an alert; what somebody wrote about this patient stands for itself. */
export function AlertContent({ kind, text }: Pick<AlertView, 'kind' | 'text'>) {
  const t = useT()
  const Icon = icons[kind]
  const isWritten = kind === 'patient_alert' && text
  return (
    <>
      <Icon size={16} stroke={1.75} aria-hidden className={classes.icon} />
      <bdi className={classes.text}>
        {isWritten ? text : t(`case.alerts.${kind}.${text ? 'because' : 'plain'}`, { text })}
      </bdi>
    </>
  )
}
