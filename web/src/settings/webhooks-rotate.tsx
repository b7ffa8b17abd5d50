import { listWebhooks, rotateWebhookSecret } from '@clinicacrm/contract/webhooks.ts'
import { useT } from '../i18n.ts'
import { refresh, useCall } from '../query.ts'
import { OverlapForm } from './overlap-form.tsx'
import { useProblem } from './use-problem.ts'
import type { MadeWebhook } from './webhooks-form.tsx'

type Props = { id: string; onRotated: (made: MadeWebhook) => void; onCancel: () => void }

/** A new secret, and for how long the old one signs as well. */
export function RotateWebhook({ id, onRotated, onCancel }: Props) {
  const t = useT()
  const rotating = useCall(rotateWebhookSecret)
  const problem = useProblem(rotating.error)

  function rotated(made: MadeWebhook) {
    void refresh(listWebhooks)
    onRotated(made)
  }
  return (
    <OverlapForm
      text={t('webhooks.rotate.text')}
      act={t('webhooks.rotate.act')}
      isPending={rotating.isPending}
      problem={problem}
      onSubmit={(overlap_hours) => rotating.mutate({ params: { id }, body: { overlap_hours } }, { onSuccess: rotated })}
      onCancel={onCancel}
    />
  )
}
