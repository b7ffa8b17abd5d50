import { Alert, Button, Group, Stack, Text } from '@mantine/core'
import { IconAlertTriangle } from '@tabler/icons-react'
import { useT } from '../i18n.ts'
import { useMe } from '../session.ts'
import { CopyField } from './copy-field.tsx'
import { type MadeLine, trialOf } from './line-trial.ts'

/** The address with the secret, this once, and a line that proves that it works. */
export function LineAddress({ made, onDone }: { made: MadeLine; onDone: () => void }) {
  const t = useT()
  const trial = trialOf(made, useMe().user.email)
  return (
    <Stack>
      <Alert color="yellow" icon={<IconAlertTriangle size={18} />} title={t('telephony.address.once')}>
        {t('telephony.address.once_text')}
      </Alert>
      <CopyField label={t('telephony.address.url')} copy={t('telephony.address.copy')} text={made.url} autoFocus />
      <Text size="sm" c="dimmed">
        {t('telephony.address.then')}
      </Text>
      {trial && <CopyField label={t('telephony.address.curl')} copy={t('telephony.address.copy_curl')} text={trial} />}
      <Group justify="flex-end">
        <Button onClick={onDone}>{t('telephony.address.done')}</Button>
      </Group>
    </Stack>
  )
}
