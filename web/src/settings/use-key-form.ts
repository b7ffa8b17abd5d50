import { useForm, type UseFormReturnType } from '@mantine/form'
import { useT } from '../i18n.ts'
import { isRange, type KeyValues, linesOf } from './key-values.ts'
import { useGuard } from './panel.tsx'

export type KeyForm = UseFormReturnType<KeyValues>

export function useKeyForm(initialValues: KeyValues): KeyForm {
  const t = useT()
  const form = useForm<KeyValues>({
    initialValues,
    validate: {
      name: (value) => (value.trim() ? null : t('settings.needed.key_name')),
      scopes: (value) => (value.length ? null : t('settings.needed.scope')),
      clinics: (value) => (value?.length === 0 ? t('settings.needed.clinic') : null),
      day: (value, { lifetime }) => (lifetime === 'day' && !isLater(value) ? t('settings.needed.later_day') : null),
      ip_ranges(value) {
        const wrong = linesOf(value).find((line) => !isRange(line))
        return wrong === undefined ? null : t('settings.keys.wrong_range', { range: wrong })
      },
      limit_per_minute: (value) =>
        Number(value) >= 1 && Number(value) <= 1_000_000 ? null : t('settings.keys.wrong_limit'),
    },
  })
  useGuard(form.isDirty())
  return form
}

const isLater = (day: string) => /^\d{4}-\d\d-\d\d$/.test(day) && new Date(`${day}T23:59:59`) > new Date()
