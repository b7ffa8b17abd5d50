import type { UserView } from '@clinicacrm/contract/users.ts'
import { Table, Text } from '@mantine/core'
import { IconBan, IconCheck, IconShieldCheck, IconShieldOff } from '@tabler/icons-react'
import { formatAgo } from '../format.ts'
import { useT } from '../i18n.ts'
import { useMe } from '../session.ts'
import { PersonAvatar } from '../ui/person-avatar.tsx'
import { useNow } from '../ui/use-now.ts'
import { ClinicNames } from './clinic-names.tsx'
import { Mark } from './mark.tsx'
import classes from './table.module.css'

type Props = { users: UserView[]; onOpen: (id: string) => void }

export function UsersTable({ users, onOpen }: Props) {
  const t = useT()
  return (
    <Table className={classes.table!}>
      <Table.Caption className={classes.hidden!}>{t('settings.sections.users.title')}</Table.Caption>
      <Table.Thead>
        <Table.Tr>
          <Table.Th>{t('settings.users.person')}</Table.Th>
          <Table.Th visibleFrom="xs">{t('settings.users.role')}</Table.Th>
          <Table.Th visibleFrom="md">{t('settings.users.clinics')}</Table.Th>
          <Table.Th visibleFrom="lg">{t('settings.users.second_factor')}</Table.Th>
          <Table.Th visibleFrom="sm">{t('settings.users.last_seen')}</Table.Th>
          <Table.Th visibleFrom="xs">{t('settings.users.state')}</Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {users.map((user) => (
          <Row key={user.id} user={user} onOpen={() => onOpen(user.id)} />
        ))}
      </Table.Tbody>
    </Table>
  )
}

function Row({ user, onOpen }: { user: UserView; onOpen: () => void }) {
  const t = useT()
  const now = useNow()
  const { user: me } = useMe()
  return (
    <Table.Tr className={classes.row!}>
      <Table.Td>
        <span className={classes.person}>
          <PersonAvatar name={user.name} />
          <span className={classes.words}>
            <button type="button" className={classes.open} onClick={onOpen}>
              {user.id === me.id ? t('settings.users.you', { name: user.name }) : user.name}
            </button>
            <Text size="xs" c="dimmed" className={classes.meta!}>
              {user.email}
            </Text>
            <Text size="xs" hiddenFrom="xs">
              {t(`settings.roles.${user.role}.name`)}
            </Text>
            {!user.active && (
              <Text size="xs" c="red" hiddenFrom="xs">
                {t('settings.users.shut_out')}
              </Text>
            )}
          </span>
        </span>
      </Table.Td>
      <Table.Td visibleFrom="xs">{t(`settings.roles.${user.role}.name`)}</Table.Td>
      <Table.Td visibleFrom="md">
        <ClinicNames names={user.clinics} />
      </Table.Td>
      <Table.Td visibleFrom="lg">
        <Mark
          icon={user.two_factor_enabled ? IconShieldCheck : IconShieldOff}
          colour={user.two_factor_enabled ? 'green' : 'gray'}
        >
          {user.two_factor_enabled ? t('settings.second_factor.on') : t('settings.second_factor.off')}
        </Mark>
      </Table.Td>
      <Table.Td visibleFrom="sm" className={classes.quiet!}>
        {user.last_seen_at ? formatAgo(user.last_seen_at, { now }) : t('settings.users.never')}
      </Table.Td>
      <Table.Td visibleFrom="xs">
        <Mark icon={user.active ? IconCheck : IconBan} colour={user.active ? 'green' : 'red'}>
          {user.active ? t('settings.users.active') : t('settings.users.shut_out')}
        </Mark>
      </Table.Td>
    </Table.Tr>
  )
}
