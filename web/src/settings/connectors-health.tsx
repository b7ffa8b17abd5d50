import type { ConnectorView } from '@clinicacrm/contract/connectors.ts'
import { Alert, Title } from '@mantine/core'
import { IconAlertCircle } from '@tabler/icons-react'
import { formatAgo, formatDateTime, formatNumber } from '../format.ts'
import { useT } from '../i18n.ts'
import { useNow } from '../ui/use-now.ts'
import { ConnectorMark } from './connectors-mark.tsx'
import classes from './connectors.module.css'

/** What came from the platform, and what was wrong with it. */
export function ConnectorHealth({ connector }: { connector: ConnectorView }) {
  const t = useT()
  const now = useNow()
  const { health, takes } = connector
  const ago = (when: string | null) => (when ? formatAgo(when, { now }) : t('connectors.health.never'))
  const facts = [
    ...(takes === 'line' ? [[t('connectors.health.lines'), formatNumber(health.lines)]] : []),
    [t('connectors.health.last_event'), ago(health.last_event_at)],
    [t('connectors.health.events'), formatNumber(health.event_count)],
    [t('connectors.health.last_lookup'), ago(health.last_lookup_at)],
    [t('connectors.health.lookups'), formatNumber(health.lookups_today)],
  ]
  return (
    <section className={classes.part}>
      <div className={classes.head}>
        <Title order={2}>{t('connectors.health.title')}</Title>
        <ConnectorMark connector={connector} />
      </div>
      <dl className={classes.facts}>
        {facts.map(([name, value]) => (
          <div key={name} className={classes.fact}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      {health.last_error && health.last_error_at && (
        <Alert
          color="red"
          icon={<IconAlertCircle size={18} />}
          title={t('connectors.health.last_error', { when: formatDateTime(health.last_error_at) })}
          className={classes.error!}
        >
          {health.last_error}
        </Alert>
      )}
    </section>
  )
}
