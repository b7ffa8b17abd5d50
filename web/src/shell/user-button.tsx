import type { ComponentProps } from 'react'
import { useT } from '../i18n.ts'
import { useMe } from '../session.ts'
import { PersonAvatar } from '../ui/person-avatar.tsx'
import classes from './user-button.module.css'

export function UserButton(props: ComponentProps<'button'>) {
  const t = useT()
  const { user } = useMe()
  return (
    <button type="button" className={classes.button} aria-label={t('shell.menu.open', { name: user.name })} {...props}>
      <PersonAvatar name={user.name} size={32} />
    </button>
  )
}
