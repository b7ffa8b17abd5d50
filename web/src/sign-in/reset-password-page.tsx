import { resetPassword } from '@clinicacrm/contract/session.ts'
import { Alert, Button, Stack } from '@mantine/core'
import { IconCircleCheck } from '@tabler/icons-react'
import { Link, useParams } from '@tanstack/react-router'
import { type FormEvent, useState } from 'react'
import { currentLocale, useT } from '../i18n.ts'
import { useCall } from '../query.ts'
import { focusFirstWrong } from '../ui/focus-first-wrong.ts'
import { passwordProblem } from '../ui/new-password-text.ts'
import { NewPassword } from '../ui/new-password.tsx'
import { FrontPage } from './front-page.tsx'
import { problemOf } from './problem-text.ts'
import { Problem } from '../ui/problem.tsx'
import { ToSignIn } from './to-sign-in.tsx'

/** Where the link of a forgotten password leads. */
export function ResetPasswordPage() {
  const t = useT()
  const [outcome, setOutcome] = useState<'saved' | 'expired' | null>(null)

  if (outcome === 'expired') {
    return (
      <FrontPage title={t('sign_in.reset_page.expired_title')} lead={t('sign_in.reset_page.expired_text')}>
        <Button
          mt="md"
          fullWidth
          renderRoot={(props) => <Link {...props} to="/$locale/forgot-password" params={{ locale: currentLocale() }} />}
        >
          {t('sign_in.reset_page.ask_again')}
        </Button>
      </FrontPage>
    )
  }
  if (outcome === 'saved') {
    return (
      <FrontPage title={t('sign_in.reset_page.title')}>
        <Alert mt="md" color="green" icon={<IconCircleCheck size={18} />} role="status">
          {t('sign_in.password_changed')}
        </Alert>
        <ToSignIn />
      </FrontPage>
    )
  }
  return (
    <FrontPage title={t('sign_in.reset_page.title')} lead={t('sign_in.reset_page.text')}>
      <ResetForm onOutcome={setOutcome} />
    </FrontPage>
  )
}

function ResetForm({ onOutcome }: { onOutcome: (outcome: 'saved' | 'expired') => void }) {
  const t = useT()
  const { token } = useParams({ from: '/$locale/reset-password/$token' })
  const [password, setPassword] = useState('')
  const [isMissing, setMissing] = useState(false)
  const resetting = useCall(resetPassword)
  const weak = passwordProblem(t, resetting.error)

  function submit(event: FormEvent) {
    event.preventDefault()
    setMissing(!password)
    if (!password) return focusFirstWrong()
    resetting.mutate(
      { body: { token, password } },
      {
        onSuccess: () => onOutcome('saved'),
        onError: ({ code }) => (code === 'link_expired' ? onOutcome('expired') : focusFirstWrong()),
      },
    )
  }
  return (
    <form onSubmit={submit} noValidate>
      <Stack mt="md">
        <Problem>{resetting.error && !weak ? problemOf(t, resetting.error) : null}</Problem>
        <NewPassword
          label={t('sign_in.new_password.new_label')}
          value={password}
          onChange={setPassword}
          about={[]}
          mayHaveSecondFactor
          autoFocus
          error={isMissing ? t('sign_in.new_password.needed') : weak}
        />
        <Button type="submit" loading={resetting.isPending} fullWidth>
          {t('sign_in.reset_page.submit')}
        </Button>
      </Stack>
    </form>
  )
}
