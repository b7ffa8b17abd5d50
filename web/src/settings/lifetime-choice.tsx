import { Group, Select, TextInput } from '@mantine/core'
import { useT } from '../i18n.ts'
import { lifetimes } from './key-values.ts'
import type { KeyForm } from './use-key-form.ts'

/** Until when a key works: some usual spans, or the end of a day. */
export function LifetimeChoice({ form }: { form: KeyForm }) {
  const t = useT()
  return (
    <Group align="flex-start" gap="md">
      <Select
        label={t('settings.keys.lifetime')}
        data={lifetimes.map((value) => ({ value, label: t(`settings.lifetimes.${value}`) }))}
        allowDeselect={false}
        {...form.getInputProps('lifetime')}
      />
      {form.values.lifetime === 'day' && (
        <TextInput type="date" label={t('settings.keys.last_day')} {...form.getInputProps('day')} />
      )}
    </Group>
  )
}
