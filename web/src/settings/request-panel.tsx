import { getRequest, replayRequest } from '@clinicacrm/contract/requests.ts'
import { Button, Stack, Text, Title } from '@mantine/core'
import { IconRepeat } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { Fragment } from 'react'
import type { ReplyOf } from '../api.ts'
import { formatDate, formatTime } from '../format.ts'
import { useT } from '../i18n.ts'
import { queryOf, useCall } from '../query.ts'
import { ErrorPanel } from '../ui/error-panel.tsx'
import { Problem } from '../ui/problem.tsx'
import { SkeletonRows } from '../ui/skeleton-rows.tsx'
import classes from './explain-number.module.css'
import { ExplanationView } from './explanation-view.tsx'
import { Panel } from './panel.tsx'
import { useProblem } from './use-problem.ts'
import { VerdictMark } from './verdict-mark.tsx'

type Props = { id: string | null; onClose: () => void }

/** One request: what was sent, and what it would come to today. */
export function RequestPanel({ id, onClose }: Props) {
  const t = useT()
  return (
    <Panel opened={id !== null} title={t('requests.one.title')} size="36rem" onClose={onClose}>
      {id !== null && <Request key={id} id={id} />}
    </Panel>
  )
}

function Request({ id }: { id: string }) {
  const t = useT()
  const { data, error, refetch } = useQuery(queryOf(getRequest, { params: { id } }))
  const replaying = useCall(replayRequest)
  const problem = useProblem(replaying.error)
  if (error && !data) return <ErrorPanel error={error} onRetry={() => void refetch()} />
  if (!data) return <SkeletonRows rows={4} height={32} />
  return (
    <Stack>
      <div className={classes.verdict}>
        <VerdictMark verdict={data.verdict} status={data.status} />
        <Text size="sm" c="dimmed">
          {t('requests.one.when', { day: formatDate(data.at), time: formatTime(data.at) })}
        </Text>
      </div>
      <Facts request={data} />
      {data.problem && <Problem>{data.problem}</Problem>}
      {data.sent && (
        <div>
          <Title order={3} size="h5" mb={4}>
            {t('requests.one.sent')}
          </Title>
          <pre className={classes.sent} tabIndex={0} aria-label={t('requests.one.sent')}>
            {data.sent}
          </pre>
        </div>
      )}
      {data.can_replay ? (
        <Button
          variant="default"
          className={classes.submit!}
          leftSection={<IconRepeat size={16} aria-hidden />}
          loading={replaying.isPending}
          onClick={() => replaying.mutate({ params: { id } })}
        >
          {t('requests.one.replay')}
        </Button>
      ) : (
        <Text size="sm" c="dimmed">
          {t('requests.one.no_replay')}
        </Text>
      )}
      <Problem>{problem}</Problem>
      <div aria-live="polite">{replaying.data && <Replayed replay={replaying.data} />}</div>
    </Stack>
  )
}

function Facts({ request }: { request: ReplyOf<typeof getRequest> }) {
  const t = useT()
  const { name, actor, provider, call_id, phone, ms, status } = request
  const facts = [
    [t('requests.log.who'), name ?? t('requests.log.unknown', { actor })],
    [t('requests.one.provider'), provider],
    [t('requests.one.call'), call_id],
    [t('requests.log.phone'), phone],
    [t('requests.one.status'), t('requests.one.status_in', { status, ms })],
  ] as const
  return (
    <dl className={classes.facts}>
      {facts.map(([label, value]) =>
        value ? (
          <Fragment key={label}>
            <dt>{label}</dt>
            <dd>{value}</dd>
          </Fragment>
        ) : null,
      )}
    </dl>
  )
}

function Replayed({ replay }: { replay: ReplyOf<typeof replayRequest> }) {
  const t = useT()
  const { explanation, events, problems } = replay
  return (
    <Stack gap="sm">
      <Title order={3} size="h5">
        {t('requests.one.today')}
      </Title>
      {explanation && <ExplanationView explanation={explanation} />}
      {problems.map((problem) => (
        <Problem key={problem}>{problem}</Problem>
      ))}
      {events.length > 0 && (
        <pre className={classes.sent} tabIndex={0} aria-label={t('requests.one.today')}>
          {JSON.stringify(events, null, 2)}
        </pre>
      )}
    </Stack>
  )
}
