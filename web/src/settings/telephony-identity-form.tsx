import { addIdentity, identityKinds, listIdentities } from '@clinicacrm/contract/telephony.ts'
import { Button, Group, Select, Stack, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import { useT } from '../i18n.ts'
import { refresh, useCall } from '../query.ts'
import { announce } from '../ui/announce.tsx'
import { focusFirstWrong } from '../ui/focus-first-wrong.ts'
import { Problem } from '../ui/problem.tsx'
import { useGuard } from './panel.tsx'
import { useProblem } from './use-problem.ts'

type Props = { people: { id: string; name: string }[]; onDone: () => void }

export function IdentityForm({ people, onDone }: Props) {
  const t = useT()
  const { form, submit, problem, isBusy } = useIdentityForm(onDone)
  return (
    <form onSubmit={form.onSubmit(submit, focusFirstWrong)} noValidate>
      <Stack>
        <Select
          label={t('telephony.agents.person')}
          placeholder={t('telephony.unknown.choose')}
          data={people.map(({ id, name }) => ({ value: id, label: name }))}
          searchable
          openOnFocus={false}
          nothingFoundMessage={t('settings.nothing_found')}
          data-autofocus
          {...form.getInputProps('user_id')}
        />
        <Select
          label={t('telephony.agents.kind')}
          data={identityKinds.map((value) => ({ value, label: t(`telephony.kinds.${value}`) }))}
          allowDeselect={false}
          {...form.getInputProps('kind')}
        />
        <TextInput
          label={t('telephony.agents.value')}
          maxLength={254}
          autoComplete="off"
          spellCheck={false}
          {...form.getInputProps('value')}
        />
        <TextInput
          label={t('telephony.agents.provider')}
          description={t('telephony.agents.provider_text')}
          placeholder={t('telephony.agents.any_provider')}
          maxLength={40}
          autoComplete="off"
          spellCheck={false}
          {...form.getInputProps('provider')}
        />
        <Problem>{problem}</Problem>
        <Group justify="flex-end" gap="sm">
          <Button variant="default" onClick={onDone}>
            {t('common.actions.cancel')}
          </Button>
          <Button type="submit" loading={isBusy}>
            {t('settings.add')}
          </Button>
        </Group>
      </Stack>
    </form>
  )
}

type Values = { user_id: string | null; kind: (typeof identityKinds)[number]; value: string; provider: string }

function useIdentityForm(onDone: () => void) {
  const t = useT()
  const adding = useCall(addIdentity)
  const form = useForm<Values>({
    initialValues: { user_id: null, kind: 'extension', value: '', provider: '' },
    validate: {
      user_id: (value) => (value ? null : t('telephony.needed.person')),
      value: (value) => (value.trim() ? null : t('telephony.needed.value')),
    },
  })
  useGuard(form.isDirty())
  const problem = useProblem(adding.error)
  const isTaken = adding.error?.code === 'already_exists'

  function submit({ user_id, ...values }: Values) {
    adding.mutate(
      { body: { ...values, user_id: user_id! } },
      {
        onSuccess() {
          announce(t('common.saved'))
          void refresh(listIdentities)
          onDone()
        },
        onError({ code }) {
          if (code === 'already_exists') form.setErrors({ value: t('telephony.agents.taken') })
          focusFirstWrong()
        },
      },
    )
  }
  return { form, submit, problem: isTaken ? null : problem, isBusy: adding.isPending }
}
