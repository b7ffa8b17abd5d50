import { listConnectors } from '@clinicacrm/contract/connectors.ts'
import { Table, Text } from '@mantine/core'
import { IconPlug } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { ReplyOf } from '../api.ts'
import { formatAgo } from '../format.ts'
import { currentLocale, useT } from '../i18n.ts'
import { queryOf } from '../query.ts'
import { EmptyState } from '../ui/empty-state.tsx'
import { ErrorPanel } from '../ui/error-panel.tsx'
import { SkeletonRows } from '../ui/skeleton-rows.tsx'
import { useNow } from '../ui/use-now.ts'
import { ConnectorMark } from './connectors-mark.tsx'
import { Section } from './section.tsx'
import classes from './table.module.css'

const everyMs = 10_000

/** The platforms that can be connected, and how each fares. */
export function ConnectorsPage() {
  return (
    <Section name="connectors">
      <Connectors />
    </Section>
  )
}

function Connectors() {
  const t = useT()
  const question = queryOf(listConnectors, { query: { locale: currentLocale() } })
  const { data, error, refetch } = useQuery({ ...question, refetchInterval: everyMs })
  if (error && !data) return <ErrorPanel error={error} onRetry={() => void refetch()} />
  if (!data) return <SkeletonRows rows={8} height={52} />
  if (data.connectors.length === 0) {
    return (
      <EmptyState
        icon={<IconPlug size={20} />}
        title={t('connectors.list.none')}
        text={t('connectors.list.none_text')}
      />
    )
  }
  // What was never tried stands below what is ready to import.
  const sorted = data.connectors.toSorted((a, b) => Number(a.is_untested) - Number(b.is_untested))
  return (
    <Table className={classes.table!}>
      <Table.Caption className={classes.hidden!}>{t('settings.sections.connectors.title')}</Table.Caption>
      <Table.Thead>
        <Table.Tr>
          <Table.Th>{t('connectors.list.name')}</Table.Th>
          <Table.Th>{t('connectors.list.state')}</Table.Th>
          <Table.Th visibleFrom="sm">{t('connectors.list.last_event')}</Table.Th>
          <Table.Th visibleFrom="sm">{t('connectors.list.last_lookup')}</Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {sorted.map((connector) => (
          <Row key={connector.name} connector={connector} />
        ))}
      </Table.Tbody>
    </Table>
  )
}

type Summary = ReplyOf<typeof listConnectors>['connectors'][number]

function Row({ connector }: { connector: Summary }) {
  const t = useT()
  const now = useNow()
  const { name, title, summary, health } = connector
  const ago = (when: string | null) => (when ? formatAgo(when, { now }) : t('connectors.list.never'))
  return (
    <Table.Tr className={classes.row!}>
      <Table.Td className={classes.meta!}>
        <Link
          to="/$locale/settings/connectors/$name"
          params={{ locale: currentLocale(), name }}
          className={classes.open}
        >
          {title}
        </Link>
        <Text size="xs" c="dimmed">
          {summary}
        </Text>
      </Table.Td>
      <Table.Td>
        <ConnectorMark connector={connector} />
      </Table.Td>
      <Table.Td visibleFrom="sm" className={classes.quiet!}>
        {ago(health.last_event_at)}
      </Table.Td>
      <Table.Td visibleFrom="sm" className={classes.quiet!}>
        {ago(health.last_lookup_at)}
      </Table.Td>
    </Table.Tr>
  )
}
