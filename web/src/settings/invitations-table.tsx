import { type InvitationView, listUsers, renewInvitation, revokeInvitation } from '@clinicacrm/contract/users.ts'
import { Button, Group, Modal, Table, Text, Title } from '@mantine/core'
import { useState } from 'react'
import { formatRelative } from '../format.ts'
import { useT } from '../i18n.ts'
import { refresh, useCall } from '../query.ts'
import { useMe } from '../session.ts'
import { useNow } from '../ui/use-now.ts'
import { ConfirmDialog } from '../ui/confirm-dialog.tsx'
import { InvitationSent } from './invitation-sent.tsx'
import { mayManage } from './people.ts'
import classes from './table.module.css'

/** Who was asked to join and has not yet. */
export function InvitationsTable({ invitations }: { invitations: InvitationView[] }) {
  const t = useT()
  if (invitations.length === 0) return null
  return (
    <>
      <Title order={2} mt="xl" mb="sm">
        {t('settings.invitations.title')}
      </Title>
      <Table className={classes.table!}>
        <Table.Caption className={classes.hidden!}>{t('settings.invitations.title')}</Table.Caption>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{t('settings.users.person')}</Table.Th>
            <Table.Th visibleFrom="sm">{t('settings.users.role')}</Table.Th>
            <Table.Th visibleFrom="md">{t('settings.invitations.by')}</Table.Th>
            <Table.Th visibleFrom="sm">{t('settings.invitations.until')}</Table.Th>
            <Table.Th className={classes.actions!}>{t('settings.actions')}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {invitations.map((invitation) => (
            <Row key={invitation.id} invitation={invitation} />
          ))}
        </Table.Tbody>
      </Table>
    </>
  )
}

function Row({ invitation }: { invitation: InvitationView }) {
  const t = useT()
  const now = useNow()
  const isMine = mayManage(useMe(), invitation)
  const { id, name, email, role, invited_by, expires_at } = invitation
  const isOver = new Date(expires_at) < now
  return (
    <Table.Tr>
      <Table.Td>
        <Text size="sm" fw={600} className={classes.meta!}>
          {name}
        </Text>
        <Text size="xs" c="dimmed" className={classes.meta!}>
          {email}
        </Text>
      </Table.Td>
      <Table.Td visibleFrom="sm">{t(`settings.roles.${role}.name`)}</Table.Td>
      <Table.Td visibleFrom="md">{invited_by}</Table.Td>
      <Table.Td visibleFrom="sm">
        {isOver ? t('settings.invitations.over') : formatRelative(expires_at, { now })}
      </Table.Td>
      <Table.Td className={classes.actions!}>{isMine && <Actions id={id} name={name} />}</Table.Td>
    </Table.Tr>
  )
}

function Actions({ id, name }: { id: string; name: string }) {
  const t = useT()
  const [isAsking, setAsking] = useState(false)
  const [isShown, setShown] = useState(false)
  const renewing = useCall(renewInvitation)
  const revoking = useCall(revokeInvitation)
  const input = { params: { id } }

  async function revoke() {
    await revoking.mutateAsync(input)
    await refresh(listUsers)
  }
  function renew() {
    renewing.mutate(input, { onSuccess: () => setShown(true), onSettled: () => void refresh(listUsers) })
  }
  return (
    <Group gap="xs" wrap="nowrap" justify="flex-end">
      <Button
        variant="subtle"
        size="compact-sm"
        loading={renewing.isPending}
        onClick={renew}
        aria-label={t('settings.invitations.renew_for', { name })}
      >
        {t('settings.invitations.renew')}
      </Button>
      <Button
        variant="subtle"
        color="red"
        size="compact-sm"
        onClick={() => setAsking(true)}
        aria-label={t('settings.invitations.revoke_for', { name })}
      >
        {t('settings.invitations.revoke')}
      </Button>
      <Modal opened={isShown} onClose={() => setShown(false)} title={t('settings.invitations.renewed')}>
        {renewing.data && <InvitationSent sent={renewing.data} onDone={() => setShown(false)} />}
      </Modal>
      <ConfirmDialog
        opened={isAsking}
        title={t('settings.invitations.revoke_title')}
        text={t('settings.invitations.revoke_text', { name })}
        confirm={t('settings.invitations.revoke')}
        isDangerous
        onConfirm={revoke}
        onClose={() => setAsking(false)}
      />
    </Group>
  )
}
