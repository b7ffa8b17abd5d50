import { getInvitation } from '@clinicacrm/contract/session.ts'
import { Alert, Skeleton, Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'
import type { ReplyOf } from '../api.ts'
import { useT } from '../i18n.ts'
import { queryOf } from '../query.ts'
import { useSession } from '../session.ts'
import { ErrorPanel } from '../ui/error-panel.tsx'
import { FrontPage } from './front-page.tsx'
import { InvitationForm } from './invitation-form.tsx'
import { ToSignIn } from './to-sign-in.tsx'

/** Where an invitation's link leads: who invites to what, and the account that it opens. */
export function InvitationPage() {
  const t = useT()
  const { token } = useParams({ from: '/$locale/invitation/$token' })
  const {
    data: invitation,
    error,
    refetch,
  } = useQuery({
    ...queryOf(getInvitation, { params: { token } }),
    // It must not change, or vanish once accepted, under who is typing.
    staleTime: Infinity,
  })
  if (error && ['link_expired', 'not_found'].includes(error.code)) {
    return (
      <FrontPage title={t('sign_in.invitation.expired_title')} lead={t('sign_in.invitation.expired_text')}>
        <Text mt="sm">{t('sign_in.invitation.used')}</Text>
        <ToSignIn />
      </FrontPage>
    )
  }
  if (!invitation) {
    return (
      <FrontPage title={t('sign_in.invitation.loading')}>
        {error ? <ErrorPanel error={error} onRetry={() => void refetch()} /> : <Skeleton height={360} mt="md" />}
      </FrontPage>
    )
  }
  return <OpenInvitation token={token} invitation={invitation} />
}

type Invitation = ReplyOf<typeof getInvitation>

function OpenInvitation({ token, invitation }: { token: string; invitation: Invitation }) {
  const t = useT()
  const session = useSession()
  const { organisation, email, role } = invitation
  return (
    <FrontPage title={t('sign_in.invitation.title', { organisation })} lead={t('sign_in.invitation.text', { email })}>
      <Text mt="md" fw={600}>
        {t('sign_in.invitation.role', { role: t(`settings.roles.${role}.name`) })}
      </Text>
      <Text size="sm" c="dimmed">
        {t(`settings.roles.${role}.text`)}
      </Text>
      {session && (
        <Alert color="yellow" mt="md">
          {t('sign_in.invitation.signed_in_as', { name: session.user.name })}
        </Alert>
      )}
      <InvitationForm token={token} invitation={invitation} />
    </FrontPage>
  )
}
