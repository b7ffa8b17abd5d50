import { type ApiKeyView, createApiKey } from '@clinicacrm/contract/api-keys.ts'
import { scopesWithin } from '@clinicacrm/contract/permissions.ts'
import { Button, Group, Stack } from '@mantine/core'
import { useT } from '../i18n.ts'
import { useCall } from '../query.ts'
import { useMe } from '../session.ts'
import { focusFirstWrong } from '../ui/focus-first-wrong.ts'
import { Problem } from '../ui/problem.tsx'
import { KeyFields } from './key-fields.tsx'
import { bodyOf, newKeyValues } from './key-values.ts'
import { useKeyForm } from './use-key-form.ts'
import { useProblem } from './use-problem.ts'

type Props = { onMade: (made: ApiKeyView & { key: string }) => void; onCancel: () => void }

export function NewKeyForm({ onMade, onCancel }: Props) {
  const t = useT()
  const { permissions, clinics, all_clinics } = useMe()
  const usual = scopesWithin(new Set(permissions)).filter((scope) => scope === 'lookup:read')
  const form = useKeyForm(newKeyValues(all_clinics ? null : clinics.map(({ name }) => name), usual))
  const creating = useCall(createApiKey)
  const problem = useProblem(creating.error)
  return (
    <form
      noValidate
      onSubmit={form.onSubmit(
        (values) => creating.mutate({ body: { ...bodyOf(values), sandbox: values.sandbox } }, { onSuccess: onMade }),
        focusFirstWrong,
      )}
    >
      <Stack>
        <KeyFields form={form} isNew />
        <Problem>{problem}</Problem>
        <Group justify="flex-end" gap="sm">
          <Button variant="default" onClick={onCancel}>
            {t('common.actions.cancel')}
          </Button>
          <Button type="submit" loading={creating.isPending}>
            {t('settings.keys.create')}
          </Button>
        </Group>
      </Stack>
    </form>
  )
}
