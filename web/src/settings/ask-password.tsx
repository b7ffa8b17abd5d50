import { Button, Group, Stack, Text } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import type { ApiError } from '../api.ts'
import { useT } from '../i18n.ts'
import { useMe } from '../session.ts'
import { textOfError } from '../ui/error-text.ts'
import { PasswordField } from '../ui/password-field.tsx'
import { Problem } from '../ui/problem.tsx'

type Props = {
  /** What will happen, and why the password is asked for. */
  text: string
  confirm: string
  isDangerous?: boolean
  error: ApiError | null
  isBusy: boolean
  onPassword: (password: string) => void
  onCancel: () => void
}

/** Before something that whoever finds an open desk must not be able to do. */
export function AskPassword({ text, confirm, isDangerous = false, error, isBusy, onPassword, onCancel }: Props) {
  const t = useT()
  const { user } = useMe()
  const [password, setPassword] = useState('')
  const [isMissing, setMissing] = useState(false)
  const isWrong = error?.code === 'wrong_credentials'

  function submit(event: FormEvent) {
    event.preventDefault()
    setMissing(!password)
    if (password) onPassword(password)
  }
  function problem() {
    if (!error || isWrong) return null
    return error.code === 'weak_password' ? t('settings.second_factor.stop_short') : textOfError(t, error)
  }
  return (
    <form onSubmit={submit} noValidate>
      <Stack>
        <Text>{text}</Text>
        <Problem>{problem()}</Problem>
        <input type="email" autoComplete="username" value={user.email} readOnly hidden />
        <PasswordField
          label={t('settings.password.current')}
          value={password}
          onChange={(event) => setPassword(event.currentTarget.value)}
          autoComplete="current-password"
          maxLength={256}
          autoFocus
          data-autofocus
          error={isMissing ? t('settings.needed.current_password') : isWrong && t('settings.password.wrong')}
        />
        <Group justify="flex-end" gap="sm">
          <Button variant="default" onClick={onCancel}>
            {t('common.actions.cancel')}
          </Button>
          <Button type="submit" {...(isDangerous && { color: 'red' })} loading={isBusy}>
            {confirm}
          </Button>
        </Group>
      </Stack>
    </form>
  )
}
