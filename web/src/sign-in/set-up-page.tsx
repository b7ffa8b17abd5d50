import { Skeleton } from '@mantine/core'
import { useState } from 'react'
import { useT } from '../i18n.ts'
import { ErrorPanel } from '../ui/error-panel.tsx'
import { useFrontDoor } from './front-door.ts'
import { FrontPage } from './front-page.tsx'
import { SetUpForm } from './set-up-form.tsx'
import { ToSignIn } from './to-sign-in.tsx'

/** The first page of a new installation: whoever reads its terminal becomes its owner. */
export function SetUpPage() {
  const t = useT()
  const { data: door, error, refetch } = useFrontDoor()
  // Two people may set up at once; the second one learns it from the answer.
  const [isTooLate, setTooLate] = useState(false)

  if (door?.set_up || isTooLate) {
    return (
      <FrontPage title={t('sign_in.set_up.done_title')} lead={t('sign_in.set_up.done_text')}>
        <ToSignIn />
      </FrontPage>
    )
  }
  return (
    <FrontPage title={t('sign_in.set_up.title')} lead={t('sign_in.set_up.text')} isWide>
      {!door && error && (
        <ErrorPanel title={t('sign_in.set_up.not_reached')} error={error} onRetry={() => void refetch()} />
      )}
      {!door && !error && <Skeleton height={640} mt="md" />}
      {door && <SetUpForm onTooLate={() => setTooLate(true)} />}
    </FrontPage>
  )
}
