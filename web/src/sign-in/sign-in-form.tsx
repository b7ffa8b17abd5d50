import type { SessionView } from '@clinicacrm/contract/session.ts'
import { useState } from 'react'
import { useT } from '../i18n.ts'
import { CodeStep } from './code-step.tsx'
import { PasswordStep } from './password-step.tsx'

type Props = {
  /** Whose session ended, where it is known. */
  email?: string | undefined
  onSignedIn: (session: SessionView) => void
  /** Called when the code is asked for, and when it no longer is: the title above changes. */
  onStep?: (step: SignInStep) => void
}
export type SignInStep = 'password' | 'code' | 'recovery'

/** E-mail and password, then the code where one is asked for. */
export function SignInForm({ email, onSignedIn, onStep }: Props) {
  const t = useT()
  const [step, setStep] = useState<SignInStep>('password')
  const [notice, setNotice] = useState<string | null>(null)

  function go(next: SignInStep, why: string | null = null) {
    setStep(next)
    setNotice(why)
    onStep?.(next)
  }
  if (step === 'password') {
    return <PasswordStep email={email} notice={notice} onSignedIn={onSignedIn} onCodeNeeded={() => go('code')} />
  }
  return (
    <CodeStep
      key={step}
      kind={step}
      onSignedIn={onSignedIn}
      onOtherKind={() => go(step === 'code' ? 'recovery' : 'code')}
      onRestart={() => go('password')}
      onExpired={() => go('password', t('sign_in.code.expired'))}
    />
  )
}
