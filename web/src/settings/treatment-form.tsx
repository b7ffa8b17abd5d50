import {
  createTreatment,
  listTreatments,
  saveTreatment,
  type TreatmentFields,
} from '@clinicacrm/contract/treatments.ts'
import { Button, Group, Select, Stack, Switch, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import { useT } from '../i18n.ts'
import { refresh, useCall } from '../query.ts'
import { announce } from '../ui/announce.tsx'
import { focusFirstWrong } from '../ui/focus-first-wrong.ts'
import { Problem } from '../ui/problem.tsx'
import { changedFields } from './changed-fields.ts'
import { useGuard } from './panel.tsx'
import { useProblem } from './use-problem.ts'

type Props = { treatment: (TreatmentFields & { id: string }) | null; onDone: () => void }

const areas = ['refractive', 'cataract', 'aesthetic', 'dental', 'other'] as const

/** Null adds one. */
export function TreatmentForm({ treatment, onDone }: Props) {
  const t = useT()
  const { form, submit, problem, isBusy } = useTreatmentForm({ treatment, onDone })
  return (
    <form onSubmit={form.onSubmit(submit, focusFirstWrong)} noValidate>
      <Stack>
        <TextInput
          label={t('settings.treatments.name')}
          maxLength={200}
          data-autofocus={!treatment || undefined}
          {...form.getInputProps('name')}
        />
        <TextInput
          label={t('settings.treatments.code')}
          description={t('settings.treatments.code_text')}
          maxLength={40}
          {...form.getInputProps('code')}
        />
        <Select
          label={t('settings.treatments.area')}
          data={areas.map((value) => ({ value, label: t(`settings.areas.${value}`) }))}
          allowDeselect={false}
          {...form.getInputProps('area')}
        />
        <Switch
          label={t('settings.treatments.is_active')}
          description={t('settings.treatments.is_active_text')}
          {...form.getInputProps('active', { type: 'checkbox' })}
        />
        <Problem>{problem}</Problem>
        <Group justify="flex-end" gap="sm">
          <Button variant="default" onClick={onDone}>
            {t('common.actions.cancel')}
          </Button>
          <Button type="submit" loading={isBusy} disabled={treatment !== null && !form.isDirty()}>
            {treatment ? t('common.actions.save') : t('settings.treatments.add')}
          </Button>
        </Group>
      </Stack>
    </form>
  )
}

function useTreatmentForm({ treatment, onDone }: Props) {
  const t = useT()
  const creating = useCall(createTreatment)
  const saving = useCall(saveTreatment)
  const { code = '', name = '', area = 'refractive', active = true } = treatment ?? {}
  const initialValues: TreatmentFields = { code, name, area, active }
  const form = useForm<TreatmentFields>({
    initialValues,
    validate: {
      name: (value) => (value.trim() ? null : t('settings.needed.treatment_name')),
      code: (value) => (value.trim() ? null : t('settings.needed.code')),
    },
  })
  useGuard(form.isDirty())
  const { error } = treatment ? saving : creating
  const problem = useProblem(error)
  const callbacks = {
    onSuccess() {
      announce(t('common.saved'))
      void refresh(listTreatments)
      onDone()
    },
    onError: ({ code: why }: { code: string }) => {
      if (why === 'already_exists') form.setErrors({ code: t('settings.treatments.taken'), name: true })
      focusFirstWrong()
    },
  }

  function submit(values: TreatmentFields) {
    const body = changedFields(initialValues, values)
    if (treatment) return saving.mutate({ params: { id: treatment.id }, body }, callbacks)
    creating.mutate({ body: { ...values, name: values.name.trim(), code: values.code.trim() } }, callbacks)
  }
  return {
    form,
    submit,
    problem: error?.code === 'already_exists' ? null : problem,
    isBusy: creating.isPending || saving.isPending,
  }
}
