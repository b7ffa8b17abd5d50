import { acceptInvitation, type getInvitation } from '@clinicacrm/contract/session.ts'
import { Button, Select, Stack, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import type { ReplyOf } from '../api.ts'
import { currentLocale, localeNames, locales, useT } from '../i18n.ts'
import { useCall } from '../query.ts'
import { focusFirstWrong } from '../ui/focus-first-wrong.ts'
import { passwordProblem } from '../ui/new-password-text.ts'
import { NewPassword } from '../ui/new-password.tsx'
import { enter } from './next.ts'
import { problemOf } from './problem-text.ts'
import { Problem } from '../ui/problem.tsx'
import { useGoToLocale } from '../go-to-locale.ts'

type Props = { token: string; invitation: ReplyOf<typeof getInvitation> }

export function InvitationForm({ token, invitation }: Props) {
  const t = useT()
  const { form, submit, problem, isBusy } = useAccept({ token, invitation })
  const goToLocale = useGoToLocale()
  return (
    <form onSubmit={form.onSubmit(submit, focusFirstWrong)} noValidate>
      <Stack mt="md">
        <TextInput
          label={t('sign_in.invitation.name')}
          autoComplete="name"
          maxLength={200}
          {...form.getInputProps('name')}
        />
        {/* Password managers keep the new password under it. */}
        <TextInput label={t('sign_in.email')} value={invitation.email} readOnly autoComplete="username" type="email" />
        <NewPassword
          label={t('sign_in.new_password.label')}
          about={[form.values.name, invitation.email]}
          autoFocus
          value={form.values.password}
          onChange={(value) => form.setFieldValue('password', value)}
          error={form.errors.password}
        />
        <Select
          label={t('sign_in.invitation.locale')}
          data={locales.map((value) => ({ value, label: localeNames[value] }))}
          allowDeselect={false}
          value={currentLocale()}
          onChange={(chosen) => goToLocale(chosen)}
        />
        <Problem>{problem}</Problem>
        <Button type="submit" loading={isBusy} fullWidth>
          {t('sign_in.invitation.submit')}
        </Button>
      </Stack>
    </form>
  )
}

function useAccept({ token, invitation }: Props) {
  const t = useT()
  const accepting = useCall(acceptInvitation)
  const { error } = accepting
  const form = useForm({
    initialValues: { name: invitation.name, password: '' },
    validate: {
      name: (value) => (value.trim() ? null : t('sign_in.name_needed')),
      password: (value) => (value ? null : t('sign_in.new_password.needed')),
    },
  })
  function submit({ name, password }: typeof form.values) {
    accepting.mutate(
      { params: { token }, body: { name: name.trim(), password, locale: currentLocale() } },
      {
        onSuccess: ({ session }) => session && enter(session),
        onError(refusal) {
          form.setFieldError('password', passwordProblem(t, refusal))
          focusFirstWrong()
        },
      },
    )
  }
  return { form, submit, problem: problemWith(), isBusy: accepting.isPending || accepting.isSuccess }

  function problemWith() {
    if (!error || passwordProblem(t, error)) return null
    return error.code === 'link_expired' ? t('sign_in.invitation.expired_text') : problemOf(t, error)
  }
}
