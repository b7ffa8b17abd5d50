import type { ConnectorLineView } from '@clinicacrm/contract/telephony.ts'
import { Stack } from '@mantine/core'
import { useState } from 'react'
import { useT } from '../i18n.ts'
import type { MadeLine } from './line-trial.ts'
import { Panel } from './panel.tsx'
import { LineActs } from './telephony-line-acts.tsx'
import { LineAddress } from './telephony-line-address.tsx'
import { LineForm } from './telephony-line-form.tsx'
import { LineHealth } from './telephony-line-health.tsx'
import type { Connector } from './telephony-lines.tsx'
import { useTelephonyRights } from './use-telephony.ts'

type Props = { lines: ConnectorLineView[]; connectors: Connector[]; open: string | undefined; onClose: () => void }

/** One line, or a new one; its address is shown once, when it was made. */
export function LinePanel({ lines, connectors, open, onClose }: Props) {
  const t = useT()
  const { mayChangeAll } = useTelephonyRights()
  const [made, setMade] = useState<MadeLine | null>(null)
  const line = lines.find(({ id }) => open === `line-${id}`)
  const isNew = open === 'line' && mayChangeAll

  function close() {
    setMade(null)
    onClose()
  }
  return (
    <Panel opened={isNew || line !== undefined} title={line?.name ?? t('telephony.lines.add')} onClose={close}>
      {made && <LineAddress made={made} onDone={close} />}
      {!made && (isNew || line) && (
        <Stack key={open}>
          {line && <LineHealth line={line} />}
          <LineForm
            line={line ?? null}
            connectors={connectors}
            mayChange={mayChangeAll}
            onMade={setMade}
            onDone={close}
          />
          {line && mayChangeAll && <LineActs line={line} onRenewed={setMade} onRemoved={close} />}
        </Stack>
      )}
    </Panel>
  )
}
