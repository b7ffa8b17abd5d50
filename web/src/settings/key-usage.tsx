import { getKeyUsage } from '@clinicacrm/contract/api-keys.ts'
import { BarChart } from '@mantine/charts'
import '@mantine/charts/styles.layer.css'
import { Button, Group, SegmentedControl, Stack, Table, Text } from '@mantine/core'
import { IconChartBar } from '@tabler/icons-react'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { ReplyOf } from '../api.ts'
import { formatDateTime, formatNumber, formatTime } from '../format.ts'
import { useT } from '../i18n.ts'
import { queryOf } from '../query.ts'
import { EmptyState } from '../ui/empty-state.tsx'
import { ErrorPanel } from '../ui/error-panel.tsx'
import { SkeletonRows } from '../ui/skeleton-rows.tsx'
import classes from './key-usage.module.css'

const spans = ['hour', 'day', 'week', 'month'] as const
type Span = (typeof spans)[number]
type Buckets = ReplyOf<typeof getKeyUsage>['buckets']

const hereZone = Intl.DateTimeFormat().resolvedOptions().timeZone

/** Requests over time, as a chart and, for who reads numbers rather than bars, as a table. */
export function KeyUsage({ id }: { id: string }) {
  const t = useT()
  const [span, setSpan] = useState<Span>('day')
  const [isTable, setTable] = useState(false)
  const { data, error, refetch } = useQuery({
    ...queryOf(getKeyUsage, { params: { id }, query: { span } }),
    placeholderData: keepPreviousData,
  })
  return (
    <Stack gap="sm">
      <Group justify="space-between" gap="sm">
        <SegmentedControl
          size="xs"
          aria-label={t('settings.usage.span')}
          data={spans.map((value) => ({ value, label: t(`settings.usage.spans.${value}`) }))}
          value={span}
          onChange={setSpan}
        />
        <Button variant="subtle" size="compact-sm" onClick={() => setTable(!isTable)} aria-pressed={isTable}>
          {isTable ? t('settings.usage.as_chart') : t('settings.usage.as_table')}
        </Button>
      </Group>
      {error && !data && <ErrorPanel error={error} onRetry={() => void refetch()} />}
      {!error && !data && <SkeletonRows rows={1} height={240} />}
      {data && (isTable ? <UsageTable buckets={data.buckets} /> : <Chart buckets={data.buckets} span={span} />)}
    </Stack>
  )
}

function Chart({ buckets, span }: { buckets: Buckets; span: Span }) {
  const t = useT()
  const total = buckets.reduce((sum, { requests }) => sum + requests, 0)
  const refused = buckets.reduce((sum, bucket) => sum + bucket.refused, 0)
  const [answeredName, refusedName] = [t('settings.usage.answered'), t('settings.usage.refused')]
  const data = buckets.map((bucket) => ({
    at: shortTime(bucket.at, span),
    [answeredName]: bucket.requests - bucket.refused,
    [refusedName]: bucket.refused,
  }))
  const summary = t('settings.usage.summary', {
    count: total,
    shown: formatNumber(total),
    refused: formatNumber(refused),
  })
  if (total === 0) return <EmptyState icon={<IconChartBar size={20} />} title={t('settings.usage.none')} />
  return (
    <>
      <Text size="sm">{summary}</Text>
      <div role="img" aria-label={summary} className={classes.chart}>
        <BarChart
          h={240}
          data={data}
          dataKey="at"
          type="stacked"
          series={[
            { name: answeredName, color: 'accent.6' },
            { name: refusedName, color: 'red.6' },
          ]}
          withLegend
          tickLine="none"
          gridAxis="x"
          valueFormatter={(value) => formatNumber(value)}
          accessibilityLayer={false}
          barProps={{ isAnimationActive: false }}
          tooltipAnimationDuration={0}
          xAxisProps={{ minTickGap: 32 }}
          yAxisProps={{ allowDecimals: false, width: 44 }}
        />
      </div>
    </>
  )
}

const shortTime = (at: string, span: Span) =>
  span === 'hour' || span === 'day'
    ? formatTime(at, { zone: hereZone })
    : formatDateTime(at, { zone: hereZone }).slice(0, 5)

function UsageTable({ buckets }: { buckets: Buckets }) {
  const t = useT()
  const used = buckets.filter(({ requests }) => requests > 0).toReversed()
  if (used.length === 0) return <Text c="dimmed">{t('settings.usage.none')}</Text>
  return (
    <div className={classes.table} tabIndex={0} role="region" aria-label={t('settings.keys.usage')}>
      <Table stickyHeader>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{t('settings.usage.from')}</Table.Th>
            <Table.Th ta="end">{t('settings.usage.answered')}</Table.Th>
            <Table.Th ta="end">{t('settings.usage.refused')}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {used.map(({ at, requests, refused }) => (
            <Table.Tr key={at}>
              <Table.Td>{formatDateTime(at, { zone: hereZone })}</Table.Td>
              <Table.Td ta="end">{formatNumber(requests - refused)}</Table.Td>
              <Table.Td ta="end">{formatNumber(refused)}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </div>
  )
}
