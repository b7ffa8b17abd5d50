import type { ConnectorView } from '@clinicacrm/contract/connectors.ts'
import { IconAlertTriangle, IconCheck, IconCircleDashed, IconFileText } from '@tabler/icons-react'
import { useT } from '../i18n.ts'
import { Mark } from './mark.tsx'

/** How a connection does: what happened last counts. What is documentation only cannot do well or badly. */
export function ConnectorMark({ connector }: { connector: Pick<ConnectorView, 'health' | 'is_untested'> }) {
  const t = useT()
  const { last_event_at, last_lookup_at, last_error_at } = connector.health
  const lastGood = [last_event_at, last_lookup_at]
    .filter((at) => at !== null)
    .toSorted()
    .at(-1)
  if (last_error_at && (!lastGood || last_error_at >= lastGood)) {
    return (
      <Mark icon={IconAlertTriangle} colour="red">
        {t('connectors.state.failing')}
      </Mark>
    )
  }
  if (lastGood) {
    return (
      <Mark icon={IconCheck} colour="green">
        {t('connectors.state.working')}
      </Mark>
    )
  }
  return connector.is_untested ? (
    <Mark icon={IconFileText} colour="yellow">
      {t('connectors.list.untested')}
    </Mark>
  ) : (
    <Mark icon={IconCircleDashed} colour="gray">
      {t('connectors.state.unused')}
    </Mark>
  )
}
