import type { PopView } from '@clinicacrm/contract/pops.ts'
import { IconBan, IconPhoneX } from '@tabler/icons-react'
import { DialNumber } from '../dial-number.tsx'
import { formatPhone } from '../format.ts'
import { useT } from '../i18n.ts'
import { useMe } from '../session.ts'
import { CopyButton } from '../ui/copy-button.tsx'
import { DueDate } from '../ui/due-date.tsx'
import { StatusChip } from '../ui/status-chip.tsx'
import classes from './cards.module.css'

type T = ReturnType<typeof useT>

/** What the call is called: the person, or what is known instead. */
export function nameIn(t: T, { call }: Pick<PopView, 'call'>): string {
  if (call.patient_name) return call.patient_name
  if (call.match === 'many') return t('calls.who.many')
  if (call.match === 'withheld') return t('calls.who.withheld')
  return t(call.match === 'internal' ? 'calls.who.internal' : 'calls.who.unknown')
}

/** Who calls, from which number, and how sure that is. */
export function Who({ pop, headingId }: { pop: PopView; headingId: string }) {
  const t = useT()
  const { call, callers } = pop
  const number =
    call.match === 'withheld' ? null : (call.phone ?? (call.direction === 'outbound' ? call.to : call.from))
  const label = call.patient_id && callers.find(({ patient_id }) => patient_id === call.patient_id)?.label
  return (
    <div className={classes.who}>
      <h2 id={headingId} className={classes.name}>
        <bdi>{nameIn(t, pop)}</bdi>
      </h2>
      {number && (
        <span className={classes.number}>
          <DialNumber phone={number} isDead={!mayCallBack(pop)} />
          <CopyButton text={number} label={t('calls.copy_number', { number: formatPhone(number) })} />
          {label && <span>{t('calls.whose', { label })}</span>}
        </span>
      )}
      <Blocked pop={pop} />
    </div>
  )
}

/** Whoever calls is spoken to already; later their number calls them back. */
export const mayCallBack = ({ call, blocked }: PopView): boolean =>
  call.state === 'ended' && call.phone !== null && call.match !== 'withheld' && call.match !== 'internal' && !blocked

function Blocked({ pop: { blocked, blocked_reason: why } }: { pop: PopView }) {
  const t = useT()
  if (!blocked) return null
  const barred = why ? t('common.dial.barred_because', { why }) : t('common.dial.barred')
  return (
    <span className={classes.blocked}>
      <IconBan size={14} stroke={2} aria-hidden />
      {blocked === 'wrong_number' ? t('calls.wrong_number') : barred}
    </span>
  )
}

/** How sure it is, and how often they called in vain. */
export function Chips({ pop: { call, caller_count, missed_today } }: { pop: PopView }) {
  const t = useT()
  if (!call.match) return null
  return (
    <div className={classes.chips}>
      <span className={classes.chip}>
        {call.match === 'many' ? t('calls.match.many', { count: caller_count }) : t(`calls.match.${call.match}`)}
      </span>
      {missed_today > 0 && (
        <span className={classes.missed}>
          <IconPhoneX size={14} stroke={2} aria-hidden />
          {t('calls.missed_today', { count: missed_today })}
        </span>
      )}
    </div>
  )
}

/** Why they probably call: where their case stands, and what comes next. */
export function Why({ pop: { case: kase, call } }: { pop: PopView }) {
  const t = useT()
  const { clinics } = useMe()
  if (!kase) return call.patient_id ? <p className={classes.quiet}>{t('calls.no_case')}</p> : null
  const zone = clinics.find(({ name }) => name === kase.clinic)?.zone
  const about = [kase.treatment, kase.clinic].filter(Boolean)
  return (
    <>
      <div className={classes.facts}>
        <StatusChip status={kase.status} />
        {kase.follow_up_date && <DueDate when={kase.follow_up_date} zone={zone} />}
        {kase.follow_up_reason && <span>{kase.follow_up_reason}</span>}
      </div>
      <p className={classes.quiet}>{about.join(' · ')}</p>
    </>
  )
}

/** What a colleague wrote who gave the call away. */
export function NoteSoFar({ pop: { note_so_far, transferred_by } }: { pop: PopView }) {
  const t = useT()
  if (!note_so_far && !transferred_by) return null
  const head = note_so_far
    ? transferred_by
      ? t('calls.note.so_far', { who: transferred_by })
      : t('calls.note.so_far_plain')
    : t('calls.note.transferred', { who: transferred_by! })
  return (
    <div>
      <p className={classes.quiet}>{head}</p>
      {note_so_far && (
        <blockquote className={classes.soFar} dir="auto">
          {note_so_far}
        </blockquote>
      )}
    </div>
  )
}
