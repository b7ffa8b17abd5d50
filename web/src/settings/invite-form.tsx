import type { Role } from '@clinicacrm/contract/permissions.ts'
import { inviteUser } from '@clinicacrm/contract/users.ts'
import { Button, Group, Select, Stack, Text, TextInput } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import type { ApiError, ReplyOf } from '../api.ts'
import { useDraft } from '../drafts.ts'
import { formatAgo } from '../format.ts'
import { currentLocale, type Locale, localeNames, locales, useT } from '../i18n.ts'
import { useCall } from '../query.ts'
import { useMe } from '../session.ts'
import { textOfError } from '../ui/error-text.ts'
import { focusFirstWrong } from '../ui/focus-first-wrong.ts'
import { Problem } from '../ui/problem.tsx'
import { ClinicsChoice } from './clinics-choice.tsx'
import { RoleChoice } from './role-choice.tsx'

type Values = { name: string; email: string; role: Role; clinics: string[] | null; locale: Locale }
type Props = { onSent: (sent: ReplyOf<typeof inviteUser>) => void; onCancel: () => void }

/** Kept as a draft: whoever goes to look up an address finds the rest as it was. */
export function InviteForm(props: Props) {
  const t = useT()
  const invite = useInvite(props)
  const { draft, problem, submit, isBusy } = invite
  return (
    <form onSubmit={submit} noValidate>
      <Stack>
        <Fields {...invite} />
        <Problem>{problem}</Problem>
        {draft.restoredAt && (
          <Text size="sm" c="dimmed">
            {t('settings.draft_restored', { when: formatAgo(draft.restoredAt) })}
          </Text>
        )}
        <Group justify="flex-end" gap="sm">
          {draft.restoredAt && (
            <Button variant="subtle" color="gray" onClick={draft.clear} me="auto">
              {t('settings.start_over')}
            </Button>
          )}
          <Button variant="default" onClick={props.onCancel}>
            {t('common.actions.cancel')}
          </Button>
          <Button type="submit" loading={isBusy}>
            {t('settings.invite.submit')}
          </Button>
        </Group>
      </Stack>
    </form>
  )
}

function Fields({ values, set, wrong }: Pick<ReturnType<typeof useInvite>, 'values' | 'set' | 'wrong'>) {
  const t = useT()
  return (
    <>
      <TextInput
        label={t('settings.users.name')}
        value={values.name}
        onChange={(event) => set({ name: event.currentTarget.value })}
        maxLength={200}
        autoComplete="off"
        data-autofocus
        error={wrong.name}
      />
      <TextInput
        type="email"
        label={t('settings.users.email')}
        value={values.email}
        onChange={(event) => set({ email: event.currentTarget.value })}
        maxLength={254}
        autoComplete="off"
        error={wrong.email}
      />
      <RoleChoice value={values.role} onChange={(role) => set({ role, ...(role === 'owner' && { clinics: null }) })} />
      <ClinicsChoice
        label={t('settings.users.clinics')}
        text={t('settings.users.all_clinics_text')}
        value={values.clinics}
        onChange={(clinics) => set({ clinics })}
        isReadOnly={values.role === 'owner'}
        error={wrong.clinics ?? null}
      />
      <Select
        label={t('settings.invite.locale')}
        data={locales.map((value) => ({ value, label: localeNames[value] }))}
        value={values.locale}
        onChange={(locale) => set({ locale: locale as Locale })}
        allowDeselect={false}
      />
    </>
  )
}

type Wrong = { name?: string; email?: string; clinics?: string }

function useInvite({ onSent }: Props) {
  const t = useT()
  const { clinics, all_clinics } = useMe()
  const mine = all_clinics ? null : clinics.map(({ name }) => name)
  const empty: Values = { name: '', email: '', role: 'agent', clinics: mine, locale: currentLocale() }
  const draft = useDraft<Values>('settings.invite', empty)
  const [isTried, setTried] = useState(false)
  const inviting = useCall(inviteUser)
  const { value: values } = draft
  const wrong = isTried ? wrongIn(values) : {}

  function wrongIn({ name, email, clinics: chosen }: Values): Wrong {
    return {
      ...(!name.trim() && { name: t('settings.needed.name') }),
      ...(!/^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(email.trim()) && { email: t('sign_in.email_wrong') }),
      ...(chosen?.length === 0 && { clinics: t('settings.needed.clinic') }),
    }
  }
  function submit(event: FormEvent) {
    event.preventDefault()
    setTried(true)
    if (Object.keys(wrongIn(values)).length) return focusFirstWrong()
    const body = { ...values, name: values.name.trim(), email: values.email.trim() }
    inviting.mutate({ body }, { onSuccess: sent })
  }
  function sent(reply: ReplyOf<typeof inviteUser>) {
    draft.clear()
    onSent(reply)
  }
  const problemWith = (error: ApiError) =>
    error.code === 'already_exists' ? t('settings.invite.known') : textOfError(t, error)
  return {
    draft,
    values,
    set: (change: Partial<Values>) => draft.set({ ...values, ...change }),
    wrong,
    problem: inviting.error && problemWith(inviting.error),
    submit,
    isBusy: inviting.isPending,
  }
}
