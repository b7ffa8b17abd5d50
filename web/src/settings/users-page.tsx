import { listUsers } from '@clinicacrm/contract/users.ts'
import { Button } from '@mantine/core'
import { IconUserPlus } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useT } from '../i18n.ts'
import { queryOf } from '../query.ts'
import { useMe } from '../session.ts'
import { ErrorPanel } from '../ui/error-panel.tsx'
import { SkeletonRows } from '../ui/skeleton-rows.tsx'
import { InvitationsTable } from './invitations-table.tsx'
import { InvitePanel } from './invite-panel.tsx'
import { Panel } from './panel.tsx'
import { RolesTable } from './roles-table.tsx'
import { Section } from './section.tsx'
import { useOpen } from './use-open.ts'
import { UserForm } from './user-form.tsx'
import { UsersTable } from './users-table.tsx'

/** Who may come in, with which rights, and who is invited. */
export function UsersPage() {
  const t = useT()
  const { show } = useOpen()
  return (
    <Section
      name="users"
      actions={
        <>
          <Button variant="default" onClick={() => show('roles')} visibleFrom="sm">
            {t('settings.users.roles')}
          </Button>
          <Button leftSection={<IconUserPlus size={16} />} onClick={() => show('new')}>
            {t('settings.users.invite')}
          </Button>
        </>
      }
    >
      <People />
    </Section>
  )
}

function People() {
  const t = useT()
  const { user: me } = useMe()
  const { open, show, close } = useOpen()
  const { data, error, refetch } = useQuery(queryOf(listUsers, {}))
  const opened = data?.users.find(({ id }) => id === open)
  return (
    <>
      {error && !data && <ErrorPanel error={error} onRetry={() => void refetch()} />}
      {!error && !data && <SkeletonRows rows={8} height={44} />}
      {data && (
        <>
          <UsersTable users={data.users} onOpen={show} />
          <InvitationsTable invitations={data.invitations} />
          <Button variant="subtle" mt="lg" onClick={() => show('roles')} hiddenFrom="sm">
            {t('settings.users.roles')}
          </Button>
        </>
      )}
      <InvitePanel opened={open === 'new'} onClose={close} />
      <Panel opened={opened !== undefined} title={opened?.name ?? ''} onClose={close}>
        {opened && <UserForm key={opened.id} user={opened} isMe={opened.id === me.id} onDone={close} />}
      </Panel>
      <Panel opened={open === 'roles'} title={t('settings.users.roles')} size="60rem" onClose={close}>
        <RolesTable />
      </Panel>
    </>
  )
}
