import { Button, Group, Text } from '@mantine/core'
import { IconLock, IconTrash } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { useT } from '../i18n.ts'
import { PasswordField } from '../ui/password-field.tsx'

type Props = {
  label: string
  description: string | undefined
  error: ReactNode
  isReadOnly: boolean
  isSaved: boolean
  /** Null: as it was; empty: to be taken away. */
  value: string | null
  onChange: (value: string | null) => void
}

/** Something that is written once and never shown again. Emptying the field changes nothing; taking it away has a button. */
export function SecretField({ label, description, error, isReadOnly, isSaved, value, onChange }: Props) {
  const t = useT()
  const isGoing = isSaved && value === ''
  return (
    <div>
      <PasswordField
        label={label}
        description={description}
        error={error}
        readOnly={isReadOnly}
        placeholder={isSaved && !isGoing ? t('connectors.secret.placeholder') : ''}
        autoComplete="new-password"
        spellCheck={false}
        maxLength={4000}
        value={value ?? ''}
        onChange={(event) => onChange(event.currentTarget.value || null)}
      />
      {isSaved && (
        <Group gap="xs" mt="xs" mih={28}>
          <IconLock size={14} stroke={1.75} aria-hidden />
          <Text size="xs" c="dimmed" role="status">
            {isGoing ? t('connectors.secret.going') : t('connectors.secret.saved')}
          </Text>
          {!isReadOnly && (
            <Button
              variant="subtle"
              color="gray"
              size="compact-xs"
              leftSection={isGoing ? undefined : <IconTrash size={14} />}
              aria-label={t(isGoing ? 'connectors.secret.keep_it' : 'connectors.secret.remove_it', { name: label })}
              onClick={() => onChange(isGoing ? null : '')}
            >
              {t(isGoing ? 'connectors.secret.keep' : 'common.actions.remove')}
            </Button>
          )}
        </Group>
      )}
    </div>
  )
}
