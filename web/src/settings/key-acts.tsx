import { type ApiKeyView, listApiKeys, rotateApiKey, saveApiKey } from '@clinicacrm/contract/api-keys.ts'
import { Button, Group, Modal } from '@mantine/core'
import { IconBan, IconPlayerPause, IconPlayerPlay, IconRotate } from '@tabler/icons-react'
import { useState } from 'react'
import { useT } from '../i18n.ts'
import { refresh, useCall } from '../query.ts'
import { announce } from '../ui/announce.tsx'
import { Problem } from '../ui/problem.tsx'
import { OverlapForm } from './overlap-form.tsx'
import { RevokeKey } from './revoke-key.tsx'
import { useProblem } from './use-problem.ts'

type Made = ApiKeyView & { key: string }
type Props = { apiKey: ApiKeyView; onRotated: (made: Made) => void }

export function KeyActs({ apiKey, onRotated }: Props) {
  const t = useT()
  const [doing, setDoing] = useState<'rotate' | 'revoke' | null>(null)
  const close = () => setDoing(null)
  return (
    <Group gap="sm">
      <Button variant="default" leftSection={<IconRotate size={16} />} onClick={() => setDoing('rotate')}>
        {t('settings.keys.rotate')}
      </Button>
      <Pause apiKey={apiKey} />
      <Button variant="outline" color="red" leftSection={<IconBan size={16} />} onClick={() => setDoing('revoke')}>
        {t('settings.keys.revoke')}
      </Button>
      <Modal opened={doing === 'rotate'} onClose={close} title={t('settings.keys.rotate_title', { name: apiKey.name })}>
        <Rotate id={apiKey.id} onRotated={onRotated} onCancel={close} />
      </Modal>
      <Modal opened={doing === 'revoke'} onClose={close} title={t('settings.keys.revoke_title', { name: apiKey.name })}>
        <RevokeKey apiKey={apiKey} onDone={close} />
      </Modal>
    </Group>
  )
}

function Pause({ apiKey: { id, active } }: { apiKey: ApiKeyView }) {
  const t = useT()
  const saving = useCall(saveApiKey)
  const problem = useProblem(saving.error)

  function toggle() {
    saving.mutate({ params: { id }, body: { active: !active } }, { onSuccess: toggled })
  }
  function toggled(key: ApiKeyView) {
    announce(key.active ? t('settings.keys.activated') : t('settings.keys.paused'))
    void refresh(listApiKeys)
  }
  return (
    <>
      <Button
        variant="default"
        leftSection={active ? <IconPlayerPause size={16} /> : <IconPlayerPlay size={16} />}
        loading={saving.isPending}
        onClick={toggle}
      >
        {active ? t('settings.keys.pause') : t('settings.keys.activate')}
      </Button>
      <Problem>{problem}</Problem>
    </>
  )
}

function Rotate({ id, onRotated, onCancel }: { id: string; onRotated: (made: Made) => void; onCancel: () => void }) {
  const t = useT()
  const rotating = useCall(rotateApiKey)
  const problem = useProblem(rotating.error)

  function rotated(made: Made) {
    void refresh(listApiKeys)
    onRotated(made)
  }
  return (
    <OverlapForm
      text={t('settings.keys.rotate_text')}
      act={t('settings.keys.rotate')}
      isPending={rotating.isPending}
      problem={problem}
      onSubmit={(overlap_hours) => rotating.mutate({ params: { id }, body: { overlap_hours } }, { onSuccess: rotated })}
      onCancel={onCancel}
    />
  )
}
