import type { CallView } from '@clinicacrm/contract/calls.ts'
import {
  type Icon,
  IconPhone,
  IconPhoneCall,
  IconPhoneCheck,
  IconPhoneIncoming,
  IconPhoneOutgoing,
  IconPhonePause,
  IconPhoneRinging,
  IconPhoneX,
  IconRecordMail,
} from '@tabler/icons-react'
import { useT } from '../i18n.ts'
import classes from '../ui/status-chip.module.css'
import own from './call-log.module.css'

const looks = {
  ringing: { icon: IconPhoneRinging, meaning: 'open' },
  talking: { icon: IconPhoneCall, meaning: 'booked' },
  held: { icon: IconPhonePause, meaning: 'waiting' },
  answered: { icon: IconPhoneCheck, meaning: 'won' },
  missed: { icon: IconPhoneX, meaning: 'lost' },
  missed_out: { icon: IconPhoneX, meaning: 'closed' },
  voicemail: { icon: IconRecordMail, meaning: 'waiting' },
  ended: { icon: IconPhone, meaning: 'closed' },
} satisfies Record<string, { icon: Icon; meaning: string }>
type Look = keyof typeof looks

/** How a call stands or how it ended: icon, label and colour say the same. */
export function CallState({ call }: { call: CallView }) {
  const t = useT()
  const look = lookOf(call)
  const { icon: Icon, meaning } = looks[look]
  return (
    <span className={classes.chip} data-class={meaning}>
      <Icon size={14} stroke={2} aria-hidden className={classes.icon} />
      <span className={classes.label}>{t(`call_log.looks.${look}`)}</span>
    </span>
  )
}

function lookOf({ state, result, direction }: CallView): Look {
  if (state === 'answered') return 'talking'
  if (state !== 'ended') return state
  if (result === 'missed') return direction === 'outbound' ? 'missed_out' : 'missed'
  return result ?? 'ended'
}

const directions = { inbound: IconPhoneIncoming, outbound: IconPhoneOutgoing, internal: IconPhone }

/** Which way it went; in words for who listens, and for who points at it. */
export function Direction({ direction }: Pick<CallView, 'direction'>) {
  const t = useT()
  const Icon = directions[direction]
  const label = t(`call_log.directions.${direction}`)
  return (
    <span role="img" aria-label={label} title={label} className={own.direction}>
      <Icon size={16} stroke={1.5} aria-hidden />
    </span>
  )
}
