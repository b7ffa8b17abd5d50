import type { ApiKeyView } from '@clinicacrm/contract/api-keys.ts'
import { Alert, Anchor, Button, Group, Stack, Text } from '@mantine/core'
import { IconAlertTriangle } from '@tabler/icons-react'
import { useT } from '../i18n.ts'
import { preloaded } from '../preloaded.ts'
import { CopyField } from './copy-field.tsx'
import { trialPath } from './key-state.ts'

type Props = { made: ApiKeyView & { key: string }; onDone: () => void }

/** The secret, this once, and a line that proves that it works. */
export function KeySecret({ made, onDone }: Props) {
  const t = useT()
  const base = location.origin + preloaded.base_path
  const curl = `curl "${base}${trialPath(made.scopes)}" -H "x-api-key: ${made.key}"`
  return (
    <Stack>
      <Alert color="yellow" icon={<IconAlertTriangle size={18} />} title={t('settings.secret.once')}>
        {t('settings.secret.once_text')}
      </Alert>
      <CopyField label={t('settings.secret.key')} copy={t('settings.secret.copy_key')} text={made.key} autoFocus />
      <CopyField label={t('settings.secret.curl')} copy={t('settings.secret.copy_curl')} text={curl} />
      <Text size="sm" c="dimmed">
        {t('settings.secret.more')}{' '}
        <Anchor href={`${preloaded.base_path}/api/docs`} target="_blank" inherit underline="always">
          {t('settings.secret.docs')}
        </Anchor>
      </Text>
      <Group justify="flex-end">
        <Button onClick={onDone}>{t('settings.secret.done')}</Button>
      </Group>
    </Stack>
  )
}
