import { createFrameTicket } from '@clinicacrm/contract/frames.ts'
import { Button, Loader, Text, Title } from '@mantine/core'
import { useSearch } from '@tanstack/react-router'
import { useEffect, useEffectEvent, useState } from 'react'
import { type ApiError, call } from '../api.ts'
import { useT } from '../i18n.ts'
import { preloaded } from '../preloaded.ts'
import { ErrorPanel } from '../ui/error-panel.tsx'
import { Logo } from '../ui/logo.tsx'
import { useDocumentTitle } from '../ui/page-header.tsx'
import type { Asking } from './asking.ts'
import classes from './embed.module.css'
import { handoverOf } from './ticket.ts'

type Step = 'working' | 'done' | 'lost' | { failed: ApiError }

/** The window that a panel opened: somebody is signed in here, so it brings the panel a ticket and goes. */
export function EmbedSignInPage() {
  const t = useT()
  const asking = useSearch({ from: '/$locale/embed-sign-in' })
  const [step, setStep] = useState<Step>('working')
  useDocumentTitle(t('embed.window.title'))

  const hand = useEffectEvent(async () => {
    setStep('working')
    setStep(await handOver(asking))
  })
  useEffect(() => void hand(), [])
  const organisation = preloaded.organisation
  return (
    <main className={classes.door}>
      <div className={classes.whose}>
        <Logo organisation={organisation} size={28} />
        <Text fw={600}>{organisation?.name ?? 'ClínicaCRM'}</Text>
      </div>
      <Title order={1} className={classes.title!}>
        {t('embed.window.title')}
      </Title>
      {typeof step === 'object' ? (
        <ErrorPanel error={step.failed} onRetry={() => location.reload()} />
      ) : (
        <Text c="dimmed" role="status">
          {t(`embed.window.${step}`)}
        </Text>
      )}
      {step === 'working' ? (
        <Loader size="sm" aria-hidden />
      ) : (
        <Button variant="default" onClick={() => window.close()}>
          {t('embed.window.close')}
        </Button>
      )}
    </main>
  )
}

async function handOver({ connector, challenge, state }: Asking): Promise<Step> {
  const opener = window.opener as Window | null
  if (!opener || opener.closed) return 'lost'
  try {
    const { ticket } = await call(createFrameTicket, { body: { connector, challenge } })
    // To our own site only: a stranger who opened this window hears nothing.
    opener.postMessage(handoverOf(state, ticket), location.origin)
  } catch (error) {
    return { failed: error as ApiError }
  }
  window.close()
  return 'done'
}
