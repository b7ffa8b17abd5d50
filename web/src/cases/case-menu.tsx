import { ActionIcon, Menu } from '@mantine/core'
import type { CaseView } from '@clinicacrm/contract/cases.ts'
import type { StatusCode } from '@clinicacrm/contract/lifecycle.ts'
import {
  IconArrowRight,
  IconCalendarEvent,
  IconCopy,
  IconDots,
  IconExternalLink,
  IconPhoneCall,
} from '@tabler/icons-react'
import { formatPhone } from '../format.ts'
import { useT } from '../i18n.ts'
import { useMe } from '../session.ts'
import { announce } from '../ui/announce.tsx'
import { copyText } from '../ui/copy-text.ts'
import { StatusChip } from '../ui/status-chip.tsx'
import { useCaseChanges } from './case-changes.tsx'
import { caseHref } from './case-link.tsx'
import { nameOf, numberOf } from './case-names.ts'
import { useFacts } from './facts.tsx'
import { callbackMoments, verdictOn } from './moves.ts'

type Props = { kase: CaseView; label?: string; onMoveToDay?: () => void; dayLabel?: string }

/** What can be done with a case without opening it: the way of the keyboard to all that the mouse can drag. */
export function CaseMenu({ kase, label, onMoveToDay, dayLabel }: Props) {
  const t = useT()
  const { may } = useMe()
  const number = numberOf(kase)
  const mayWrite = may('cases:write')
  return (
    <Menu position="bottom-end" width={240} withinPortal>
      <Menu.Target>
        <ActionIcon
          size="sm"
          aria-label={label ?? t('cases.row.menu', { name: nameOf(t, kase) })}
          onClick={(event) => event.stopPropagation()}
        >
          <IconDots size={16} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown onClick={(event) => event.stopPropagation()}>
        <Menu.Item component="a" href={caseHref(kase.id)} target="_blank" leftSection={<IconExternalLink size={16} />}>
          {t('cases.row.new_tab')}
        </Menu.Item>
        {number && (
          <Menu.Item leftSection={<IconCopy size={16} />} onClick={() => void copyNumber(t, number)}>
            {t('cases.row.copy_number', { number: formatPhone(number) })}
          </Menu.Item>
        )}
        {mayWrite && <CallBack kase={kase} />}
        {mayWrite && onMoveToDay && (
          <Menu.Item leftSection={<IconCalendarEvent size={16} />} onClick={onMoveToDay}>
            {dayLabel}
          </Menu.Item>
        )}
        {mayWrite && <MoveTo kase={kase} />}
      </Menu.Dropdown>
    </Menu>
  )
}

export async function copyNumber(t: ReturnType<typeof useT>, number: string) {
  if (await copyText(number)) announce(t('common.copied', { text: formatPhone(number) }))
}

function CallBack({ kase }: { kase: CaseView }) {
  const t = useT()
  const { change, askWhen } = useCaseChanges()
  const callBack = useCallBack()
  const moments = callbackMoments(useFacts().zoneOf(kase))
  const to = callBack.statusFor(kase)
  if (to === null) return null
  const names = ['in_2_hours', 'tomorrow', 'next_monday'] as const
  return (
    <Menu.Sub>
      <Menu.Sub.Target>
        <Menu.Sub.Item leftSection={<IconPhoneCall size={16} />}>{t('cases.row.call_back')}</Menu.Sub.Item>
      </Menu.Sub.Target>
      <Menu.Sub.Dropdown>
        {names.map((name) => (
          <Menu.Item key={name} onClick={() => change(kase, { status: to, follow_up_date: moments[name] })}>
            {t(`cases.moments.${name}`)}
          </Menu.Item>
        ))}
        <Menu.Item onClick={() => askWhen(kase)}>{t('cases.moments.choose')}</Menu.Item>
      </Menu.Sub.Dropdown>
    </Menu.Sub>
  )
}

/** Calling back is a status of its own; whoever is at an end must be reopened with a reason first. */
export function useCallBack() {
  const { change } = useCaseChanges()
  const { zoneOf } = useFacts()
  const statusFor = (kase: CaseView): StatusCode | null => {
    const verdict = verdictOn(kase, 'DA_RICHIAMARE', false)
    return verdict.missing.includes('status_reason') ? null : 'DA_RICHIAMARE'
  }
  return {
    statusFor,
    tomorrow(kase: CaseView) {
      const status = statusFor(kase)
      if (status) change(kase, { status, follow_up_date: callbackMoments(zoneOf(kase)).tomorrow })
    },
  }
}

function MoveTo({ kase }: { kase: CaseView }) {
  const t = useT()
  const { may, statuses } = useMe()
  const { moveTo } = useCaseChanges()
  const offered = statuses.filter(
    ({ code, hidden }) =>
      !hidden && code !== kase.status && verdictOn(kase, code as StatusCode, may('cases:override')).isAllowed,
  )
  return (
    <Menu.Sub>
      <Menu.Sub.Target>
        <Menu.Sub.Item leftSection={<IconArrowRight size={16} />}>{t('cases.row.move_to')}</Menu.Sub.Item>
      </Menu.Sub.Target>
      <Menu.Sub.Dropdown>
        {offered.map(({ code }) => (
          <Menu.Item key={code} onClick={() => moveTo(kase, code as StatusCode)}>
            <StatusChip status={code} />
          </Menu.Item>
        ))}
      </Menu.Sub.Dropdown>
    </Menu.Sub>
  )
}
