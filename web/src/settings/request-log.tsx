import { listApiKeys } from '@clinicacrm/contract/api-keys.ts'
import { listRequests, type RequestView } from '@clinicacrm/contract/requests.ts'
import { Button, Group, Select, Table, Text } from '@mantine/core'
import { IconListSearch, IconRefresh } from '@tabler/icons-react'
import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { ApiError, call } from '../api.ts'
import { formatDate, formatNumber, formatTime } from '../format.ts'
import { useT } from '../i18n.ts'
import { queryOf } from '../query.ts'
import { useMe } from '../session.ts'
import { EmptyState } from '../ui/empty-state.tsx'
import { ErrorPanel } from '../ui/error-panel.tsx'
import { SkeletonRows } from '../ui/skeleton-rows.tsx'
import { Fieldset } from './fieldset.tsx'
import { RequestPanel } from './request-panel.tsx'
import classes from './table.module.css'
import { useOpen } from './use-open.ts'
import { useVerdicts, VerdictMark } from './verdict-mark.tsx'

type Filters = {
  kind?: 'lookup' | 'event'
  api_key_id?: string
  verdict?: string
  status?: 'ok' | 'refused' | 'failed'
}

/** What platforms asked and told us in the last seven days, newest first. */
export function RequestLog() {
  const t = useT()
  const { open, show, close } = useOpen()
  const [filters, setFilters] = useState<Filters>({})
  const log = useInfiniteQuery({
    queryKey: [listRequests.name, filters],
    queryFn: ({ pageParam, signal }) =>
      call(listRequests, { query: { ...filters, ...(pageParam && { before: pageParam }) } }, { signal }),
    initialPageParam: '',
    getNextPageParam: ({ has_more, requests }) => (has_more ? requests.at(-1)?.id : undefined),
    refetchInterval: 15_000,
  })
  const rows = log.data?.pages.flatMap(({ requests }) => requests)
  const again = (
    <Button
      variant="default"
      leftSection={<IconRefresh size={16} aria-hidden />}
      loading={log.isRefetching}
      onClick={() => void log.refetch()}
    >
      {t('requests.log.again')}
    </Button>
  )
  return (
    <Fieldset title={t('requests.log.title')} text={t('requests.log.text')} actions={again}>
      <Choices filters={filters} onChange={setFilters} />
      {log.error && !rows && <ErrorPanel error={log.error as ApiError} onRetry={() => void log.refetch()} />}
      {!log.error && !rows && <SkeletonRows rows={6} height={44} />}
      {rows?.length === 0 && (
        <EmptyState
          icon={<IconListSearch size={20} />}
          title={t('requests.log.none')}
          text={Object.keys(filters).length > 0 ? t('requests.log.none_filtered') : t('requests.log.none_text')}
        />
      )}
      {rows && rows.length > 0 && <Rows rows={rows} onOpen={(id) => show(`request-${id}`)} />}
      {log.hasNextPage && (
        <Group justify="center">
          <Button variant="default" loading={log.isFetchingNextPage} onClick={() => void log.fetchNextPage()}>
            {t('requests.log.more')}
          </Button>
        </Group>
      )}
      <RequestPanel id={/^request-(\d+)$/.exec(open ?? '')?.[1] ?? null} onClose={close} />
    </Fieldset>
  )
}

type ChoicesProps = { filters: Filters; onChange: (filters: Filters) => void }

function Choices({ filters, onChange }: ChoicesProps) {
  const t = useT()
  const { may } = useMe()
  const verdicts = useVerdicts()
  const keys = useQuery({ ...queryOf(listApiKeys, {}), enabled: may('keys:manage') })
  const choose = (name: keyof Filters) => (value: string | null) => {
    const { [name]: _, ...others } = filters
    onChange(value === null ? others : { ...others, [name]: value })
  }
  const shared = { clearable: true, placeholder: t('requests.log.all'), w: { base: '100%', xs: 200 } }
  return (
    <Group gap="sm" align="end">
      <Select
        {...shared}
        label={t('requests.log.kind')}
        data={[
          { value: 'lookup', label: t('requests.log.kinds.lookup') },
          { value: 'event', label: t('requests.log.kinds.event') },
        ]}
        value={filters.kind ?? null}
        onChange={choose('kind')}
      />
      {keys.data && (
        <Select
          {...shared}
          label={t('requests.log.key')}
          searchable
          data={keys.data.api_keys.map(({ id, name }) => ({ value: id, label: name }))}
          value={filters.api_key_id ?? null}
          onChange={choose('api_key_id')}
        />
      )}
      <Select
        {...shared}
        label={t('requests.log.verdict')}
        data={Object.entries(verdicts).map(([value, label]) => ({ value, label }))}
        value={filters.verdict ?? null}
        onChange={choose('verdict')}
      />
      <Select
        {...shared}
        label={t('requests.log.status')}
        data={(['ok', 'refused', 'failed'] as const).map((value) => ({
          value,
          label: t(`requests.log.statuses.${value}`),
        }))}
        value={filters.status ?? null}
        onChange={choose('status')}
      />
    </Group>
  )
}

function Rows({ rows, onOpen }: { rows: RequestView[]; onOpen: (id: string) => void }) {
  const t = useT()
  return (
    <Table className={classes.table!}>
      <Table.Caption className={classes.hidden!}>{t('requests.log.title')}</Table.Caption>
      <Table.Thead>
        <Table.Tr>
          <Table.Th>{t('requests.log.at')}</Table.Th>
          <Table.Th visibleFrom="sm">{t('requests.log.who')}</Table.Th>
          <Table.Th visibleFrom="md">{t('requests.log.phone')}</Table.Th>
          <Table.Th>{t('requests.log.verdict')}</Table.Th>
          <Table.Th visibleFrom="lg">{t('requests.log.ms')}</Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {rows.map(({ id, at, kind, name, actor, provider, phone, verdict, status, ms }) => (
          <Table.Tr key={id} className={classes.row!}>
            <Table.Td>
              <button type="button" className={classes.open} onClick={() => onOpen(id)}>
                {formatTime(at)}
              </button>
              <Text size="xs" c="dimmed" className={classes.meta!}>
                {t('requests.log.kind_on', { kind: t(`requests.log.kinds.${kind}`), day: formatDate(at) })}
              </Text>
            </Table.Td>
            <Table.Td visibleFrom="sm">
              {name ?? t('requests.log.unknown', { actor })}
              <Text size="xs" c="dimmed" className={classes.meta!}>
                {provider ?? '—'}
              </Text>
            </Table.Td>
            <Table.Td visibleFrom="md" className={classes.quiet!} ff="monospace">
              {phone ?? '—'}
            </Table.Td>
            <Table.Td>
              <VerdictMark verdict={verdict} status={status} />
            </Table.Td>
            <Table.Td visibleFrom="lg" className={classes.quiet!}>
              {t('requests.log.milliseconds', { ms: formatNumber(ms) })}
            </Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  )
}
