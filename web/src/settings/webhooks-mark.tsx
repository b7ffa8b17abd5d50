import type { DeliveryView, WebhookView } from '@clinicacrm/contract/webhooks.ts'
import { IconAlertTriangle, IconBan, IconCheck, IconClock, IconPlayerPause, IconX } from '@tabler/icons-react'
import { useT } from '../i18n.ts'
import { Mark } from './mark.tsx'
import { stateOfWebhook } from './webhook-values.ts'

const looks = {
  active: { icon: IconCheck, colour: 'green' },
  failing: { icon: IconAlertTriangle, colour: 'yellow' },
  paused: { icon: IconPlayerPause, colour: 'gray' },
  stopped: { icon: IconBan, colour: 'red' },
} as const

export function WebhookMark({ webhook }: { webhook: WebhookView }) {
  const t = useT()
  const state = stateOfWebhook(webhook)
  return <Mark {...looks[state]}>{t(`webhooks.states.${state}`)}</Mark>
}

const deliveryLooks = {
  waiting: { icon: IconClock, colour: 'blue' },
  retrying: { icon: IconAlertTriangle, colour: 'yellow' },
  delivered: { icon: IconCheck, colour: 'green' },
  dead: { icon: IconX, colour: 'red' },
} as const

export function DeliveryMark({ delivery: { state, last_status, last_error } }: { delivery: DeliveryView }) {
  const t = useT()
  const hasFailed = last_status !== null || last_error !== null
  const shown = state === 'pending' ? (hasFailed ? 'retrying' : 'waiting') : state
  return <Mark {...deliveryLooks[shown]}>{t(`webhooks.delivery_states.${shown}`)}</Mark>
}
