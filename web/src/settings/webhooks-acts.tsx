import {
  listDeliveries,
  listWebhooks,
  removeWebhook,
  saveWebhook,
  testWebhook,
  type WebhookView,
} from '@clinicacrm/contract/webhooks.ts'
import { Button, Group, Modal } from '@mantine/core'
import { IconPencil, IconPlayerPause, IconPlayerPlay, IconRotate, IconSend, IconTrash } from '@tabler/icons-react'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { currentLocale, useT } from '../i18n.ts'
import { refresh, useCall } from '../query.ts'
import { announce } from '../ui/announce.tsx'
import { ConfirmDialog } from '../ui/confirm-dialog.tsx'
import { Problem } from '../ui/problem.tsx'
import { useOpen } from './use-open.ts'
import { useProblem } from './use-problem.ts'
import { nameOfWebhook } from './webhook-values.ts'
import type { MadeWebhook } from './webhooks-form.tsx'
import { RotateWebhook } from './webhooks-rotate.tsx'
import classes from './webhooks.module.css'

type Props = { webhook: WebhookView; onEdit: () => void; onRotated: (made: MadeWebhook) => void }

/** To try it out first, then whatever it may need. */
export function WebhookActs({ webhook, onEdit, onRotated }: Props) {
  const t = useT()
  const [doing, setDoing] = useState<'rotate' | 'remove' | null>(null)
  const close = () => setDoing(null)

  function rotated(made: MadeWebhook) {
    close()
    onRotated(made)
  }
  return (
    <div className={classes.acts}>
      <Group gap="sm">
        <Test id={webhook.id} />
        <Button variant="default" leftSection={<IconPencil size={16} aria-hidden />} onClick={onEdit}>
          {t('webhooks.edit')}
        </Button>
        <Pause webhook={webhook} />
        <Button variant="default" leftSection={<IconRotate size={16} aria-hidden />} onClick={() => setDoing('rotate')}>
          {t('webhooks.rotate.act')}
        </Button>
        <Button
          variant="outline"
          color="red"
          leftSection={<IconTrash size={16} aria-hidden />}
          onClick={() => setDoing('remove')}
        >
          {t('common.actions.remove')}
        </Button>
      </Group>
      <Modal opened={doing === 'rotate'} onClose={close} title={t('webhooks.rotate.title')}>
        <RotateWebhook id={webhook.id} onRotated={rotated} onCancel={close} />
      </Modal>
      <Remove webhook={webhook} opened={doing === 'remove'} onClose={close} />
    </div>
  )
}

/** What came of it opens by itself. */
function Test({ id }: { id: string }) {
  const t = useT()
  const { show } = useOpen()
  const testing = useCall(testWebhook)
  const problem = useProblem(testing.error)

  function test() {
    testing.mutate({ params: { id } }, { onSuccess: sent })
  }
  function sent(delivery: { id: string }) {
    void refresh(listDeliveries)
    show(`delivery-${delivery.id}`)
  }
  return (
    <>
      <Button leftSection={<IconSend size={16} aria-hidden />} loading={testing.isPending} onClick={test}>
        {t('webhooks.test')}
      </Button>
      <Problem>{problem}</Problem>
    </>
  )
}

function Pause({ webhook: { id, active } }: { webhook: WebhookView }) {
  const t = useT()
  const saving = useCall(saveWebhook)
  const problem = useProblem(saving.error)

  function toggle() {
    saving.mutate({ params: { id }, body: { active: !active } }, { onSuccess: toggled })
  }
  function toggled(webhook: WebhookView) {
    announce(webhook.active ? t('webhooks.activated') : t('webhooks.paused'))
    void refresh(listWebhooks)
  }
  return (
    <>
      <Button
        variant="default"
        leftSection={active ? <IconPlayerPause size={16} aria-hidden /> : <IconPlayerPlay size={16} aria-hidden />}
        loading={saving.isPending}
        onClick={toggle}
      >
        {active ? t('webhooks.pause') : t('webhooks.activate')}
      </Button>
      <Problem>{problem}</Problem>
    </>
  )
}

function Remove({ webhook, opened, onClose }: { webhook: WebhookView; opened: boolean; onClose: () => void }) {
  const t = useT()
  const navigate = useNavigate()
  const removing = useCall(removeWebhook)

  async function remove() {
    await removing.mutateAsync({ params: { id: webhook.id } })
    announce(t('webhooks.removed'))
    await navigate({ to: '/$locale/settings/webhooks', params: { locale: currentLocale() }, search: {} })
    await refresh(listWebhooks)
  }
  return (
    <ConfirmDialog
      opened={opened}
      title={t('webhooks.remove_title', { name: nameOfWebhook(webhook) })}
      text={t('webhooks.remove_text')}
      confirm={t('common.actions.remove')}
      isDangerous
      onConfirm={remove}
      onClose={onClose}
    />
  )
}
