import { giveSecondFactor, type SessionView } from '@clinicacrm/contract/session.ts'
import { Button, Checkbox, Stack, TextInput } from '@mantine/core'
import { useState } from 'react'
import { useT } from '../i18n.ts'
import { useCall } from '../query.ts'
import classes from './code-step.module.css'
import { Problem } from '../ui/problem.tsx'
import { problemOf } from './problem-text.ts'

type Props = {
  kind: 'code' | 'recovery'
  onSignedIn: (session: SessionView) => void
  onOtherKind: () => void
  onRestart: () => void
  /** The password was given too long ago. */
  onExpired: () => void
}

/** The second factor: six digits of the app, or one of the codes kept for the day the phone is lost. */
export function CodeStep(props: Props) {
  const t = useT()
  const isApp = props.kind === 'code'
  const { code, type, isMissing, isTrusted, setTrusted, problem, isBusy, give } = useCode(props)
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        give(code)
      }}
    >
      <Stack mt="md">
        <Problem>{problem}</Problem>
        <TextInput
          label={isApp ? t('sign_in.code.label') : t('sign_in.recovery.label')}
          value={code}
          onChange={(event) => type(event.currentTarget.value)}
          {...(isApp
            ? { inputMode: 'numeric', autoComplete: 'one-time-code' }
            : { autoComplete: 'off', maxLength: 40 })}
          autoCapitalize="none"
          spellCheck={false}
          autoFocus
          error={isMissing && t('sign_in.code.needed')}
          classNames={{ input: classes.code! }}
        />
        {isApp && (
          <Checkbox
            label={t('sign_in.code.trust')}
            checked={isTrusted}
            onChange={(event) => setTrusted(event.currentTarget.checked)}
          />
        )}
        <Button type="submit" loading={isBusy} fullWidth>
          {t('sign_in.code.submit')}
        </Button>
        <Stack gap="xs" align="center">
          <Button variant="subtle" size="compact-sm" onClick={props.onOtherKind}>
            {isApp ? t('sign_in.code.use_recovery') : t('sign_in.code.use_app')}
          </Button>
          <Button variant="subtle" color="gray" size="compact-sm" onClick={props.onRestart}>
            {t('sign_in.code.restart')}
          </Button>
        </Stack>
      </Stack>
    </form>
  )
}

const digits = 6

function useCode({ kind, onSignedIn, onExpired }: Props) {
  const t = useT()
  const [code, setCode] = useState('')
  const [isTrusted, setTrusted] = useState(false)
  const [isMissing, setMissing] = useState(false)
  const giving = useCall(giveSecondFactor)
  const { error } = giving

  function give(typed: string) {
    const given = typed.trim()
    setMissing(!given)
    if (!given || giving.isPending) return
    giving.mutate(
      { body: { code: given, kind: kind === 'code' ? 'totp' : 'recovery', trust_device: isTrusted } },
      {
        onSuccess: ({ session }) => session && onSignedIn(session),
        onError: ({ code: why }) => {
          if (why === 'unauthorized') onExpired()
          if (why === 'wrong_code') setCode('')
        },
      },
    )
  }
  /** The sixth digit sends it: who types reads from a phone that counts down. */
  function type(text: string) {
    const next = kind === 'code' ? text.replaceAll(/\D/g, '').slice(0, digits) : text
    setCode(next)
    if (kind === 'code' && next.length === digits && next !== code) give(next)
  }
  const wrongCode = kind === 'code' ? t('sign_in.code.wrong') : t('sign_in.recovery.wrong')
  const problem = error && (error.code === 'wrong_code' ? wrongCode : problemOf(t, error))
  return {
    code,
    type,
    isMissing,
    isTrusted,
    setTrusted,
    problem,
    isBusy: giving.isPending || giving.data?.session != null,
    give,
  }
}
