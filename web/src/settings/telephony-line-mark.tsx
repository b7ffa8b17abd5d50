import type { ConnectorLineView } from '@clinicacrm/contract/telephony.ts'
import { IconAlertTriangle, IconCheck, IconClock, IconPlayerPause } from '@tabler/icons-react'
import { useT } from '../i18n.ts'
import { Mark } from './mark.tsx'

/** How a line does: what happened last on it counts. */
export function LineMark({ line }: { line: ConnectorLineView }) {
  const t = useT()
  const { active, last_event_at, last_error_at } = line
  if (!active) {
    return (
      <Mark icon={IconPlayerPause} colour="gray">
        {t('telephony.lines.stopped')}
      </Mark>
    )
  }
  if (last_error_at && (!last_event_at || last_error_at >= last_event_at)) {
    return (
      <Mark icon={IconAlertTriangle} colour="red">
        {t('telephony.lines.failing')}
      </Mark>
    )
  }
  return last_event_at ? (
    <Mark icon={IconCheck} colour="green">
      {t('telephony.lines.working')}
    </Mark>
  ) : (
    <Mark icon={IconClock} colour="yellow">
      {t('telephony.lines.waiting')}
    </Mark>
  )
}
