import { type IdentityView, listIdentities, removeIdentity } from '@clinicacrm/contract/telephony.ts'
import { ActionIcon, Button, Table, Text } from '@mantine/core'
import { IconPlus, IconTrash, IconUserQuestion } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useT } from '../i18n.ts'
import { queryOf, refresh, useCall } from '../query.ts'
import { announce } from '../ui/announce.tsx'
import { ConfirmDialog } from '../ui/confirm-dialog.tsx'
import { EmptyState } from '../ui/empty-state.tsx'
import { ErrorPanel } from '../ui/error-panel.tsx'
import { SkeletonRows } from '../ui/skeleton-rows.tsx'
import { Fieldset } from './fieldset.tsx'
import { Panel } from './panel.tsx'
import classes from './table.module.css'
import { IdentityForm } from './telephony-identity-form.tsx'
import { UnknownAgents } from './telephony-unknown-agents.tsx'
import { useOpen } from './use-open.ts'
import { useTelephonyRights } from './use-telephony.ts'

/** How platforms name our people, and the names they used that nobody has. */
export function TelephonyAgents() {
  const t = useT()
  const { open, show, close } = useOpen()
  const { mayChange } = useTelephonyRights()
  const { data, error, refetch } = useQuery(queryOf(listIdentities, {}))
  const add = mayChange && (
    <Button variant="default" leftSection={<IconPlus size={16} />} onClick={() => show('identity')}>
      {t('telephony.agents.add')}
    </Button>
  )
  return (
    <Fieldset title={t('telephony.agents.title')} text={t('telephony.agents.text')} actions={add}>
      {error && !data && <ErrorPanel error={error} onRetry={() => void refetch()} />}
      {!error && !data && <SkeletonRows rows={3} height={44} />}
      {data && data.unknown_agents.length > 0 && (
        <UnknownAgents unknown={data.unknown_agents} people={mayChange ? data.people : []} />
      )}
      {data?.identities.length === 0 && (
        <EmptyState
          icon={<IconUserQuestion size={20} />}
          title={t('telephony.agents.none')}
          text={t('telephony.agents.none_text')}
        />
      )}
      {data && data.identities.length > 0 && <Identities identities={data.identities} mayChange={mayChange} />}
      <Panel opened={open === 'identity' && mayChange} title={t('telephony.agents.add')} onClose={close}>
        {data && open === 'identity' && <IdentityForm people={data.people} onDone={close} />}
      </Panel>
    </Fieldset>
  )
}

function Identities({ identities, mayChange }: { identities: IdentityView[]; mayChange: boolean }) {
  const t = useT()
  return (
    <Table className={classes.table!}>
      <Table.Caption className={classes.hidden!}>{t('telephony.agents.title')}</Table.Caption>
      <Table.Thead>
        <Table.Tr>
          <Table.Th>{t('telephony.agents.person')}</Table.Th>
          <Table.Th>{t('telephony.agents.value')}</Table.Th>
          <Table.Th visibleFrom="sm">{t('telephony.agents.provider')}</Table.Th>
          {mayChange && <Table.Th aria-label={t('settings.actions')} />}
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {identities.map((identity) => (
          <Table.Tr key={identity.id}>
            <Table.Td className={classes.meta!}>{identity.user_name}</Table.Td>
            <Table.Td className={classes.meta!}>
              {identity.value}
              <Text size="xs" c="dimmed">
                {t(`telephony.kinds.${identity.kind}`)}
              </Text>
            </Table.Td>
            <Table.Td visibleFrom="sm" className={classes.meta!}>
              {identity.provider || t('telephony.agents.any_provider')}
            </Table.Td>
            {mayChange && (
              <Table.Td className={classes.actions!}>
                <Remove identity={identity} />
              </Table.Td>
            )}
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  )
}

function Remove({ identity: { id, value, user_name } }: { identity: IdentityView }) {
  const t = useT()
  const [isAsking, setAsking] = useState(false)
  const removing = useCall(removeIdentity)

  async function remove() {
    await removing.mutateAsync({ params: { id } })
    announce(t('telephony.agents.removed'))
    await refresh(listIdentities)
  }
  return (
    <>
      <ActionIcon
        variant="subtle"
        color="gray"
        aria-label={t('telephony.agents.remove', { value, name: user_name })}
        onClick={() => setAsking(true)}
      >
        <IconTrash size={16} />
      </ActionIcon>
      <ConfirmDialog
        opened={isAsking}
        title={t('telephony.agents.remove', { value, name: user_name })}
        text={t('telephony.agents.remove_text', { value, name: user_name })}
        confirm={t('common.actions.remove')}
        isDangerous
        onConfirm={remove}
        onClose={() => setAsking(false)}
      />
    </>
  )
}
