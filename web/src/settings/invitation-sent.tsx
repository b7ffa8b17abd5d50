import type { inviteUser } from '@clinicacrm/contract/users.ts'
import { Button, Group, Stack, Text } from '@mantine/core'
import type { ReplyOf } from '../api.ts'
import { formatDateTime } from '../format.ts'
import { useT } from '../i18n.ts'
import { CopyField } from './copy-field.tsx'
import { Done } from './done.tsx'

type Props = { sent: ReplyOf<typeof inviteUser>; onDone: () => void; onAnother?: () => void }

/** That it was mailed, or the link to hand over where no mail leaves. */
export function InvitationSent({ sent: { invitation, mailed, link }, onDone, onAnother }: Props) {
  const t = useT()
  const { email, name } = invitation
  return (
    <Stack>
      <Done>{mailed ? t('settings.invite.mailed', { email }) : t('settings.invite.made', { name })}</Done>
      {link && (
        <>
          <Text>{t('settings.invite.hand_over')}</Text>
          <CopyField label={t('settings.invite.link')} copy={t('settings.invite.copy_link')} text={link} />
        </>
      )}
      <Text size="sm" c="dimmed">
        {t('settings.invite.until', { when: formatDateTime(invitation.expires_at) })}
      </Text>
      <Group justify="flex-end" gap="sm">
        {onAnother && (
          <Button variant="default" onClick={onAnother}>
            {t('settings.invite.another')}
          </Button>
        )}
        <Button onClick={onDone} autoFocus data-autofocus>
          {t('common.actions.close')}
        </Button>
      </Group>
    </Stack>
  )
}
