import { listUsers, resetSecondFactor, saveUser, sendPasswordLink, type UserView } from '@clinicacrm/contract/users.ts'
import { Button, Modal, Stack, Text } from '@mantine/core'
import { type ReactNode, useState } from 'react'
import { useT } from '../i18n.ts'
import { refresh, useCall } from '../query.ts'
import { announce } from '../ui/announce.tsx'
import { ConfirmDialog } from '../ui/confirm-dialog.tsx'
import { textOfError } from '../ui/error-text.ts'
import { Problem } from '../ui/problem.tsx'
import { CopyField } from './copy-field.tsx'
import { Done } from './done.tsx'
import { rememberUser } from './remember-user.ts'

/** For who forgot a password, lost a phone, or leaves. */
export function UserActs({ user }: { user: UserView }) {
  return (
    <Stack gap="md">
      {user.active && <PasswordLink user={user} />}
      {user.two_factor_enabled && <SecondFactorReset user={user} />}
      <Access user={user} />
    </Stack>
  )
}

function PasswordLink({ user }: { user: UserView }) {
  const t = useT()
  const { name, email } = user
  const [isOpen, setOpen] = useState(false)
  const sending = useCall(sendPasswordLink)
  const sent = sending.data

  function send() {
    sending.mutate({ params: { id: user.id } }, { onSettled: () => setOpen(true) })
  }
  return (
    <Act text={t('settings.user.password_text')}>
      <Button variant="default" loading={sending.isPending} onClick={send}>
        {t('settings.user.password')}
      </Button>
      <Modal opened={isOpen} onClose={() => setOpen(false)} title={t('settings.user.password_title')}>
        <Stack>
          <Problem>{sending.error && textOfError(t, sending.error)}</Problem>
          {sent && (
            <Done>
              {sent.mailed ? t('settings.user.password_mailed', { email }) : t('settings.user.password_made', { name })}
            </Done>
          )}
          {sent?.link && (
            <CopyField
              label={t('settings.user.password_link')}
              copy={t('settings.invite.copy_link')}
              text={sent.link}
            />
          )}
        </Stack>
      </Modal>
    </Act>
  )
}

function SecondFactorReset({ user }: { user: UserView }) {
  const t = useT()
  const [isAsking, setAsking] = useState(false)
  const resetting = useCall(resetSecondFactor)

  async function reset() {
    await resetting.mutateAsync({ params: { id: user.id } })
    announce(t('settings.user.reset_done'))
    await refresh(listUsers)
  }
  return (
    <Act text={t('settings.user.reset_text')}>
      <Button variant="default" onClick={() => setAsking(true)}>
        {t('settings.user.reset')}
      </Button>
      <ConfirmDialog
        opened={isAsking}
        title={t('settings.user.reset_title', { name: user.name })}
        text={t('settings.user.reset_warning')}
        confirm={t('settings.user.reset')}
        isDangerous
        onConfirm={reset}
        onClose={() => setAsking(false)}
      />
    </Act>
  )
}

function Access({ user }: { user: UserView }) {
  const t = useT()
  const [isAsking, setAsking] = useState(false)
  const saving = useCall(saveUser)

  async function setActive(active: boolean) {
    rememberUser(await saving.mutateAsync({ params: { id: user.id }, body: { active, version: user.version } }))
    announce(t('common.saved'))
  }
  if (!user.active) {
    return (
      <Act text={t('settings.user.let_in_text')}>
        <Button
          variant="default"
          loading={saving.isPending}
          onClick={() => void setActive(true).catch(() => undefined)}
        >
          {t('settings.user.let_in')}
        </Button>
        <Problem>{saving.error && textOfError(t, saving.error)}</Problem>
      </Act>
    )
  }
  return (
    <Act text={t('settings.user.shut_out_text')}>
      <Button variant="outline" color="red" onClick={() => setAsking(true)}>
        {t('settings.user.shut_out')}
      </Button>
      <ConfirmDialog
        opened={isAsking}
        title={t('settings.user.shut_out_title', { name: user.name })}
        text={t('settings.user.shut_out_warning')}
        confirm={t('settings.user.shut_out')}
        isDangerous
        onConfirm={() => setActive(false)}
        onClose={() => setAsking(false)}
      />
    </Act>
  )
}

function Act({ text, children }: { text: string; children: ReactNode }) {
  return (
    <div>
      <Text size="sm" c="dimmed" mb="xs">
        {text}
      </Text>
      {children}
    </div>
  )
}
