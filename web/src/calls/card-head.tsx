import type { CallView } from '@clinicacrm/contract/calls.ts'
import type { PopView } from '@clinicacrm/contract/pops.ts'
import { ActionIcon } from '@mantine/core'
import {
  IconChevronDown,
  IconChevronUp,
  IconPhoneCall,
  IconPhoneIncoming,
  IconPhoneOff,
  IconPhoneOutgoing,
  IconPhonePause,
  IconX,
} from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { useT } from '../i18n.ts'
import { useShortcut } from '../shortcuts.ts'
import { Tip } from '../ui/tip.tsx'
import classes from './cards.module.css'
import { clockOf, secondsOf } from './pop-state.ts'
import { useSeconds } from './use-seconds.ts'

/** How the call stands, at which of our numbers, and since when. */
export function CardHead({ pop: { call }, children }: { pop: PopView; children?: ReactNode }) {
  const t = useT()
  const state = stateOf(call)
  const Icon = icons[state]
  const line = [call.dialled, call.clinic].find(Boolean) ?? call.to
  return (
    <div className={classes.head}>
      <span className={classes.state}>
        <Icon size={16} stroke={1.75} aria-hidden />
        {t(`calls.state.${state}`)}
      </span>
      <span className={classes.line} title={line ?? undefined}>
        {line && t('calls.line', { line })}
      </span>
      <Timer call={call} />
      {children}
    </div>
  )
}

/** Shows less of a card, and all of it again. */
export function Fold({ isSmall, onClick }: { isSmall: boolean; onClick: () => void }) {
  const t = useT()
  const Icon = isSmall ? IconChevronUp : IconChevronDown
  return (
    <ActionIcon
      size="md"
      aria-expanded={!isSmall}
      aria-label={t(isSmall ? 'calls.actions.more' : 'calls.actions.less')}
      onClick={onClick}
    >
      <Icon size={16} stroke={1.75} />
    </ActionIcon>
  )
}

/** Takes the card away; the call stays in the tray as long as it concerns anybody. */
export function PutAway({ label, onClick }: { label: string; onClick: () => void }) {
  const t = useT()
  useShortcut('x', onClick, { description: t('calls.keys.away'), scope: 'call' })
  return (
    <Tip label={label}>
      <ActionIcon size="md" aria-label={label} aria-keyshortcuts="x" onClick={onClick}>
        <IconX size={16} stroke={1.75} />
      </ActionIcon>
    </Tip>
  )
}

const icons = {
  ringing: IconPhoneIncoming,
  ringing_out: IconPhoneOutgoing,
  talking: IconPhoneCall,
  held: IconPhonePause,
  owed: IconPhoneOff,
}

function stateOf({ state, direction }: CallView): keyof typeof icons {
  if (state === 'ringing') return direction === 'outbound' ? 'ringing_out' : 'ringing'
  if (state === 'ended') return 'owed'
  return state === 'held' ? 'held' : 'talking'
}

function Timer({ call }: { call: CallView }) {
  const t = useT()
  const now = useSeconds()
  const seconds = call.state === 'ended' ? (call.talk_seconds ?? 0) : secondsOf(call, now)
  return (
    <span className={classes.timer} role="timer" aria-label={t('calls.timer')} aria-live="off">
      {clockOf(seconds)}
    </span>
  )
}
