import { Button, Text, Title } from '@mantine/core'
import { IconExternalLink } from '@tabler/icons-react'
import { useT } from '../i18n.ts'
import { preloaded } from '../preloaded.ts'
import { textOfError } from '../ui/error-text.ts'
import { Logo } from '../ui/logo.tsx'
import { Problem } from '../ui/problem.tsx'
import classes from './embed.module.css'
import { type SignInTrouble, useFrameSignIn } from './use-frame-sign-in.ts'

/** All that is shown to nobody in particular: whose panel it is, and the way in. */
export function FrameSignIn({ hasEnded }: { hasEnded: boolean }) {
  const t = useT()
  const { organisation, frame } = preloaded
  const name = organisation?.name ?? 'ClínicaCRM'
  return (
    <main className={classes.door}>
      <div className={classes.whose}>
        <Logo organisation={organisation} size={28} />
        <Text fw={600}>{name}</Text>
      </div>
      <Title order={1} className={classes.title!}>
        {t(hasEnded ? 'embed.sign_in.ended_title' : 'embed.sign_in.title')}
      </Title>
      {frame?.can_sign_in ? (
        <SignIn name={name} hasEnded={hasEnded} />
      ) : (
        <Problem>{t('embed.sign_in.needs_tls', { name })}</Problem>
      )}
    </main>
  )
}

function SignIn({ name, hasEnded }: { name: string; hasEnded: boolean }) {
  const t = useT()
  const { step, trouble, isReady, open } = useFrameSignIn()
  const isWaiting = step === 'waiting'
  return (
    <>
      <Text c="dimmed" role="status">
        {isWaiting
          ? t('embed.sign_in.waiting')
          : hasEnded
            ? t('embed.sign_in.ended_text')
            : t('embed.sign_in.text', { name })}
      </Text>
      <Problem>{trouble && textOf(t, trouble)}</Problem>
      <Button
        fullWidth
        variant={isWaiting ? 'default' : 'filled'}
        loading={step === 'entering' || !isReady}
        rightSection={<IconExternalLink size={16} stroke={1.75} aria-hidden />}
        onClick={open}
      >
        {t(isWaiting ? 'embed.sign_in.again' : 'embed.sign_in.button')}
      </Button>
    </>
  )
}

function textOf(t: ReturnType<typeof useT>, trouble: SignInTrouble): string {
  return typeof trouble === 'string' ? t(`embed.sign_in.${trouble}`) : textOfError(t, trouble)
}
