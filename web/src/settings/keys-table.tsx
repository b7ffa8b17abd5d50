import type { ApiKeyView } from '@clinicacrm/contract/api-keys.ts'
import { Table, Text } from '@mantine/core'
import { formatAgo, formatRelative } from '../format.ts'
import { useT } from '../i18n.ts'
import { useNow } from '../ui/use-now.ts'
import { ClinicNames } from './clinic-names.tsx'
import { KeyStateMark } from './key-state-mark.tsx'
import { Sparkline } from './sparkline.tsx'
import classes from './table.module.css'

type Props = { keys: ApiKeyView[]; onOpen: (id: string) => void }

export function KeysTable({ keys, onOpen }: Props) {
  const t = useT()
  // What is over stays to be looked up, below what works.
  const sorted = keys.toSorted((a, b) => Number(a.revoked_at !== null) - Number(b.revoked_at !== null))
  return (
    <Table className={classes.table!}>
      <Table.Caption className={classes.hidden!}>{t('settings.sections.api_keys.title')}</Table.Caption>
      <Table.Thead>
        <Table.Tr>
          <Table.Th>{t('settings.keys.name')}</Table.Th>
          <Table.Th visibleFrom="lg">{t('settings.keys.scopes')}</Table.Th>
          <Table.Th visibleFrom="xl">{t('settings.keys.clinics')}</Table.Th>
          <Table.Th visibleFrom="md">{t('settings.keys.requests')}</Table.Th>
          <Table.Th visibleFrom="sm">{t('settings.keys.last_used')}</Table.Th>
          <Table.Th visibleFrom="md">{t('settings.keys.expires')}</Table.Th>
          <Table.Th>{t('settings.keys.state')}</Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {sorted.map((key) => (
          <Row key={key.id} apiKey={key} onOpen={() => onOpen(key.id)} />
        ))}
      </Table.Tbody>
    </Table>
  )
}

function Row({ apiKey, onOpen }: { apiKey: ApiKeyView; onOpen: () => void }) {
  const t = useT()
  const now = useNow()
  const { name, hint, scopes, clinics, sparkline, last_used_at, expires_at } = apiKey
  return (
    <Table.Tr className={classes.row!}>
      <Table.Td>
        <button type="button" className={classes.open} onClick={onOpen}>
          {name}
        </button>
        <Text size="xs" c="dimmed" className={classes.hint!} ff="monospace">
          {hint}
        </Text>
      </Table.Td>
      <Table.Td visibleFrom="lg">
        <span className={classes.scopes}>
          {scopes.map((scope) => (
            <code key={scope}>{scope}</code>
          ))}
        </span>
      </Table.Td>
      <Table.Td visibleFrom="xl">
        <ClinicNames names={clinics} />
      </Table.Td>
      <Table.Td visibleFrom="md">
        <Sparkline values={sparkline} />
      </Table.Td>
      <Table.Td visibleFrom="sm" className={classes.quiet!}>
        {last_used_at ? formatAgo(last_used_at, { now }) : t('settings.keys.never_used')}
      </Table.Td>
      <Table.Td visibleFrom="md" className={classes.quiet!}>
        {expires_at ? formatRelative(expires_at, { now }) : t('settings.keys.never_expires')}
      </Table.Td>
      <Table.Td>
        <KeyStateMark apiKey={apiKey} />
      </Table.Td>
    </Table.Tr>
  )
}
