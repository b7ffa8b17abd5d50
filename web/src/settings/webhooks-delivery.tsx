import {
  type DeliveryView,
  getDelivery,
  listDeliveries,
  listWebhooks,
  replayDelivery,
} from '@clinicacrm/contract/webhooks.ts'
import { Button, Stack, Text, Title } from '@mantine/core'
import { IconRepeat } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { formatDateTime, formatNumber } from '../format.ts'
import { useT } from '../i18n.ts'
import { queryOf, refresh, useCall } from '../query.ts'
import { announce } from '../ui/announce.tsx'
import { ErrorPanel } from '../ui/error-panel.tsx'
import { Problem } from '../ui/problem.tsx'
import { SkeletonRows } from '../ui/skeleton-rows.tsx'
import { Panel } from './panel.tsx'
import { useProblem } from './use-problem.ts'
import { eventText } from './webhook-values.ts'
import { DeliveryMark } from './webhooks-mark.tsx'
import classes from './webhooks.module.css'

type Props = { webhook: string; id: string | null; onClose: () => void }

/** One delivery: what is sent, and what the receiver said to it. */
export function DeliveryPanel({ webhook, id, onClose }: Props) {
  const t = useT()
  return (
    <Panel opened={id !== null} title={t('webhooks.delivery.title')} size="36rem" onClose={onClose}>
      {id !== null && <Delivery key={id} webhook={webhook} id={id} />}
    </Panel>
  )
}

const everyMs = 1_000

function Delivery({ webhook, id }: { webhook: string; id: string }) {
  const t = useT()
  const params = { id: webhook, delivery_id: id }
  const { data, error, refetch } = useQuery({
    ...queryOf(getDelivery, { params }),
    refetchInterval: ({ state }) => (state.data?.state === 'pending' ? everyMs : false),
  })
  if (error && !data) return <ErrorPanel error={error} onRetry={() => void refetch()} />
  if (!data) return <SkeletonRows rows={4} height={32} />
  return (
    <Stack>
      <div className={classes.title} aria-live="polite">
        <DeliveryMark delivery={data} />
        <Text fw={600}>{t(`webhooks.events.${eventText(data.type as 'case.created')}`)}</Text>
      </div>
      <Facts delivery={data} />
      <Answer delivery={data} />
      <div>
        <Title order={3} size="h5" mb={4}>
          {t('webhooks.delivery.payload')}
        </Title>
        <pre className={classes.payload} tabIndex={0} aria-label={t('webhooks.delivery.payload')}>
          {JSON.stringify(data.payload, null, 2)}
        </pre>
      </div>
      <Replay params={params} isPending={data.state === 'pending'} />
    </Stack>
  )
}

function Replay({ params, isPending }: { params: { id: string; delivery_id: string }; isPending: boolean }) {
  const t = useT()
  const replaying = useCall(replayDelivery)
  const problem = useProblem(replaying.error)

  function replayed() {
    announce(t('webhooks.delivery.replayed'))
    void refresh(getDelivery, listDeliveries, listWebhooks)
  }
  return (
    <div>
      <Button
        variant="default"
        leftSection={<IconRepeat size={16} aria-hidden />}
        loading={replaying.isPending}
        onClick={() => replaying.mutate({ params }, { onSuccess: replayed })}
      >
        {isPending ? t('webhooks.delivery.now') : t('webhooks.delivery.replay')}
      </Button>
      <Text size="sm" c="dimmed" mt="xs">
        {t('webhooks.delivery.replay_text')}
      </Text>
      <Problem>{problem}</Problem>
    </div>
  )
}

function Facts({ delivery }: { delivery: DeliveryView }) {
  const t = useT()
  const { event_id, attempts, created_at, delivered_at, next_at } = delivery
  const facts = [
    [t('webhooks.delivery.id'), event_id],
    [t('webhooks.delivery.created'), formatDateTime(created_at)],
    [t('webhooks.delivery.attempts'), formatNumber(attempts)],
    ...(delivered_at ? [[t('webhooks.delivery.delivered'), formatDateTime(delivered_at)] as const] : []),
    ...(next_at ? [[t('webhooks.delivery.next'), formatDateTime(next_at)] as const] : []),
  ] as const
  return (
    <dl className={classes.facts}>
      {facts.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  )
}

/** Of a success, its status is all there is to say. */
function Answer({ delivery: { last_status, last_error } }: { delivery: DeliveryView }) {
  const t = useT()
  const reason = useReason(last_error)
  if (last_status === null && last_error === null) return null
  return (
    <div>
      <Title order={3} size="h5" mb={4}>
        {t('webhooks.delivery.answer')}
      </Title>
      <Text size="sm" mb={last_status !== null && last_error ? 4 : 0}>
        {last_status === null ? reason : t('webhooks.delivery.status', { status: last_status })}
      </Text>
      {last_status !== null && last_error && (
        <pre className={classes.payload} tabIndex={0} aria-label={t('webhooks.delivery.answer')}>
          {last_error}
        </pre>
      )}
    </div>
  )
}

/** Why there was no answer, from the server's word for it; a system's code stays as it is. */
function useReason(error: string | null): string {
  const t = useT()
  const [reason = '', detail] = (error ?? '').split(': ')
  switch (reason) {
    case 'timeout':
      return t('webhooks.reasons.timeout')
    case 'dns':
      return t('webhooks.reasons.dns')
    case 'secret':
      return t('webhooks.reasons.secret')
    case 'tls':
      return t('webhooks.reasons.tls', { code: detail })
    case 'connection':
      return t('webhooks.reasons.connection', { code: detail })
    case 'scheme':
    case 'credentials':
    case 'port':
    case 'address':
      return t('webhooks.reasons.refused')
    default:
      return error ?? ''
  }
}
