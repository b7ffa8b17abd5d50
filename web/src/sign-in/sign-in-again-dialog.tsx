import { type SessionView, signInToDemo } from '@clinicacrm/contract/session.ts'
import { Button, Modal, Stack, Text } from '@mantine/core'
import { useState } from 'react'
import { currentLocale, useT } from '../i18n.ts'
import { preloaded } from '../preloaded.ts'
import { queryClient, useCall } from '../query.ts'
import { rememberSession, useMe } from '../session.ts'
import { announce } from '../ui/announce.tsx'
import { useFrontDoor } from './front-door.ts'
import { problemOf } from './problem-text.ts'
import { Problem } from '../ui/problem.tsx'
import { SignInForm, type SignInStep } from './sign-in-form.tsx'

export function SignInAgainDialog({ onGone }: { onGone: () => void }) {
  const t = useT()
  const { user } = useMe()
  const [step, setStep] = useState<SignInStep>('password')

  function goOn(session: SessionView) {
    // What is open, and in memory, is somebody else's.
    if (session.user.id !== user.id) return location.reload()
    rememberSession(session)
    announce(t('sign_in.again.done'))
    onGone()
    void queryClient.invalidateQueries()
  }
  return (
    <Modal
      opened
      onClose={() => undefined}
      withCloseButton={false}
      closeOnEscape={false}
      closeOnClickOutside={false}
      title={step === 'password' ? t('sign_in.again.title') : t(`sign_in.${step}.title`)}
      size="sm"
    >
      <Text c="dimmed">{step === 'password' ? t('sign_in.again.text') : t(`sign_in.${step}.text`)}</Text>
      <SignInForm email={user.email} onSignedIn={goOn} onStep={setStep} />
      <Stack gap="xs" mt="md">
        <GoOnInDemo onSignedIn={goOn} />
        <Button
          variant="subtle"
          color="gray"
          onClick={() => location.assign(`${preloaded.base_path}/${currentLocale()}/sign-in`)}
        >
          {t('sign_in.again.leave')}
        </Button>
      </Stack>
    </Modal>
  )
}

/** The demo's people have no password to remember. */
function GoOnInDemo({ onSignedIn }: { onSignedIn: (session: SessionView) => void }) {
  const t = useT()
  const { user } = useMe()
  const { data: door } = useFrontDoor()
  const signingIn = useCall(signInToDemo)
  const self = door?.demo_people.find(({ email }) => email === user.email)
  if (!self) return null
  return (
    <>
      <Problem>{signingIn.error && problemOf(t, signingIn.error)}</Problem>
      <Button
        variant="default"
        loading={signingIn.isPending}
        onClick={() =>
          signingIn.mutate(
            { body: { role: self.role } },
            { onSuccess: ({ session }) => session && onSignedIn(session) },
          )
        }
      >
        {t('sign_in.again.continue_as', { name: self.name })}
      </Button>
    </>
  )
}
