import { getSession } from '@clinicacrm/contract/session.ts'
import { lazy, Suspense, useEffect, useState } from 'react'
import { onSignedOut } from '../api.ts'
import { speakOfSettings } from '../i18n.ts'
import { useLive } from '../live.ts'
import { refresh } from '../query.ts'

const Dialog = lazy(async () => {
  const [{ SignInAgainDialog }] = await Promise.all([import('./sign-in-again-dialog.tsx'), speakOfSettings()])
  return { default: SignInAgainDialog }
})

/** Over the page when its session has ended: whoever signs in goes on with what is typed underneath. */
export function SignInAgain() {
  // Ended somewhere else, or with other rights than before: asking who we are tells which.
  useLive(({ kind }) => {
    if (kind === 'session_ended') void refresh(getSession)
  })
  return <SignInOnceEnded />
}

/** The same where nothing is heard of what others do: it shows once an answer says that the session is over. */
export function SignInOnceEnded() {
  const [hasEnded, setEnded] = useState(false)
  useEffect(() => onSignedOut(() => setEnded(true)), [])
  return <Suspense>{hasEnded && <Dialog onGone={() => setEnded(false)} />}</Suspense>
}
