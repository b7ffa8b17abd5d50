import { permissions, type Role, roleNames, rolesWith } from '@clinicacrm/contract/permissions.ts'
import { ScrollArea, Table, Text, VisuallyHidden } from '@mantine/core'
import { IconCheck, IconMinus } from '@tabler/icons-react'
import { useT } from '../i18n.ts'
import classes from './roles-table.module.css'
import { scopeText } from './scope-text.ts'

/** The permission table as the server keeps it. */
export function RolesTable() {
  const t = useT()
  return (
    <>
      <Text c="dimmed" mb="md">
        {t('settings.roles_table.text')}
      </Text>
      <ScrollArea type="auto" scrollbars="x" viewportProps={{ tabIndex: 0 }}>
        <Table className={classes.table!} withColumnBorders={false}>
          <Table.Caption>{t('settings.roles_table.limited')}</Table.Caption>
          <Table.Thead>
            <Table.Tr>
              <Table.Th scope="col">{t('settings.roles_table.may')}</Table.Th>
              {roleNames.map((role) => (
                <Table.Th key={role} scope="col" className={classes.role!}>
                  {t(`settings.roles.${role}.name`)}
                </Table.Th>
              ))}
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {permissions.map((permission) => (
              <Table.Tr key={permission}>
                <Table.Th scope="row" className={classes.permission!}>
                  {t(`settings.permissions.${scopeText(permission)}`)}
                </Table.Th>
                {roleNames.map((role) => (
                  <Table.Td key={role} className={classes.cell!}>
                    <Answer isYes={(rolesWith[permission] as readonly Role[]).includes(role)} />
                  </Table.Td>
                ))}
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </ScrollArea>
    </>
  )
}

function Answer({ isYes }: { isYes: boolean }) {
  const t = useT()
  return (
    <>
      {isYes ? (
        <IconCheck size={16} aria-hidden className={classes.yes} />
      ) : (
        <IconMinus size={16} aria-hidden className={classes.no} />
      )}
      <VisuallyHidden>{isYes ? t('settings.roles_table.yes') : t('settings.roles_table.no')}</VisuallyHidden>
    </>
  )
}
