import { Button, Divider, Stack, Text, TextInput, Title } from '@mantine/core'
import type { ReactNode } from 'react'
import { useT } from '../i18n.ts'
import { focusFirstWrong } from '../ui/focus-first-wrong.ts'
import { NewPassword } from '../ui/new-password.tsx'
import { OrganisationFields } from './organisation-fields.tsx'
import { Problem } from '../ui/problem.tsx'
import { useSetUp } from './use-set-up.ts'

export function SetUpForm({ onTooLate }: { onTooLate: () => void }) {
  const t = useT()
  const { form, submit, problem, isBusy } = useSetUp(onTooLate)
  const { name, email } = form.values
  return (
    <form onSubmit={form.onSubmit(submit, focusFirstWrong)} noValidate>
      <Stack mt="lg">
        <TextInput
          label={t('sign_in.set_up.code')}
          description={t('sign_in.set_up.code_text')}
          autoComplete="off"
          autoCapitalize="none"
          spellCheck={false}
          maxLength={40}
          autoFocus
          {...form.getInputProps('code')}
        />
        <Part title={t('sign_in.set_up.organisation_title')}>
          <OrganisationFields form={form} />
        </Part>
        <Part title={t('sign_in.set_up.owner_title')} text={t('sign_in.set_up.owner_text')}>
          <TextInput
            label={t('sign_in.set_up.name')}
            autoComplete="name"
            maxLength={200}
            {...form.getInputProps('name')}
          />
          <TextInput
            type="email"
            label={t('sign_in.email')}
            autoComplete="username"
            autoCapitalize="none"
            spellCheck={false}
            {...form.getInputProps('email')}
          />
          <NewPassword
            label={t('sign_in.new_password.label')}
            about={[name, email]}
            value={form.values.password}
            onChange={(value) => form.setFieldValue('password', value)}
            error={form.errors.password}
          />
        </Part>
        <Problem>{problem}</Problem>
        <Button type="submit" loading={isBusy} fullWidth>
          {t('sign_in.set_up.submit')}
        </Button>
      </Stack>
    </form>
  )
}

function Part({ title, text, children }: { title: string; text?: string; children: ReactNode }) {
  return (
    <Stack component="section">
      <Divider />
      <div>
        <Title order={2}>{title}</Title>
        {text && (
          <Text size="sm" c="dimmed">
            {text}
          </Text>
        )}
      </div>
      {children}
    </Stack>
  )
}
