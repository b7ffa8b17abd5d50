import { ActionIcon, Button, Loader } from '@mantine/core'
import { IconExternalLink, IconPhoneIncoming, IconPhoneOff, IconPlugConnectedX } from '@tabler/icons-react'
import { type ReactNode, useEffect, useRef } from 'react'
import { currentLocale, useT } from '../i18n.ts'
import { attach, forgetUnseen, usePlatform } from '../platforms.ts'
import { preloaded } from '../preloaded.ts'
import { useMe } from '../session.ts'
import { EmptyState } from '../ui/empty-state.tsx'
import { Logo } from '../ui/logo.tsx'
import { useDocumentTitle } from '../ui/page-header.tsx'
import { Tip } from '../ui/tip.tsx'
import { ToastPlace } from '../ui/toast.tsx'
import { Complaint } from './complaint.tsx'
import classes from './embed.module.css'

type Phone = NonNullable<typeof preloaded.phone>
type Props = {
  /** Says when the server does not answer. */
  banner: ReactNode
  /** Over it, once the session has ended. */
  signInAgain: ReactNode
}

/** A window of our own with a platform's telephone in it, and nothing else: the calls appear where one works. */
export function Phone({ banner, signInAgain }: Props) {
  const t = useT()
  const { title } = preloaded.phone!
  useDocumentTitle(t('embed.phone.title', { platform: title }))
  return (
    <div className={classes.panel}>
      <Bar title={title} />
      {banner}
      <Complaint platform={title} />
      <Unseen />
      <main id="main" tabIndex={-1} className={classes.telephone}>
        <Inside phone={preloaded.phone!} />
      </main>
      <ToastPlace />
      {signInAgain}
    </div>
  )
}

function Inside({ phone }: { phone: Phone }) {
  const t = useT()
  const { may, organisation } = useMe()
  const { title: platform, connector } = phone
  if (!may('calls:handle')) {
    return (
      <EmptyState
        icon={<IconPhoneOff size={20} />}
        title={t('embed.no_calls.title')}
        text={t('embed.no_calls.text', { name: organisation.name })}
      />
    )
  }
  if (!phone.is_set_up) {
    return (
      <EmptyState
        icon={<IconPlugConnectedX size={20} />}
        title={t('embed.phone.not_set_up', { platform })}
        text={t('embed.phone.not_set_up_text')}
        action={
          may('telephony:read') && (
            <Button component="a" variant="default" href={pageOf(`settings/connectors/${connector}`)}>
              {t('embed.phone.set_up')}
            </Button>
          )
        }
      />
    )
  }
  return <Telephone phone={phone} />
}

/** Where the platform puts its telephone. */
function Telephone({ phone }: { phone: Phone }) {
  const t = useT()
  const { step } = usePlatform()
  const place = useRef<HTMLDivElement>(null)
  // What goes wrong there is said on the page, and in the console to who administers the platform.
  useEffect(() => void attach('softphone', phone, place.current), [phone])
  return (
    <>
      {(step === 'unused' || step === 'loading') && (
        <div className={classes.loading} role="status">
          <Loader size="sm" aria-hidden />
          {t('embed.phone.loading', { platform: phone.title })}
        </div>
      )}
      {step === 'none' && (
        <EmptyState
          icon={<IconPhoneOff size={20} />}
          title={t('embed.phone.none', { platform: phone.title })}
          text={t('embed.phone.none_text')}
        />
      )}
      <div ref={place} className={classes.place} hidden={step === 'none' || step === 'failed'} />
    </>
  )
}

/** Whose telephone it is, who is signed in here, and the way to everything else. */
function Bar({ title }: { title: string }) {
  const t = useT()
  const { organisation, user } = useMe()
  const open = t('embed.bar.open', { name: organisation.name })
  return (
    <header className={classes.bar} aria-label={t('embed.phone.bar')}>
      <Logo organisation={organisation} size={24} />
      <h1 className={classes.name}>{title}</h1>
      <span className={classes.user} title={user.name}>
        {user.name}
      </span>
      <Tip label={open}>
        <ActionIcon component="a" href={pageOf('')} target="_blank" rel="noopener" aria-label={open}>
          <IconExternalLink size={16} stroke={1.75} />
        </ActionIcon>
      </Tip>
    </header>
  )
}

/** A call rang, and there is no page that would show whose it is. */
function Unseen() {
  const t = useT()
  const { unseen } = usePlatform()
  if (!unseen) return null
  return (
    <div className={classes.unseen} role="status">
      <IconPhoneIncoming size={18} stroke={1.75} aria-hidden />
      <span className={classes.unseenText}>{t('embed.phone.unseen')}</span>
      <Button component="a" size="xs" href={unseen} target="_blank" rel="noopener" onClick={forgetUnseen}>
        {t('embed.phone.see')}
      </Button>
    </div>
  )
}

const pageOf = (path: string) => `${preloaded.base_path}/${currentLocale()}/${path}`
