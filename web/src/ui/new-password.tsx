import { VisuallyHidden } from '@mantine/core'
import { IconCheck, IconCircle } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { useT } from '../i18n.ts'
import { isMostlyNames, passwordLength } from './new-password-text.ts'
import classes from './new-password.module.css'
import { PasswordField } from './password-field.tsx'

type Props = {
  label: string
  value: string
  onChange: (value: string) => void
  /** Names and addresses that everybody here knows: alone they are no password. */
  about: string[]
  minLength?: number
  /** The length may turn out to be enough where the account has a second factor, which this page cannot know. */
  mayHaveSecondFactor?: boolean
  error?: ReactNode
  autoFocus?: boolean
}

/** A password to be chosen, with what is asked of it ticked off while typing. */
export function NewPassword({ label, value, onChange, about, error, autoFocus = false, ...rules }: Props) {
  const t = useT()
  const { minLength = passwordLength.alone, mayHaveSecondFactor = false } = rules
  // As people count characters, and as the server does.
  const { length } = Array.from(value.normalize('NFKC'))
  return (
    <PasswordField
      name="new-password"
      label={label}
      value={value}
      onChange={(event) => onChange(event.currentTarget.value)}
      autoComplete="new-password"
      autoFocus={autoFocus}
      error={error}
      inputWrapperOrder={['label', 'input', 'error', 'description']}
      descriptionProps={{ component: 'div' }}
      description={
        <>
          <ul className={classes.hints}>
            <Hint isMet={length >= minLength}>
              {length === 0 || length >= minLength
                ? t('sign_in.new_password.length', { count: minLength })
                : t('sign_in.new_password.length_now', { count: minLength, now: length })}
            </Hint>
            <Hint isMet={length > 0 && !isMostlyNames(value, about)}>{t('sign_in.new_password.personal')}</Hint>
          </ul>
          {mayHaveSecondFactor && (
            <p className={classes.advice}>
              {t('sign_in.new_password.length_short_ok', { count: passwordLength.withSecondFactor })}
            </p>
          )}
          <p className={classes.advice}>{t('sign_in.new_password.advice')}</p>
        </>
      }
    />
  )
}

function Hint({ isMet, children }: { isMet: boolean; children: string }) {
  const t = useT()
  const Icon = isMet ? IconCheck : IconCircle
  return (
    <li className={classes.hint} data-met={isMet || undefined}>
      <Icon size={14} aria-hidden className={classes.icon} />
      {children}
      <VisuallyHidden>{isMet ? t('sign_in.new_password.met') : t('sign_in.new_password.not_met')}</VisuallyHidden>
    </li>
  )
}
