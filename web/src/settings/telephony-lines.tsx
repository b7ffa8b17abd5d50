import { type ConnectorLineView, listConnectorLines } from '@clinicacrm/contract/telephony.ts'
import { Button, Table, Text } from '@mantine/core'
import { IconPlugConnected, IconPlus } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import type { ReplyOf } from '../api.ts'
import { formatAgo, formatNumber } from '../format.ts'
import { useT } from '../i18n.ts'
import { queryOf } from '../query.ts'
import { EmptyState } from '../ui/empty-state.tsx'
import { ErrorPanel } from '../ui/error-panel.tsx'
import { SkeletonRows } from '../ui/skeleton-rows.tsx'
import { Fieldset } from './fieldset.tsx'
import classes from './table.module.css'
import { LineMark } from './telephony-line-mark.tsx'
import { LinePanel } from './telephony-line-panel.tsx'
import { useOpen } from './use-open.ts'
import { useTelephonyRights } from './use-telephony.ts'

export type Connector = ReplyOf<typeof listConnectorLines>['connectors'][number]

/** The lines over which platforms tell what happens to calls, and how each does; on a connector's page, its own only. */
export function TelephonyLines({ only }: { only?: string }) {
  const t = useT()
  const { open, show, close } = useOpen()
  const { mayChangeAll } = useTelephonyRights()
  const { data: all, error, refetch } = useQuery({ ...queryOf(listConnectorLines, {}), refetchInterval: 10_000 })
  const data = all && {
    connectors: all.connectors.filter(({ name }) => !only || name === only),
    lines: all.lines.filter(({ connector }) => !only || connector === only),
  }
  const add = mayChangeAll && (
    <Button leftSection={<IconPlus size={16} />} onClick={() => show('line')}>
      {t('telephony.lines.add')}
    </Button>
  )
  return (
    <Fieldset title={t('telephony.lines.title')} text={t('telephony.lines.text')} actions={add}>
      {error && !data && <ErrorPanel error={error} onRetry={() => void refetch()} />}
      {!error && !data && <SkeletonRows rows={3} height={44} />}
      {data?.lines.length === 0 && (
        <EmptyState
          icon={<IconPlugConnected size={20} />}
          title={t('telephony.lines.none')}
          text={t(only ? 'telephony.lines.none_here_text' : 'telephony.lines.none_text')}
        />
      )}
      {data && data.lines.length > 0 && (
        <Lines lines={data.lines} connectors={data.connectors} onOpen={(id) => show(`line-${id}`)} />
      )}
      {data && <LinePanel {...data} open={open} onClose={close} />}
    </Fieldset>
  )
}

type Props = { lines: ConnectorLineView[]; connectors: Connector[]; onOpen: (id: string) => void }

function Lines({ lines, connectors, onOpen }: Props) {
  const t = useT()
  return (
    <Table className={classes.table!}>
      <Table.Caption className={classes.hidden!}>{t('telephony.lines.title')}</Table.Caption>
      <Table.Thead>
        <Table.Tr>
          <Table.Th>{t('telephony.lines.name')}</Table.Th>
          <Table.Th>{t('telephony.lines.state')}</Table.Th>
          <Table.Th visibleFrom="sm">{t('telephony.lines.last_event')}</Table.Th>
          <Table.Th visibleFrom="md">{t('telephony.lines.count')}</Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {lines.map((line) => (
          <Table.Tr key={line.id} className={classes.row!}>
            <Table.Td>
              <button type="button" className={classes.open} onClick={() => onOpen(line.id)}>
                {line.name}
              </button>
              <Text size="xs" c="dimmed" className={classes.meta!}>
                {connectors.find(({ name }) => name === line.connector)?.title ?? line.connector}
              </Text>
            </Table.Td>
            <Table.Td>
              <LineMark line={line} />
            </Table.Td>
            <Table.Td visibleFrom="sm" className={classes.quiet!}>
              {line.last_event_at ? formatAgo(line.last_event_at) : t('telephony.lines.never')}
            </Table.Td>
            <Table.Td visibleFrom="md" className={classes.quiet!}>
              {formatNumber(line.event_count)}
            </Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  )
}
