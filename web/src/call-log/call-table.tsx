import type { CallView } from '@clinicacrm/contract/calls.ts'
import { IconAlertCircle, IconMicrophone } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { formatDateTime, formatPhone, formatSeconds } from '../format.ts'
import { currentLocale, useT } from '../i18n.ts'
import { useMe } from '../session.ts'
import { dispositionIn } from '../ui/disposition-text.ts'
import table from '../ui/list-table.module.css'
import classes from './call-log.module.css'
import { CallState, Direction } from './call-state.tsx'
import { nameIn, numberOf, whenIn } from './call-text.ts'
import { useCallsSearch } from './use-calls.ts'

export function CallTable({ calls }: { calls: CallView[] }) {
  const t = useT()
  return (
    <table className={table.table} aria-label={t('call_log.title')}>
      <thead>
        <tr>
          <th scope="col">{t('call_log.fields.state')}</th>
          <th scope="col">{t('call_log.fields.who')}</th>
          <th scope="col">{t('call_log.fields.number')}</th>
          <th scope="col">{t('call_log.fields.when')}</th>
          <th scope="col">{t('call_log.fields.line')}</th>
          <th scope="col">{t('call_log.fields.agent')}</th>
          <th scope="col" className={table.end}>
            {t('call_log.fields.wait')}
          </th>
          <th scope="col" className={table.end}>
            {t('call_log.fields.talk')}
          </th>
          <th scope="col">{t('call_log.fields.disposition')}</th>
        </tr>
      </thead>
      <tbody>
        {calls.map((call) => (
          <CallRow key={call.id} call={call} />
        ))}
      </tbody>
    </table>
  )
}

function CallRow({ call }: { call: CallView }) {
  const t = useT()
  const { clinics } = useMe()
  const { search } = useCallsSearch()
  const zone = clinics.find(({ id }) => id === call.clinic_id)?.zone
  const number = numberOf(call)
  return (
    <tr className={`${table.row} ${classes.row}`}>
      <td className={classes.state}>
        <span className={classes.stateParts}>
          <Direction direction={call.direction} />
          <CallState call={call} />
        </span>
      </td>
      <td className={`${table.name} ${classes.person}`}>
        <Link
          to="/$locale/calls"
          params={{ locale: currentLocale() }}
          search={{ ...search, call: call.id }}
          className={table.link ?? ''}
          data-plain={!call.patient_name || undefined}
        >
          <bdi>{nameIn(t, call)}</bdi>
        </Link>
        {call.has_recording && (
          <span
            role="img"
            aria-label={t('call_log.recorded')}
            title={t('call_log.recorded')}
            className={classes.recorded}
          >
            <IconMicrophone size={14} stroke={1.75} aria-hidden />
          </span>
        )}
      </td>
      <td data-tabular className={classes.phone}>
        {number && <bdi>{formatPhone(number)}</bdi>}
      </td>
      <td className={classes.when}>
        <time dateTime={call.started_at} title={formatDateTime(call.started_at, { zone })}>
          {whenIn(call.started_at, zone)}
        </time>
      </td>
      <td className={classes.line}>{call.dialled ?? call.clinic}</td>
      <td className={classes.agent}>{call.agent}</td>
      <td className={`${table.end} ${classes.wait}`} data-label={t('call_log.fields.wait')} data-tabular>
        {call.wait_seconds !== null && formatSeconds(call.wait_seconds)}
      </td>
      <td className={`${table.end} ${classes.talk}`} data-label={t('call_log.fields.talk')} data-tabular>
        {call.talk_seconds !== null && formatSeconds(call.talk_seconds)}
      </td>
      <td className={classes.disposition}>
        {call.wrap_up_owed ? <Owed /> : call.disposition && dispositionIn(t, call.disposition)}
      </td>
    </tr>
  )
}

export function Owed() {
  const t = useT()
  return (
    <span className={classes.owed}>
      <IconAlertCircle size={14} stroke={2} aria-hidden />
      {t('call_log.owed')}
    </span>
  )
}
