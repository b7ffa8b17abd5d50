import type { ConnectorView } from '@clinicacrm/contract/connectors.ts'
import { Alert, Text } from '@mantine/core'
import { IconInfoCircle } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'
import { useT } from '../i18n.ts'
import { ErrorPanel } from '../ui/error-panel.tsx'
import { SkeletonRows } from '../ui/skeleton-rows.tsx'
import { ConnectorAddresses } from './connectors-addresses.tsx'
import { ConnectorFiles } from './connectors-files.tsx'
import { ConnectorFlow } from './connectors-flow.tsx'
import { ConnectorForm } from './connectors-form.tsx'
import { ConnectorHealth } from './connectors-health.tsx'
import { ConnectorKey } from './connectors-key.tsx'
import { ConnectorSteps } from './connectors-steps.tsx'
import { ConnectorTrial } from './connectors-trial.tsx'
import classes from './connectors.module.css'
import { ownFields } from './line-settings.ts'
import { Section } from './section.tsx'
import { TelephonyLines } from './telephony-lines.tsx'
import { questionAbout } from './use-connector.ts'
import { useTelephonyRights } from './use-telephony.ts'

const everyMs = 10_000

/** One platform: what it does for whom, what is to be done there, and how it fares. */
export function ConnectorPage() {
  const { name } = useParams({ from: '/$locale/signed-in/settings/connectors/$name' })
  const { data, error, refetch } = useQuery({ ...questionAbout(name), refetchInterval: everyMs })
  return (
    <Section name="connectors" title={data?.title ?? ''}>
      {error && !data && <ErrorPanel error={error} onRetry={() => void refetch()} />}
      {!error && !data && <SkeletonRows rows={8} height={44} />}
      {data && <Connector key={name} connector={data} />}
    </Section>
  )
}

function Connector({ connector }: { connector: ConnectorView }) {
  const t = useT()
  const { mayChange, mayChangeAll } = useTelephonyRights()
  const { name, summary, flow, takes, files, is_untested, has_panel, has_softphone } = connector
  return (
    <>
      <Text className={classes.summary}>{summary}</Text>
      {is_untested && (
        <Alert color="yellow" icon={<IconInfoCircle size={18} />} title={t('connectors.untested.title')} mb="md">
          {t('connectors.untested.text')}
        </Alert>
      )}
      <ConnectorFlow stations={flow} />
      <div className={classes.columns}>
        <div className={classes.main}>
          <ConnectorSteps connector={connector} />
          {ownFields(connector).length > 0 && <ConnectorForm connector={connector} mayChange={mayChangeAll} />}
          {(takes === 'key' || (takes === null && files.length > 0)) && <ConnectorKey connector={connector} />}
          {takes === 'line' && <TelephonyLines only={name} />}
          {files.length > 0 && <ConnectorFiles connector={connector} />}
          {(has_panel || has_softphone) && <ConnectorAddresses connector={connector} />}
          {/* At the left: its card appears at the right, and would lie on what is said of it. */}
          {mayChange && !is_untested && <ConnectorTrial name={name} />}
        </div>
        <aside className={classes.aside}>
          <ConnectorHealth connector={connector} />
        </aside>
      </div>
    </>
  )
}
