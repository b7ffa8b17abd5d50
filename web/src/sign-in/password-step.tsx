import { type SessionView, signIn } from '@clinicacrm/contract/session.ts'
import { Button, Stack, TextInput } from '@mantine/core'
import { type FormEvent, useRef, useState } from 'react'
import { useT } from '../i18n.ts'
import { useCall } from '../query.ts'
import { looksLikeEmail, problemOf } from './problem-text.ts'
import { PasswordField } from '../ui/password-field.tsx'
import { Problem } from '../ui/problem.tsx'

type Props = {
  email: string | undefined
  /** Why one is here again. */
  notice: string | null
  onSignedIn: (session: SessionView) => void
  onCodeNeeded: () => void
}

export function PasswordStep(props: Props) {
  const t = useT()
  const { email } = props
  const { form, submit, wrong, problem, isBusy } = usePassword(props)
  return (
    <form ref={form} onSubmit={submit} noValidate>
      <Stack mt="md">
        <Problem>{problem}</Problem>
        <TextInput
          name="email"
          type="email"
          label={t('sign_in.email')}
          defaultValue={email}
          readOnly={email !== undefined}
          autoComplete="username"
          autoCapitalize="none"
          spellCheck={false}
          autoFocus={email === undefined}
          error={wrong.email}
        />
        <PasswordField
          name="password"
          label={t('sign_in.password')}
          autoComplete="current-password"
          autoFocus={email !== undefined}
          data-autofocus={email !== undefined || undefined}
          error={wrong.password}
        />
        <Button type="submit" loading={isBusy} fullWidth>
          {t('sign_in.submit')}
        </Button>
      </Stack>
    </form>
  )
}

type Typed = { email: string; password: string }

function usePassword({ notice, onSignedIn, onCodeNeeded }: Props) {
  const t = useT()
  const form = useRef<HTMLFormElement>(null)
  const [wrong, setWrong] = useState<Partial<Typed>>({})
  const signingIn = useCall(signIn)
  const { error, data } = signingIn

  function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault()
    // Read from the form itself: what a password manager fills in is not always announced.
    const values = new FormData(event.currentTarget)
    const body = { email: textOf(values, 'email').trim(), password: textOf(values, 'password') }
    const found = wrongIn(body)
    setWrong(found)
    if (found.email || found.password) return focus(found.email ? 'email' : 'password')
    signingIn.mutate(
      { body },
      {
        onSuccess: ({ session }) => (session ? onSignedIn(session) : onCodeNeeded()),
        onError: ({ code }) => code === 'wrong_credentials' && focus('password'),
      },
    )
  }
  function wrongIn({ email, password }: Typed): Partial<Typed> {
    return {
      ...(!email && { email: t('sign_in.email_needed') }),
      ...(email && !looksLikeEmail(email) && { email: t('sign_in.email_wrong') }),
      ...(!password && { password: t('sign_in.password_needed') }),
    }
  }
  function focus(name: keyof Typed) {
    form.current?.querySelector<HTMLInputElement>(`[name="${name}"]`)?.select()
  }
  return {
    form,
    submit,
    wrong,
    problem: error ? problemOf(t, error) : notice,
    isBusy: signingIn.isPending || data?.session != null,
  }
}

const textOf = (values: FormData, name: string) => {
  const value = values.get(name)
  return typeof value === 'string' ? value : ''
}
