import { forgotPassword } from '@clinicacrm/contract/session.ts'
import { Alert, Button, Stack, TextInput } from '@mantine/core'
import { IconMailOff } from '@tabler/icons-react'
import { type FormEvent, useState } from 'react'
import { currentLocale, useT } from '../i18n.ts'
import { useCall } from '../query.ts'
import { focusFirstWrong } from '../ui/focus-first-wrong.ts'
import { useFrontDoor } from './front-door.ts'
import { FrontPage } from './front-page.tsx'
import { looksLikeEmail, problemOf } from './problem-text.ts'
import { Problem } from '../ui/problem.tsx'
import { BackToSignIn, ToSignIn } from './to-sign-in.tsx'

/** Asks for a link to a new password, or says who to ask where no mail can be sent. */
export function ForgotPasswordPage() {
  const t = useT()
  const { data: door } = useFrontDoor()
  const [sentTo, setSentTo] = useState<string | null>(null)

  if (door && !door.mail) {
    return (
      <FrontPage title={t('sign_in.forgot_page.title')}>
        <Alert mt="md" color="yellow" icon={<IconMailOff size={18} />} title={t('sign_in.forgot_page.no_mail_title')}>
          {t('sign_in.forgot_page.no_mail_text')}
        </Alert>
        <ToSignIn />
      </FrontPage>
    )
  }
  if (sentTo !== null) {
    return (
      <FrontPage
        title={t('sign_in.forgot_page.sent_title')}
        lead={t('sign_in.forgot_page.sent_text', { email: sentTo })}
      >
        <Stack gap="xs">
          <ToSignIn />
          <Button variant="subtle" onClick={() => setSentTo(null)}>
            {t('sign_in.forgot_page.again')}
          </Button>
        </Stack>
      </FrontPage>
    )
  }
  return (
    <FrontPage title={t('sign_in.forgot_page.title')} lead={t('sign_in.forgot_page.text')}>
      <ForgotForm onSent={setSentTo} />
    </FrontPage>
  )
}

function ForgotForm({ onSent }: { onSent: (email: string) => void }) {
  const t = useT()
  const [email, setEmail] = useState('')
  const [isWrong, setWrong] = useState(false)
  const asking = useCall(forgotPassword)

  function submit(event: FormEvent) {
    event.preventDefault()
    const address = email.trim()
    setWrong(!looksLikeEmail(address))
    if (!looksLikeEmail(address)) return focusFirstWrong()
    asking.mutate({ body: { email: address, locale: currentLocale() } }, { onSuccess: () => onSent(address) })
  }
  return (
    <form onSubmit={submit} noValidate>
      <Stack mt="md">
        <Problem>{asking.error && problemOf(t, asking.error)}</Problem>
        <TextInput
          type="email"
          label={t('sign_in.email')}
          value={email}
          onChange={(event) => setEmail(event.currentTarget.value)}
          autoComplete="username"
          autoCapitalize="none"
          spellCheck={false}
          maxLength={254}
          autoFocus
          error={isWrong && t('sign_in.email_wrong')}
        />
        <Button type="submit" loading={asking.isPending} fullWidth>
          {t('sign_in.forgot_page.submit')}
        </Button>
        <BackToSignIn />
      </Stack>
    </form>
  )
}
