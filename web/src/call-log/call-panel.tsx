import { getCall } from '@clinicacrm/contract/call-log.ts'
import { Drawer } from '@mantine/core'
import { IconUserOff } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { type ReplyOf, ApiError } from '../api.ts'
import { formatDateTime, formatPhone, formatSeconds, formatTime } from '../format.ts'
import { useT } from '../i18n.ts'
import { queryOf } from '../query.ts'
import { useMe } from '../session.ts'
import { CopyButton } from '../ui/copy-button.tsx'
import { dispositionIn } from '../ui/disposition-text.ts'
import { EmptyState } from '../ui/empty-state.tsx'
import { ErrorPanel } from '../ui/error-panel.tsx'
import { SkeletonRows } from '../ui/skeleton-rows.tsx'
import { Chapter, Facts } from './call-facts.tsx'
import classes from './call-log.module.css'
import { CallState, Direction } from './call-state.tsx'
import { Owed } from './call-table.tsx'
import { nameIn, numberOf } from './call-text.ts'
import { WhereTo } from './where-to.tsx'

type Shown = ReplyOf<typeof getCall>

/** One call beside the list: who it was, what happened, and the ways on. */
export function CallPanel({ id, onClose }: { id: string | null; onClose: () => void }) {
  const t = useT()
  // What was open stays while the panel slides away.
  const [shown, setShown] = useState(id)
  if (id !== null && shown !== id) setShown(id)
  return (
    <Drawer opened={id !== null} onClose={onClose} title={t('call_log.panel.title')} size="28rem">
      {shown && <OneCall key={shown} id={shown} />}
    </Drawer>
  )
}

function OneCall({ id }: { id: string }) {
  const t = useT()
  const call = useQuery(queryOf(getCall, { params: { id } }))
  if (call.isPending) return <SkeletonRows rows={8} />
  if (call.isError) {
    const isGone = call.error instanceof ApiError && call.error.code === 'not_found'
    if (!isGone) return <ErrorPanel error={call.error} onRetry={() => void call.refetch()} />
    return (
      <EmptyState
        icon={<IconUserOff size={20} />}
        title={t('call_log.panel.gone')}
        text={t('call_log.panel.gone_text')}
      />
    )
  }
  return <Details call={call.data} />
}

function Details({ call }: { call: Shown }) {
  const t = useT()
  const { clinics } = useMe()
  const zone = clinics.find(({ id }) => id === call.clinic_id)?.zone
  const number = numberOf(call)
  return (
    <div className={classes.panel}>
      <div className={classes.who}>
        <h3 className={classes.panelName}>
          <bdi>{nameIn(t, call)}</bdi>
        </h3>
        {number && (
          <span className={classes.number} data-tabular>
            <bdi>{formatPhone(number)}</bdi>
            <CopyButton text={number} label={t('calls.copy_number', { number: formatPhone(number) })} />
          </span>
        )}
        <span className={classes.stateParts}>
          <Direction direction={call.direction} />
          <CallState call={call} />
          {call.wrap_up_owed && <Owed />}
        </span>
      </div>
      <WhereTo call={call} />
      <Facts
        rows={[
          [t('call_log.fields.when'), formatDateTime(call.started_at, { zone })],
          [t('call_log.fields.wait'), call.wait_seconds === null ? null : formatSeconds(call.wait_seconds)],
          [t('call_log.fields.talk'), call.talk_seconds === null ? null : formatSeconds(call.talk_seconds)],
          [t('call_log.fields.line'), call.dialled ?? (call.to && formatPhone(call.to))],
          [t('call_log.fields.clinic'), call.clinic],
          [t('call_log.fields.queue'), call.queue],
          [t('call_log.fields.agent'), call.agent],
          [t('call_log.fields.match'), call.match && t(`call_log.matches.${call.match}`)],
          [t('call_log.fields.disposition'), call.disposition && dispositionIn(t, call.disposition)],
          [t('call_log.fields.campaign'), call.campaign],
          [t('call_log.fields.reason'), call.reason],
        ]}
      />
      {call.note && (
        <Chapter title={t('call_log.panel.note')}>
          <blockquote className={classes.note} dir="auto">
            {call.note}
          </blockquote>
        </Chapter>
      )}
      <Events call={call} zone={zone} />
    </div>
  )
}

/** What the platform told, in the order it happened. */
function Events({ call: { events }, zone }: { call: Shown; zone: string | undefined }) {
  const t = useT()
  if (events.length === 0) return null
  return (
    <Chapter title={t('call_log.panel.events')}>
      <ol className={classes.events}>
        {events.map(({ event, at, agent }, i) => (
          <li key={`${i}${event}`}>
            <time dateTime={at} title={formatDateTime(at, { zone })}>
              {formatTime(at, { zone })}
            </time>
            <span className={classes.event}>{t(`call_log.events.${event}`)}</span>
            {agent && <span className={classes.eventAgent}>{agent}</span>}
          </li>
        ))}
      </ol>
    </Chapter>
  )
}
