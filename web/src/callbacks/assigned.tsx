import type { CallbackView } from '@clinicacrm/contract/callbacks.ts'
import { Button } from '@mantine/core'
import { useT } from '../i18n.ts'
import { useMe } from '../session.ts'
import { PersonAvatar } from '../ui/person-avatar.tsx'
import classes from './callbacks.module.css'
import { useCallbackActs, useColleagues, useName } from './use-callbacks.ts'

/** Whose it is; nobody's can be taken at once. */
export function Assigned({ callback }: { callback: CallbackView }) {
  const t = useT()
  const { user, may } = useMe()
  const { nameOf } = useColleagues()
  const acts = useCallbackActs()
  const who = useName()(callback)
  const { assigned_to, state, blocked } = callback
  if (assigned_to) {
    const name = nameOf(assigned_to)
    return (
      <span className={classes.person}>
        <PersonAvatar name={name} size={22} />
        <span className={classes.personName}>{name}</span>
      </span>
    )
  }
  if (state !== 'open' || blocked === 'do_not_contact' || !may('calls:handle')) {
    return <span className={classes.quiet}>{t('callbacks.nobody')}</span>
  }
  return (
    <Button
      variant="subtle"
      size="compact-sm"
      aria-label={t('callbacks.acts.take_of', { name: who })}
      onClick={() => acts.quietly(acts.assign(callback, user.email, user.name))}
    >
      {t('callbacks.acts.take')}
    </Button>
  )
}
