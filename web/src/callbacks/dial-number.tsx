import type { CallbackView } from '@clinicacrm/contract/callbacks.ts'
import { Button } from '@mantine/core'
import { IconClockPause, IconPhone } from '@tabler/icons-react'
import { dial } from '../dial.ts'
import { formatPhone } from '../format.ts'
import { useT } from '../i18n.ts'
import { useMe } from '../session.ts'
import { toast } from '../ui/toast.tsx'
import classes from './callbacks.module.css'
import { useName } from './use-callbacks.ts'

/** The number, which dials when it is pressed; not where nobody may call, and not at hours when nobody should. */
export function DialNumber({ callback }: { callback: CallbackView }) {
  const t = useT()
  const mayDial = useMe().may('calls:handle')
  const name = useName()(callback)
  const { phone, blocked, state } = callback
  if (!phone) return <span className={classes.quiet}>{t('callbacks.no_number')}</span>
  const shown = formatPhone(phone)
  const number = phone.replaceAll(/[^+\d]/g, '')
  const tel = `tel:${number}`
  if (state === 'open' && !blocked && mayDial) {
    return (
      <Button
        component="a"
        href={tel}
        onClick={(event) => {
          event.preventDefault()
          void dial(number, tel).then(
            (isTaken) => isTaken && toast({ text: t('callbacks.dialling', { number: shown }) }),
          )
        }}
        variant="default"
        size="xs"
        leftSection={<IconPhone size={14} aria-hidden className={classes.dialIcon} />}
        aria-label={t('callbacks.dial', { name, number: shown })}
        className={classes.dial}
      >
        <bdi>{shown}</bdi>
      </Button>
    )
  }
  return (
    <div className={classes.lines}>
      <span data-tabular>
        <bdi>{shown}</bdi>
      </span>
      {(blocked === 'quiet_hours' || blocked === 'closed_today') && (
        <span className={classes.quiet}>
          <IconClockPause size={14} stroke={1.75} aria-hidden />
          {t(`callbacks.blocked.${blocked}`)}
        </span>
      )}
    </div>
  )
}
