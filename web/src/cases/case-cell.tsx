import type { CaseView } from '@clinicacrm/contract/cases.ts'
import type { channels } from '@clinicacrm/contract/cases.ts'
import type { ReactNode } from 'react'
import { formatAgo, formatDate, formatDateTime, formatPhone } from '../format.ts'
import { useT } from '../i18n.ts'
import { DueDate } from '../ui/due-date.tsx'
import { PersonAvatar } from '../ui/person-avatar.tsx'
import { StatusChip } from '../ui/status-chip.tsx'
import { useNow } from '../ui/use-now.ts'
import { CaseLink } from './case-link.tsx'
import { nameOf, numberOf } from './case-names.ts'
import classes from './case-cell.module.css'
import type { ColumnName } from './columns.ts'
import { useFacts } from './facts.tsx'
import { isSettled } from '../move-rules.ts'

/** What one column shows of a case. */
export function CaseCell({ kase, column, isReachable }: { kase: CaseView; column: ColumnName; isReachable: boolean }) {
  switch (column) {
    case 'status':
      return <StatusChip status={kase.status} />
    case 'name':
      return <NameCell kase={kase} isReachable={isReachable} />
    case 'follow_up_date':
      return <DueCell kase={kase} />
    case 'channel':
      return <Channel channel={kase.channel} />
    case 'assigned_to':
      return <Assignee assigned={kase.assigned_to} />
    case 'phone':
      return <PhoneCell kase={kase} />
    case 'last_contact_at':
      return <Moment when={kase.last_contact_at} kase={kase} isAgo />
    case 'created_at':
    case 'updated_at':
      return <Moment when={kase[column]} kase={kase} />
    case 'id':
      return <span className={classes.id}>#{kase.id}</span>
    case 'clinic':
      return <Clinic name={kase.clinic} />
    case 'treatment':
    case 'follow_up_reason':
    case 'origin':
    case 'dialer_campaign_tag':
    case 'promotion':
    case 'disposition':
    case 'outcome':
    case 'email':
      return <Words>{kase[column]}</Words>
  }
}

function Words({ children }: { children: string | null }) {
  return (
    <span className={classes.words} title={children ?? undefined}>
      {children}
    </span>
  )
}

function Clinic({ name }: { name: string }) {
  const { shortClinic } = useFacts()
  return (
    <span className={classes.words} title={name}>
      {shortClinic(name)}
    </span>
  )
}

function NameCell({ kase, isReachable }: { kase: CaseView; isReachable: boolean }) {
  const t = useT()
  return (
    <CaseLink id={kase.id} className={classes.name!} tabIndex={isReachable ? 0 : -1} draggable={false}>
      {nameOf(t, kase)}
    </CaseLink>
  )
}

/** An open case that waits for nothing is a gap, and is shown as one. */
export function DueCell({ kase }: { kase: CaseView }): ReactNode {
  const zone = useFacts().zoneOf(kase)
  const settled = isSettled(kase.status)
  if (kase.follow_up_date === null && settled) return null
  return <DueDate when={kase.follow_up_date} zone={zone} settled={settled} />
}

function PhoneCell({ kase }: { kase: CaseView }) {
  const number = numberOf(kase)
  return <Words>{number && formatPhone(number)}</Words>
}

export function Channel({ channel }: { channel: string | null }) {
  const t = useT()
  if (channel === null) return null
  return <span className={classes.words}>{t(`cases.channels.${channel as (typeof channels)[number]}`)}</span>
}

export function Assignee({ assigned }: { assigned: string | null }) {
  const { personNamed } = useFacts()
  if (assigned === null) return null
  const name = personNamed(assigned)
  return (
    <span className={classes.assignee} title={name}>
      <PersonAvatar name={name} size={20} />
      <span className={classes.words}>{name}</span>
    </span>
  )
}

function Moment({ when, kase, isAgo = false }: { when: string | null; kase: CaseView; isAgo?: boolean }) {
  const zone = useFacts().zoneOf(kase)
  const now = useNow()
  if (when === null) return null
  return (
    <time dateTime={when} title={formatDateTime(when, { zone })} className={classes.quiet}>
      {isAgo ? formatAgo(when, { zone, now }) : formatDate(when, { zone })}
    </time>
  )
}
