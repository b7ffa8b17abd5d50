import { testEvent, webhookEventNames } from '@clinicacrm/contract/webhook-events.ts'
import {
  type DeliveryState,
  type DeliveryView,
  deliveryStates,
  listDeliveries,
  listWebhooks,
  replayDead,
  type WebhookView,
} from '@clinicacrm/contract/webhooks.ts'
import { Button, Group, Select, Table, Text } from '@mantine/core'
import { IconRepeat, IconSend } from '@tabler/icons-react'
import { useInfiniteQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { type ApiError, call, type InputOf } from '../api.ts'
import { formatDate, formatNumber, formatTime } from '../format.ts'
import { useT } from '../i18n.ts'
import { refresh, useCall } from '../query.ts'
import { announce } from '../ui/announce.tsx'
import { EmptyState } from '../ui/empty-state.tsx'
import { ErrorPanel } from '../ui/error-panel.tsx'
import { Problem } from '../ui/problem.tsx'
import { SkeletonRows } from '../ui/skeleton-rows.tsx'
import { Fieldset } from './fieldset.tsx'
import classes from './table.module.css'
import { useOpen } from './use-open.ts'
import { useProblem } from './use-problem.ts'
import { eventText } from './webhook-values.ts'
import { DeliveryPanel } from './webhooks-delivery.tsx'
import { DeliveryMark } from './webhooks-mark.tsx'

type Query = NonNullable<InputOf<typeof listDeliveries>['query']>
type Filters = { state?: DeliveryState; type?: Exclude<Query['type'], undefined | unknown[]> }

/** What was sent or is to be, the newest first. */
export function Deliveries({ webhook }: { webhook: WebhookView }) {
  const t = useT()
  const { open, show, close } = useOpen()
  const [filters, setFilters] = useState<Filters>({})
  const { id, pending } = webhook
  const list = useInfiniteQuery({
    queryKey: [listDeliveries.name, id, filters],
    queryFn: ({ pageParam, signal }) =>
      call(
        listDeliveries,
        { params: { id }, query: { ...filters, ...(pageParam && { cursor: pageParam }) } },
        { signal },
      ),
    initialPageParam: '',
    getNextPageParam: ({ next_cursor }) => next_cursor,
    refetchInterval: pending > 0 ? 4_000 : 15_000,
  })
  const rows = list.data?.pages.flatMap(({ deliveries }) => deliveries)
  return (
    <Fieldset
      title={t('webhooks.deliveries.title')}
      text={t('webhooks.deliveries.text')}
      actions={webhook.dead > 0 ? <ReplayDead webhook={webhook} /> : undefined}
    >
      <Choices filters={filters} onChange={setFilters} />
      {list.error && !rows && <ErrorPanel error={list.error as ApiError} onRetry={() => void list.refetch()} />}
      {!list.error && !rows && <SkeletonRows rows={5} height={44} />}
      {rows?.length === 0 && (
        <EmptyState
          icon={<IconSend size={20} />}
          title={t('webhooks.deliveries.none')}
          text={
            Object.keys(filters).length > 0
              ? t('webhooks.deliveries.none_filtered')
              : t('webhooks.deliveries.none_text')
          }
        />
      )}
      {rows && rows.length > 0 && <Rows rows={rows} onOpen={(delivery) => show(`delivery-${delivery}`)} />}
      {list.hasNextPage && (
        <Group justify="center">
          <Button variant="default" loading={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
            {t('webhooks.deliveries.more')}
          </Button>
        </Group>
      )}
      <DeliveryPanel webhook={id} id={/^delivery-(\d+)$/.exec(open ?? '')?.[1] ?? null} onClose={close} />
    </Fieldset>
  )
}

function ReplayDead({ webhook: { id, dead } }: { webhook: WebhookView }) {
  const t = useT()
  const replaying = useCall(replayDead)
  const problem = useProblem(replaying.error)

  function replayed({ count }: { count: number }) {
    announce(t('webhooks.deliveries.replayed', { count, shown: formatNumber(count) }))
    void refresh(listWebhooks, listDeliveries)
  }
  return (
    <div>
      <Button
        variant="default"
        leftSection={<IconRepeat size={16} aria-hidden />}
        loading={replaying.isPending}
        onClick={() => replaying.mutate({ params: { id } }, { onSuccess: replayed })}
      >
        {t('webhooks.deliveries.replay_dead', { count: dead, shown: formatNumber(dead) })}
      </Button>
      <Problem>{problem}</Problem>
    </div>
  )
}

type ChoicesProps = { filters: Filters; onChange: (filters: Filters) => void }

function Choices({ filters, onChange }: ChoicesProps) {
  const t = useT()
  const choose = (name: keyof Filters) => (value: string | null) => {
    const { [name]: _, ...others } = filters
    onChange(value === null ? others : ({ ...others, [name]: value } as Filters))
  }
  const shared = { clearable: true, placeholder: t('webhooks.deliveries.all'), w: { base: '100%', xs: 220 } }
  return (
    <Group gap="sm" align="end">
      <Select
        {...shared}
        label={t('webhooks.deliveries.state')}
        data={deliveryStates.map((value) => ({ value, label: t(`webhooks.deliveries.states.${value}`) }))}
        value={filters.state ?? null}
        onChange={choose('state')}
      />
      <Select
        {...shared}
        label={t('webhooks.deliveries.type')}
        searchable
        nothingFoundMessage={t('settings.nothing_found')}
        data={[...webhookEventNames, testEvent].map((value) => ({
          value,
          label: t(`webhooks.events.${eventText(value)}`),
        }))}
        value={filters.type ?? null}
        onChange={choose('type')}
      />
    </Group>
  )
}

function Rows({ rows, onOpen }: { rows: DeliveryView[]; onOpen: (id: string) => void }) {
  const t = useT()
  return (
    <Table className={classes.table!}>
      <Table.Caption className={classes.hidden!}>{t('webhooks.deliveries.title')}</Table.Caption>
      <Table.Thead>
        <Table.Tr>
          <Table.Th>{t('webhooks.deliveries.event')}</Table.Th>
          <Table.Th visibleFrom="sm">{t('webhooks.deliveries.at')}</Table.Th>
          <Table.Th visibleFrom="md">{t('webhooks.deliveries.attempts')}</Table.Th>
          <Table.Th visibleFrom="md">{t('webhooks.deliveries.answer')}</Table.Th>
          <Table.Th>{t('webhooks.deliveries.state')}</Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {rows.map((delivery) => (
          <Row key={delivery.id} delivery={delivery} onOpen={() => onOpen(delivery.id)} />
        ))}
      </Table.Tbody>
    </Table>
  )
}

function Row({ delivery, onOpen }: { delivery: DeliveryView; onOpen: () => void }) {
  const t = useT()
  const { type, created_at, attempts, last_status } = delivery
  return (
    <Table.Tr className={classes.row!}>
      <Table.Td>
        <button type="button" className={classes.open} onClick={onOpen}>
          {t(`webhooks.events.${eventText(type as 'case.created')}`)}
        </button>
        <Text size="xs" c="dimmed" ff="monospace" className={classes.meta!}>
          {type}
        </Text>
      </Table.Td>
      <Table.Td visibleFrom="sm" className={classes.quiet!}>
        {t('webhooks.deliveries.when', { day: formatDate(created_at), time: formatTime(created_at) })}
      </Table.Td>
      <Table.Td visibleFrom="md">{formatNumber(attempts)}</Table.Td>
      <Table.Td visibleFrom="md">{last_status ?? '—'}</Table.Td>
      <Table.Td>
        <DeliveryMark delivery={delivery} />
      </Table.Td>
    </Table.Tr>
  )
}
