import type { ApiKeyView } from '@clinicacrm/contract/api-keys.ts'
import { IconBan, IconCheck, IconClockOff, IconPlayerPause } from '@tabler/icons-react'
import { useT } from '../i18n.ts'
import { useNow } from '../ui/use-now.ts'
import { stateOf } from './key-state.ts'
import { Mark } from './mark.tsx'

const looks = {
  active: { icon: IconCheck, colour: 'green' },
  paused: { icon: IconPlayerPause, colour: 'yellow' },
  expired: { icon: IconClockOff, colour: 'gray' },
  revoked: { icon: IconBan, colour: 'red' },
} as const

export function KeyStateMark({ apiKey }: { apiKey: ApiKeyView }) {
  const t = useT()
  const state = stateOf(apiKey, useNow())
  return <Mark {...looks[state]}>{t(`settings.keys.states.${state}`)}</Mark>
}
