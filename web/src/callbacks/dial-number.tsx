import type { CallbackView } from '@clinicacrm/contract/callbacks.ts'
import { Button } from '@mantine/core'
import { IconClockPause, IconPhone } from '@tabler/icons-react'
import { DialLink } from '../dial-number.tsx'
import { formatPhone } from '../format.ts'
import { useT } from '../i18n.ts'
import { useMe } from '../session.ts'
import classes from './callbacks.module.css'
import { useName } from './use-callbacks.ts'

/** The number, which dials when it is pressed; not where nobody may call, and not at hours when nobody should. */
export function DialNumber({ callback }: { callback: CallbackView }) {
  const t = useT()
  const mayDial = useMe().may('calls:handle')
  const name = useName()(callback)
  const { phone, blocked, state } = callback
  if (!phone) return <span className={classes.quiet}>{t('callbacks.no_number')}</span>
  const number = <bdi>{formatPhone(phone)}</bdi>
  if (state === 'open' && !blocked && mayDial) {
    return (
      <Button
        component={DialLink}
        phone={phone}
        name={name}
        variant="default"
        size="xs"
        leftSection={<IconPhone size={14} aria-hidden className={classes.dialIcon} />}
        className={classes.dial ?? ''}
      >
        {number}
      </Button>
    )
  }
  return (
    <div className={classes.lines}>
      <span data-tabular>{number}</span>
      {(blocked === 'quiet_hours' || blocked === 'closed_today') && (
        <span className={classes.quiet}>
          <IconClockPause size={14} stroke={1.75} aria-hidden />
          {t(`callbacks.blocked.${blocked}`)}
        </span>
      )}
    </div>
  )
}
