import { Anchor } from '@mantine/core'
import { Link, Navigate, useParams, useSearch } from '@tanstack/react-router'
import { useEffect, useState } from 'react'
import { useT } from '../i18n.ts'
import { useSession } from '../session.ts'
import { DemoPeople } from './demo-people.tsx'
import { useFrontDoor } from './front-door.ts'
import { FrontPage } from './front-page.tsx'
import { enter } from './next.ts'
import { SignInForm, type SignInStep } from './sign-in-form.tsx'

export function SignInPage() {
  const t = useT()
  const { locale } = useParams({ from: '/$locale/sign-in' })
  const { next } = useSearch({ from: '/$locale/sign-in' })
  const [step, setStep] = useState<SignInStep>('password')
  const { data: door } = useFrontDoor()
  const session = useSession()
  useEffect(() => {
    if (session) enter(session, next)
  }, [session, next])

  if (door && !door.set_up) return <Navigate to="/$locale/set-up" params={{ locale }} replace />
  const isFirst = step === 'password'
  return (
    <FrontPage
      title={isFirst ? t('sign_in.title') : t(`sign_in.${step}.title`)}
      lead={isFirst ? next && t('sign_in.page_wanted') : t(`sign_in.${step}.text`)}
      footer={isFirst && <DemoPeople people={door?.demo_people ?? []} onSignedIn={(someone) => enter(someone, next)} />}
    >
      <SignInForm onSignedIn={(someone) => enter(someone, next)} onStep={setStep} />
      {isFirst && (
        <Anchor
          size="sm"
          mt="md"
          display="inline-block"
          renderRoot={(props) => <Link {...props} to="/$locale/forgot-password" params={{ locale }} />}
        >
          {t('sign_in.forgot')}
        </Anchor>
      )}
    </FrontPage>
  )
}
