import { listWebhooks, rotateWebhookSecret } from '@clinicacrm/contract/webhooks.ts'
import { Button, Group, NumberInput, Stack, Text } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import { useT } from '../i18n.ts'
import { refresh, useCall } from '../query.ts'
import { Problem } from '../ui/problem.tsx'
import { useProblem } from './use-problem.ts'
import type { MadeWebhook } from './webhooks-form.tsx'

const mostHours = 168

type Props = { id: string; onRotated: (made: MadeWebhook) => void; onCancel: () => void }

/** A new secret, and for how long the old one signs as well. */
export function RotateWebhook({ id, onRotated, onCancel }: Props) {
  const t = useT()
  const [hours, setHours] = useState<number | string>(24)
  const rotating = useCall(rotateWebhookSecret)
  const problem = useProblem(rotating.error)

  function submit(event: FormEvent) {
    event.preventDefault()
    const overlap_hours = Math.min(mostHours, Math.max(0, Number(hours) || 0))
    rotating.mutate({ params: { id }, body: { overlap_hours } }, { onSuccess: rotated })
  }
  function rotated(made: MadeWebhook) {
    void refresh(listWebhooks)
    onRotated(made)
  }
  return (
    <form onSubmit={submit} noValidate>
      <Stack>
        <Text>{t('webhooks.rotate.text')}</Text>
        <NumberInput
          label={t('settings.keys.overlap')}
          description={t('settings.keys.overlap_text')}
          value={hours}
          onChange={setHours}
          min={0}
          max={mostHours}
          clampBehavior="strict"
          allowDecimal={false}
          hideControls
          maw={200}
          data-autofocus
        />
        <Problem>{problem}</Problem>
        <Group justify="flex-end" gap="sm">
          <Button variant="default" onClick={onCancel}>
            {t('common.actions.cancel')}
          </Button>
          <Button type="submit" loading={rotating.isPending}>
            {t('webhooks.rotate.act')}
          </Button>
        </Group>
      </Stack>
    </form>
  )
}
