import {
  type ConnectorLineView,
  listConnectorLines,
  removeConnectorLine,
  saveConnectorLine,
} from '@clinicacrm/contract/telephony.ts'
import { Button, Divider, Group } from '@mantine/core'
import { IconPlayerPause, IconPlayerPlay, IconRotate, IconTrash } from '@tabler/icons-react'
import { useState } from 'react'
import { useT } from '../i18n.ts'
import { refresh, useCall } from '../query.ts'
import { announce } from '../ui/announce.tsx'
import { ConfirmDialog } from '../ui/confirm-dialog.tsx'
import { Problem } from '../ui/problem.tsx'
import type { MadeLine } from './line-trial.ts'
import { useProblem } from './use-problem.ts'

type Props = { line: ConnectorLineView; onRenewed: (made: MadeLine) => void; onRemoved: () => void }

export function LineActs(props: Props) {
  const t = useT()
  const { id, active } = props.line
  const [asking, setAsking] = useState<Asked | null>(null)
  const saving = useCall(saveConnectorLine)
  const problem = useProblem(saving.error)

  function toggle() {
    const callbacks = { onSuccess: () => void refresh(listConnectorLines) }
    saving.mutate({ params: { id }, body: { active: !active } }, callbacks)
  }
  return (
    <>
      <Divider />
      <Problem>{problem}</Problem>
      <Group gap="sm">
        <Button
          variant="default"
          leftSection={active ? <IconPlayerPause size={16} /> : <IconPlayerPlay size={16} />}
          loading={saving.isPending}
          onClick={toggle}
        >
          {active ? t('telephony.lines.stop') : t('telephony.lines.start')}
        </Button>
        <Button variant="default" leftSection={<IconRotate size={16} />} onClick={() => setAsking('renew')}>
          {t('telephony.lines.renew')}
        </Button>
        <Button variant="outline" color="red" leftSection={<IconTrash size={16} />} onClick={() => setAsking('remove')}>
          {t('common.actions.remove')}
        </Button>
      </Group>
      <Questions {...props} asking={asking} onClose={() => setAsking(null)} />
    </>
  )
}

type Asked = 'renew' | 'remove'

/** What ends an address that a platform may be using is asked about first. */
function Questions({
  line: { id, name },
  asking,
  onRenewed,
  onRemoved,
  onClose,
}: Props & { asking: Asked | null; onClose: () => void }) {
  const t = useT()
  const saving = useCall(saveConnectorLine)
  const removing = useCall(removeConnectorLine)

  async function renew() {
    const { url, connector, hint } = await saving.mutateAsync({ params: { id }, body: { renew: true } })
    await refresh(listConnectorLines)
    if (url) onRenewed({ url, connector, hint })
  }
  async function remove() {
    await removing.mutateAsync({ params: { id } })
    announce(t('telephony.lines.removed'))
    await refresh(listConnectorLines)
    onRemoved()
  }
  const shared = { isDangerous: true, onClose }
  return (
    <>
      <ConfirmDialog
        {...shared}
        opened={asking === 'renew'}
        title={t('telephony.lines.renew_title', { name })}
        text={t('telephony.lines.renew_text')}
        confirm={t('telephony.lines.renew')}
        onConfirm={renew}
      />
      <ConfirmDialog
        {...shared}
        opened={asking === 'remove'}
        title={t('telephony.lines.remove_title', { name })}
        text={t('telephony.lines.remove_text')}
        confirm={t('common.actions.remove')}
        onConfirm={remove}
      />
    </>
  )
}
