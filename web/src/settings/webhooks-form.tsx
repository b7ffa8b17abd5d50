import { createWebhook, listWebhooks, saveWebhook, type WebhookView } from '@clinicacrm/contract/webhooks.ts'
import { Button, Group, Stack, Textarea, TextInput } from '@mantine/core'
import type { ApiError } from '../api.ts'
import { useT } from '../i18n.ts'
import { refresh, useCall } from '../query.ts'
import { useMe } from '../session.ts'
import { announce } from '../ui/announce.tsx'
import { focusFirstWrong } from '../ui/focus-first-wrong.ts'
import { Problem } from '../ui/problem.tsx'
import { changedFields } from './changed-fields.ts'
import { ClinicsChoice } from './clinics-choice.tsx'
import { useWebhookForm, useWebhookProblem, type WebhookForm } from './use-webhook-form.ts'
import { bodyOf, newWebhookValues, valuesOfWebhook, type WebhookValues } from './webhook-values.ts'
import { WebhookEvents } from './webhooks-events.tsx'

export type MadeWebhook = WebhookView & { secret: string }

type NewProps = { onMade: (made: MadeWebhook) => void; onCancel: () => void }

export function NewWebhookForm({ onMade, onCancel }: NewProps) {
  const t = useT()
  const { clinics, all_clinics } = useMe()
  const form = useWebhookForm(newWebhookValues(all_clinics ? null : clinics.map(({ name }) => name)))
  const creating = useCall(createWebhook)

  function submit(values: WebhookValues) {
    creating.mutate({ body: bodyOf(values) }, { onSuccess: made })
  }
  function made(webhook: MadeWebhook) {
    void refresh(listWebhooks)
    onMade(webhook)
  }
  return (
    <Fields
      form={form}
      submit={t('webhooks.form.create')}
      isNew
      isPending={creating.isPending}
      error={creating.error}
      onSubmit={submit}
      onCancel={onCancel}
    />
  )
}

export function EditWebhookForm({ webhook, onDone }: { webhook: WebhookView; onDone: () => void }) {
  const t = useT()
  const initial = valuesOfWebhook(webhook)
  const form = useWebhookForm(initial)
  const saving = useCall(saveWebhook)

  function submit(values: WebhookValues) {
    // Only what was changed here: a colleague may be changing the rest.
    const body = changedFields(bodyOf(initial), bodyOf(values))
    saving.mutate({ params: { id: webhook.id }, body }, { onSuccess: saved })
  }
  function saved() {
    announce(t('common.saved'))
    void refresh(listWebhooks)
    onDone()
  }
  return (
    <Fields
      form={form}
      submit={t('common.actions.save')}
      isPending={saving.isPending}
      error={saving.error}
      onSubmit={submit}
      onCancel={onDone}
    />
  )
}

type Props = {
  form: WebhookForm
  submit: string
  isNew?: boolean
  isPending: boolean
  error: ApiError | null
  onSubmit: (values: WebhookValues) => void
  onCancel: () => void
}

function Fields({ form, submit, isNew = false, isPending, error, onSubmit, onCancel }: Props) {
  const t = useT()
  const problem = useWebhookProblem(error)
  const { values, errors } = form
  const textOf = (wrong: unknown) => (typeof wrong === 'string' ? wrong : null)
  return (
    <form noValidate onSubmit={form.onSubmit(onSubmit, focusFirstWrong)}>
      <Stack>
        <TextInput
          label={t('webhooks.form.url')}
          description={t('webhooks.form.url_text')}
          placeholder="https://hooks.example/clinicacrm"
          type="url"
          maxLength={2000}
          autoComplete="off"
          spellCheck={false}
          data-autofocus={isNew || undefined}
          {...form.getInputProps('url')}
        />
        <Textarea
          label={t('webhooks.form.description')}
          maxLength={1000}
          autosize
          minRows={1}
          maxRows={4}
          {...form.getInputProps('description')}
        />
        <WebhookEvents
          value={values.events}
          onChange={(events) => form.setFieldValue('events', events)}
          error={textOf(errors.events)}
        />
        <ClinicsChoice
          label={t('webhooks.form.clinics')}
          text={t('webhooks.form.all_clinics_text')}
          value={values.clinics}
          onChange={(clinics) => form.setFieldValue('clinics', clinics)}
          error={textOf(errors.clinics)}
        />
        <Problem>{problem}</Problem>
        <Group justify="flex-end" gap="sm">
          <Button variant="default" onClick={onCancel}>
            {t('common.actions.cancel')}
          </Button>
          <Button type="submit" loading={isPending} disabled={!isNew && !form.isDirty()}>
            {submit}
          </Button>
        </Group>
      </Stack>
    </form>
  )
}
