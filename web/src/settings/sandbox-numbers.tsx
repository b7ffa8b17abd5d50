import { sandboxNumbers } from '@clinicacrm/contract/requests.ts'
import { Button, Table } from '@mantine/core'
import { IconKey } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { currentLocale, useT } from '../i18n.ts'
import { Fieldset } from './fieldset.tsx'
import classes from './table.module.css'

/** What a sandbox key is answered. */
export function SandboxNumbers() {
  const t = useT()
  const keys = (
    <Button
      variant="default"
      leftSection={<IconKey size={16} aria-hidden />}
      renderRoot={(props) => <Link {...props} to="/$locale/settings/api-keys" params={{ locale: currentLocale() }} />}
    >
      {t('requests.sandbox.open')}
    </Button>
  )
  return (
    <Fieldset title={t('requests.sandbox.title')} text={t('requests.sandbox.text')} actions={keys}>
      <Table className={classes.table!}>
        <Table.Caption className={classes.hidden!}>{t('requests.sandbox.caption')}</Table.Caption>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{t('requests.sandbox.phone')}</Table.Th>
            <Table.Th>{t('requests.sandbox.answers')}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {sandboxNumbers.map(({ phone, answers }) => (
            <Table.Tr key={phone}>
              <Table.Td ff="monospace">{phone}</Table.Td>
              <Table.Td>{t(`requests.sandbox.${answers}`)}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Fieldset>
  )
}
