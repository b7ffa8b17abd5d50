import { type ApiKeyView, listApiKeys, saveApiKey } from '@clinicacrm/contract/api-keys.ts'
import { Button, Group, Stack } from '@mantine/core'
import { useT } from '../i18n.ts'
import { refresh, useCall } from '../query.ts'
import { announce } from '../ui/announce.tsx'
import { focusFirstWrong } from '../ui/focus-first-wrong.ts'
import { Problem } from '../ui/problem.tsx'
import { changedFields } from './changed-fields.ts'
import { KeyFields } from './key-fields.tsx'
import { bodyOf, type KeyValues, valuesOfKey } from './key-values.ts'
import { useKeyForm } from './use-key-form.ts'
import { useProblem } from './use-problem.ts'

type Props = { apiKey: ApiKeyView; onDone: () => void }

export function EditKeyForm({ apiKey, onDone }: Props) {
  const t = useT()
  const initial = valuesOfKey(apiKey)
  const form = useKeyForm(initial)
  const saving = useCall(saveApiKey)
  const problem = useProblem(saving.error)

  function submit(values: KeyValues) {
    // Only what was changed here: a colleague may be changing the rest.
    const body = changedFields(bodyOf(initial), bodyOf(values))
    saving.mutate({ params: { id: apiKey.id }, body }, { onSuccess: saved })
  }
  function saved() {
    announce(t('common.saved'))
    void refresh(listApiKeys)
    onDone()
  }
  return (
    <form noValidate onSubmit={form.onSubmit(submit, focusFirstWrong)}>
      <Stack>
        <KeyFields form={form} />
        <Problem>{problem}</Problem>
        <Group justify="flex-end" gap="sm">
          <Button variant="default" onClick={onDone}>
            {t('common.actions.cancel')}
          </Button>
          <Button type="submit" loading={saving.isPending} disabled={!form.isDirty()}>
            {t('common.actions.save')}
          </Button>
        </Group>
      </Stack>
    </form>
  )
}
