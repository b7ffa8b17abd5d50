import type { ComponentProps } from 'react'
import { useT } from '../i18n.ts'
import { useMe } from '../session.ts'
import { PersonAvatar } from '../ui/person-avatar.tsx'
import classes from './user-button.module.css'

/** Oneself, as initials; a menu adds what it needs to its target. */
export function UserButton({ className = '', ...props }: ComponentProps<'button'>) {
  const t = useT()
  const { user } = useMe()
  return (
    <button
      type="button"
      {...props}
      className={`${classes.button} ${className}`}
      aria-label={t('shell.menu.open', { name: user.name })}
    >
      <PersonAvatar name={user.name} size={32} />
    </button>
  )
}
