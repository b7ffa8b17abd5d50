import { changePassword, listSessions } from '@clinicacrm/contract/profile.ts'
import { Button, Group, Stack } from '@mantine/core'
import { useForm } from '@mantine/form'
import { useT } from '../i18n.ts'
import { refresh, useCall } from '../query.ts'
import { useMe } from '../session.ts'
import { announce } from '../ui/announce.tsx'
import { textOfError } from '../ui/error-text.ts'
import { focusFirstWrong } from '../ui/focus-first-wrong.ts'
import { passwordLength, passwordProblem } from '../ui/new-password-text.ts'
import { NewPassword } from '../ui/new-password.tsx'
import { PasswordField } from '../ui/password-field.tsx'
import { Problem } from '../ui/problem.tsx'
import { Fieldset } from './fieldset.tsx'
import { Done } from './done.tsx'

/** Ends the sessions of other browsers, and says so beforehand. */
export function PasswordForm() {
  const t = useT()
  const { user, organisation } = useMe()
  const { form, submit, changing, problem, minLength } = usePasswordForm()
  return (
    <Fieldset title={t('settings.password.title')} text={t('settings.password.text')}>
      <form onSubmit={form.onSubmit(submit, focusFirstWrong)} noValidate>
        <Stack>
          <Problem>{problem}</Problem>
          {changing.isSuccess && <Done>{t('settings.password.done')}</Done>}
          {/* Tells a password manager whose password it is. */}
          <input type="email" autoComplete="username" value={user.email} readOnly hidden />
          <PasswordField
            label={t('settings.password.current')}
            autoComplete="current-password"
            maxLength={256}
            {...form.getInputProps('current_password')}
          />
          <NewPassword
            label={t('settings.password.new')}
            about={[user.name, user.email, organisation.name]}
            minLength={minLength}
            value={form.values.password}
            onChange={(value) => form.setFieldValue('password', value)}
            error={form.errors.password}
          />
          <Group>
            <Button type="submit" loading={changing.isPending}>
              {t('settings.password.submit')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Fieldset>
  )
}

function usePasswordForm() {
  const t = useT()
  const { user } = useMe()
  const minLength = user.two_factor_enabled ? passwordLength.withSecondFactor : passwordLength.alone
  const changing = useCall(changePassword)
  const form = useForm({
    initialValues: { current_password: '', password: '' },
    validate: {
      current_password: (value) => (value ? null : t('settings.needed.current_password')),
      password: (value) => (value ? null : t('sign_in.new_password.needed')),
    },
  })

  function submit(body: typeof form.values) {
    changing.mutate(
      { body },
      {
        onSuccess() {
          form.reset()
          announce(t('settings.password.done'))
          void refresh(listSessions)
        },
        onError(refusal) {
          if (refusal.code === 'wrong_credentials') form.setFieldError('current_password', t('settings.password.wrong'))
          form.setFieldError('password', passwordProblem(t, refusal, minLength))
          focusFirstWrong()
        },
      },
    )
  }
  const { error } = changing
  const isAtField = error?.code === 'wrong_credentials' || passwordProblem(t, error) !== null
  return { form, submit, changing, minLength, problem: error && !isAtField ? textOfError(t, error) : null }
}
