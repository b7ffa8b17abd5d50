import type { ClinicFields } from '@clinicacrm/contract/clinics.ts'
import { Button, Group, Select, SimpleGrid, Stack, Switch, TextInput } from '@mantine/core'
import { useMemo } from 'react'
import { zoneChoices } from '../countries.ts'
import { localeNames, locales, useT } from '../i18n.ts'
import { focusFirstWrong } from '../ui/focus-first-wrong.ts'
import { Problem } from '../ui/problem.tsx'
import { useClinicForm } from './use-clinic-form.ts'

type Props = { clinic: (ClinicFields & { id: string }) | null; onDone: () => void }

/** Null adds one. */
export function ClinicForm({ clinic, onDone }: Props) {
  const t = useT()
  const { form, submit, problem, isBusy } = useClinicForm(clinic, onDone)
  const zones = useMemo(zoneChoices, [])
  return (
    <form onSubmit={form.onSubmit(submit, focusFirstWrong)} noValidate>
      <Stack>
        <TextInput
          label={t('settings.clinics.name')}
          maxLength={200}
          data-autofocus={!clinic || undefined}
          {...form.getInputProps('name')}
        />
        <SimpleGrid cols={2}>
          <TextInput
            label={t('settings.clinics.code')}
            maxLength={40}
            {...(!clinic && { placeholder: t('settings.clinics.code_made') })}
            {...form.getInputProps('code')}
          />
          <TextInput label={t('settings.clinics.city')} maxLength={200} {...form.getInputProps('city')} />
        </SimpleGrid>
        <TextInput label={t('settings.clinics.address')} maxLength={400} {...form.getInputProps('address')} />
        <TextInput type="tel" label={t('settings.clinics.phone')} maxLength={200} {...form.getInputProps('phone')} />
        <SimpleGrid cols={2}>
          <Select
            label={t('settings.clinics.zone')}
            data={zones}
            searchable
            nothingFoundMessage={t('settings.nothing_found')}
            allowDeselect={false}
            {...form.getInputProps('zone')}
          />
          <Select
            label={t('settings.clinics.locale')}
            data={locales.map((value) => ({ value, label: localeNames[value] }))}
            allowDeselect={false}
            {...form.getInputProps('locale')}
          />
        </SimpleGrid>
        <Switch
          label={t('settings.clinics.is_active')}
          description={t('settings.clinics.is_active_text')}
          {...form.getInputProps('active', { type: 'checkbox' })}
        />
        <Problem>{problem}</Problem>
        <Group justify="flex-end" gap="sm">
          <Button variant="default" onClick={onDone}>
            {t('common.actions.cancel')}
          </Button>
          <Button type="submit" loading={isBusy} disabled={clinic !== null && !form.isDirty()}>
            {clinic ? t('common.actions.save') : t('settings.clinics.add')}
          </Button>
        </Group>
      </Stack>
    </form>
  )
}
