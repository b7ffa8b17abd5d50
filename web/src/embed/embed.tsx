import { getSession, signOut } from '@clinicacrm/contract/session.ts'
import { ActionIcon } from '@mantine/core'
import { IconExternalLink, IconLogout, IconPhoneIncoming, IconPhoneOff } from '@tabler/icons-react'
import { type ReactNode, useEffect, useState } from 'react'
import { onSignedOut } from '../api.ts'
import { satDown } from '../at-the-desk.ts'
import { forgetDraftsOf } from '../drafts.ts'
import { currentLocale, useT } from '../i18n.ts'
import { useLive } from '../live.ts'
import { attach } from '../platforms.ts'
import { preloaded } from '../preloaded.ts'
import { refresh, useCall } from '../query.ts'
import { useMe, useSession } from '../session.ts'
import { listenForShortcuts } from '../shortcuts.ts'
import { EmptyState } from '../ui/empty-state.tsx'
import { Logo } from '../ui/logo.tsx'
import { useDocumentTitle } from '../ui/page-header.tsx'
import { StatusesContext } from '../ui/status-chip.tsx'
import { Tip } from '../ui/tip.tsx'
import { ToastPlace } from '../ui/toast.tsx'
import { Complaint } from './complaint.tsx'
import classes from './embed.module.css'
import { FrameSignIn } from './frame-sign-in.tsx'

type Props = {
  /** Says when the server does not answer. */
  banner: ReactNode
  /** One's calls; `empty` where there are none. */
  calls: (empty: ReactNode) => ReactNode
}

/** The cockpit in a platform's frame, some 380 px wide: nothing but one's calls, and those once one is signed in here. */
export function Embed(props: Props) {
  const t = useT()
  const session = useSession()
  const [hasEnded, setEnded] = useState(false)
  useEffect(() => onSignedOut(() => setEnded(true)), [])
  useDocumentTitle(t('embed.title'))
  if (!session || hasEnded) return <FrameSignIn hasEnded={hasEnded} />
  return <Panel {...props} />
}

function Panel({ banner, calls }: Props) {
  const t = useT()
  const { organisation, statuses, may } = useMe()
  const handlesCalls = may('calls:handle')
  const platform = preloaded.frame?.title ?? ''
  useEffect(listenForShortcuts, [])
  useEffect(() => {
    // What goes wrong there is said on the page, and in the console to who administers the platform.
    if (preloaded.frame && handlesCalls) void attach('panel', preloaded.frame, null)
  }, [handlesCalls])
  useLive(({ kind, what }) => {
    if (kind === 'session_ended') void refresh(getSession)
    // Whoever takes a call sits here, also where they touch the platform's own buttons only.
    if (kind === 'call' && what === 'answered') satDown()
  })
  const waiting = (
    <EmptyState
      icon={<IconPhoneIncoming size={20} />}
      title={t('embed.waiting.title')}
      text={t('embed.waiting.text', { platform })}
    />
  )
  return (
    <StatusesContext value={statuses}>
      <div className={classes.panel}>
        <Bar />
        {banner}
        <Complaint platform={platform} />
        <main id="main" tabIndex={-1} className={classes.calls}>
          {handlesCalls ? (
            calls(waiting)
          ) : (
            <EmptyState
              icon={<IconPhoneOff size={20} />}
              title={t('embed.no_calls.title')}
              text={t('embed.no_calls.text', { name: organisation.name })}
            />
          )}
        </main>
      </div>
      <ToastPlace />
    </StatusesContext>
  )
}

/** Whose panel it is, who is signed in to it, and the ways out. */
function Bar() {
  const t = useT()
  const { organisation, user } = useMe()
  const leaving = useCall(signOut)
  const open = t('embed.bar.open', { name: organisation.name })
  const leave = t('embed.bar.sign_out')

  async function signOutHere() {
    await leaving.mutateAsync({})
    forgetDraftsOf(user.id)
    location.reload()
  }
  return (
    <header className={classes.bar} aria-label={t('embed.bar.label')}>
      <Logo organisation={organisation} size={24} />
      <h1 className={classes.name}>{organisation.name}</h1>
      <span className={classes.user} title={user.name}>
        {user.name}
      </span>
      <Tip label={open}>
        <ActionIcon
          component="a"
          href={`${preloaded.base_path}/${currentLocale()}/`}
          target="_blank"
          rel="noopener"
          aria-label={open}
        >
          <IconExternalLink size={16} stroke={1.75} />
        </ActionIcon>
      </Tip>
      <Tip label={leave}>
        <ActionIcon aria-label={leave} loading={leaving.isPending} onClick={() => void signOutHere()}>
          <IconLogout size={16} stroke={1.75} />
        </ActionIcon>
      </Tip>
    </header>
  )
}
