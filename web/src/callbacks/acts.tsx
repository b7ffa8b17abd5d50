import type { CallbackView } from '@clinicacrm/contract/callbacks.ts'
import { ActionIcon, Button, Menu } from '@mantine/core'
import {
  IconCalendarEvent,
  IconChevronDown,
  IconCircleX,
  IconDots,
  IconPhoneCheck,
  IconPhoneOff,
  IconPhoneX,
  IconRecordMail,
  IconUserPlus,
  IconWaveSine,
} from '@tabler/icons-react'
import { lazy, Suspense, useState } from 'react'
import { formatRelative } from '../format.ts'
import { useT } from '../i18n.ts'
import classes from './callbacks.module.css'
import { useCallbackActs, useName } from './use-callbacks.ts'

const Dialogs = lazy(() => import('./dialogs.tsx').then(({ Dialogs }) => ({ default: Dialogs })))
export type Asking = 'assign' | 'move' | 'close'

/** What can be said of a try, and what else can be done with who waits. */
export function Acts({ callback }: { callback: CallbackView }) {
  const [asking, setAsking] = useState<Asking | null>(null)
  return (
    <span className={classes.actButtons}>
      {callback.blocked !== 'do_not_contact' && <Tried callback={callback} />}
      <More callback={callback} onAsk={setAsking} />
      {asking && (
        <Suspense>
          <Dialogs callback={callback} asking={asking} onClose={() => setAsking(null)} />
        </Suspense>
      )}
    </span>
  )
}

const results = [
  { result: 'reached', icon: IconPhoneCheck },
  { result: 'no_answer', icon: IconPhoneX },
  { result: 'busy', icon: IconWaveSine },
  { result: 'voicemail', icon: IconRecordMail },
  { result: 'wrong_number', icon: IconPhoneOff },
] as const

function Tried({ callback }: { callback: CallbackView }) {
  const t = useT()
  const acts = useCallbackActs()
  const name = useName()(callback)
  const { next_try_at: next, clinic_zone: zone } = callback
  return (
    <Menu position="bottom-end" width={260} withinPortal>
      <Menu.Target>
        <Button
          variant="default"
          size="xs"
          rightSection={<IconChevronDown size={14} aria-hidden />}
          aria-label={t('callbacks.acts.tried_of', { name })}
        >
          {t('callbacks.acts.tried')}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {results.map(({ result, icon: Icon }) => (
          <Menu.Item
            key={result}
            leftSection={<Icon size={16} aria-hidden />}
            onClick={() => acts.quietly(acts.tried(callback, result))}
          >
            {t(`callbacks.results.${result}`)}
          </Menu.Item>
        ))}
        <Menu.Divider />
        <Menu.Label className={classes.next}>
          {next ? t('callbacks.acts.next', { when: formatRelative(next, { zone }) }) : t('callbacks.acts.last')}
        </Menu.Label>
      </Menu.Dropdown>
    </Menu>
  )
}

function More({ callback, onAsk }: { callback: CallbackView; onAsk: (asking: Asking) => void }) {
  const t = useT()
  const name = useName()(callback)
  const mayCall = callback.blocked !== 'do_not_contact'
  return (
    <Menu position="bottom-end" width={240} withinPortal>
      <Menu.Target>
        <ActionIcon size="md" aria-label={t('callbacks.acts.more_of', { name })}>
          <IconDots size={16} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item leftSection={<IconUserPlus size={16} aria-hidden />} onClick={() => onAsk('assign')}>
          {t('callbacks.acts.assign')}
        </Menu.Item>
        {mayCall && (
          <Menu.Item leftSection={<IconCalendarEvent size={16} aria-hidden />} onClick={() => onAsk('move')}>
            {t('callbacks.acts.move')}
          </Menu.Item>
        )}
        <Menu.Item leftSection={<IconCircleX size={16} aria-hidden />} onClick={() => onAsk('close')}>
          {t('callbacks.acts.close')}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  )
}
