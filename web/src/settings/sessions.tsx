import { endOtherSessions, endSession, listSessions } from '@clinicacrm/contract/profile.ts'
import { Button, Text } from '@mantine/core'
import { IconCheck, IconDeviceDesktop, IconDeviceMobile } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { ReplyOf } from '../api.ts'
import { formatAgo, formatDateTime } from '../format.ts'
import { useT } from '../i18n.ts'
import { queryOf, refresh, useCall } from '../query.ts'
import { announce } from '../ui/announce.tsx'
import { ConfirmDialog } from '../ui/confirm-dialog.tsx'
import { ErrorPanel } from '../ui/error-panel.tsx'
import { SkeletonRows } from '../ui/skeleton-rows.tsx'
import { useNow } from '../ui/use-now.ts'
import { Fieldset } from './fieldset.tsx'
import { Mark } from './mark.tsx'
import classes from './sessions.module.css'
import { browserOf } from './user-agent.ts'

type BrowserSession = ReplyOf<typeof listSessions>['sessions'][number]

/** The browsers in which one is signed in, and the way to end what should not be there. */
export function Sessions() {
  const t = useT()
  const { data, error, refetch } = useQuery(queryOf(listSessions, {}))
  const [isAsking, setAsking] = useState(false)
  const endOthers = useCall(endOtherSessions)
  const sessions = data?.sessions.toSorted((a, b) => Number(b.current) - Number(a.current)) ?? []

  async function signOutElsewhere() {
    const { ended } = await endOthers.mutateAsync({})
    announce(t('settings.sessions.ended', { count: ended }))
    await refresh(listSessions)
  }
  return (
    <Fieldset
      title={t('settings.sessions.title')}
      text={t('settings.sessions.text')}
      actions={
        sessions.length > 1 && (
          <Button variant="default" onClick={() => setAsking(true)}>
            {t('settings.sessions.end_others')}
          </Button>
        )
      }
    >
      {error && <ErrorPanel error={error} onRetry={() => void refetch()} />}
      {!data && !error && <SkeletonRows rows={2} height={56} />}
      <ul className={classes.list}>
        {sessions.map((session) => (
          <Row key={session.id} session={session} />
        ))}
      </ul>
      <ConfirmDialog
        opened={isAsking}
        title={t('settings.sessions.end_others')}
        text={t('settings.sessions.end_others_text')}
        confirm={t('settings.sessions.end')}
        onConfirm={signOutElsewhere}
        onClose={() => setAsking(false)}
      />
    </Fieldset>
  )
}

function Row({ session }: { session: BrowserSession }) {
  const t = useT()
  const now = useNow()
  const browser = useBrowserName(session.user_agent)
  const { platform } = session
  const name = platform === null ? browser : t('settings.sessions.in_frame', { browser, platform })
  const ending = useCall(endSession)
  const Icon = /Mobi|Android|iPhone|iPad/.test(session.user_agent ?? '') ? IconDeviceMobile : IconDeviceDesktop
  const since = { since: formatDateTime(session.created_at), used: formatAgo(session.last_used_at, { now }) }

  function end() {
    ending.mutate(
      { params: { id: session.id } },
      {
        onSuccess: () => announce(t('settings.sessions.ended', { count: 1 })),
        onSettled: () => void refresh(listSessions),
      },
    )
  }
  return (
    <li className={classes.row}>
      <Icon size={20} stroke={1.5} aria-hidden className={classes.icon} />
      <div className={classes.words}>
        <Text fw={600}>{name}</Text>
        <Text size="xs" c="dimmed">
          {session.ip_address
            ? t('settings.sessions.from', { ...since, address: session.ip_address })
            : t('settings.sessions.since', since)}
        </Text>
      </div>
      {session.current ? (
        <Mark icon={IconCheck} colour="green">
          {t('settings.sessions.current')}
        </Mark>
      ) : (
        <Button
          variant="subtle"
          color="gray"
          size="compact-sm"
          loading={ending.isPending}
          onClick={end}
          aria-label={t('settings.sessions.end_one', { name })}
        >
          {t('settings.sessions.end')}
        </Button>
      )}
    </li>
  )
}

function useBrowserName(userAgent: string | null) {
  const t = useT()
  const { browser, system } = browserOf(userAgent ?? '')
  if (browser && system) return t('settings.sessions.browser_on', { browser, system })
  return browser ?? system ?? t('settings.sessions.unknown')
}
