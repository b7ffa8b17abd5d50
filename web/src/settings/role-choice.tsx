import type { Role } from '@clinicacrm/contract/permissions.ts'
import { Radio, Stack } from '@mantine/core'
import { useT } from '../i18n.ts'
import { useMe } from '../session.ts'
import { rolesToGive } from './people.ts'

type Props = { value: Role; onChange: (role: Role) => void; isReadOnly?: boolean }

/** The roles one may give, each with what it is for. */
export function RoleChoice({ value, onChange, isReadOnly = false }: Props) {
  const t = useT()
  const offered = rolesToGive(useMe())
  const shown = offered.includes(value) ? offered : [...offered, value]
  return (
    <Radio.Group label={t('settings.users.role')} value={value} onChange={(role) => onChange(role as Role)}>
      <Stack gap="sm" mt="xs">
        {shown.map((role) => (
          <Radio
            key={role}
            value={role}
            disabled={isReadOnly}
            label={t(`settings.roles.${role}.name`)}
            description={t(`settings.roles.${role}.text`)}
          />
        ))}
      </Stack>
    </Radio.Group>
  )
}
