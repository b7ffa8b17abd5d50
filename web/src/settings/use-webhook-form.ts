import { useForm, type UseFormReturnType } from '@mantine/form'
import type { ApiError } from '../api.ts'
import { useT } from '../i18n.ts'
import { useGuard } from './panel.tsx'
import { useProblem } from './use-problem.ts'
import { isAddress, type WebhookValues } from './webhook-values.ts'

export type WebhookForm = UseFormReturnType<WebhookValues>

export function useWebhookForm(initialValues: WebhookValues): WebhookForm {
  const t = useT()
  const form = useForm<WebhookValues>({
    initialValues,
    validate: {
      url: (value) => (isAddress(value.trim()) ? null : t('webhooks.form.wrong.url')),
      events: (value) => (value.length ? null : t('webhooks.form.wrong.events')),
      clinics: (value) => (value?.length === 0 ? t('settings.needed.clinic') : null),
    },
  })
  useGuard(form.isDirty())
  return form
}

/** Why it was not saved: about the address, what is wrong with it; otherwise as everywhere. */
export function useWebhookProblem(error: ApiError | null): string | null {
  const t = useT()
  const usual = useProblem(error)
  switch (error?.details.problem) {
    case 'scheme':
      return t('webhooks.form.wrong.scheme')
    case 'credentials':
      return t('webhooks.form.wrong.credentials')
    case 'port':
      return t('webhooks.form.wrong.port')
    case 'address':
      return t('webhooks.form.wrong.address')
    default:
      return usual
  }
}
