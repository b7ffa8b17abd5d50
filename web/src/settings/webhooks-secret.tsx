import { Alert, Anchor, Button, Group, Stack, Text } from '@mantine/core'
import { IconAlertTriangle } from '@tabler/icons-react'
import { useT } from '../i18n.ts'
import { preloaded } from '../preloaded.ts'
import { CopyField } from './copy-field.tsx'
import type { MadeWebhook } from './webhooks-form.tsx'

/** For a receiver that runs on Node, by the library of the standard; others do the same in their language. */
const example = `import { Webhook } from 'standardwebhooks'

const webhook = new Webhook(process.env.WEBHOOK_SECRET)
// \`body\` as it arrived, to the letter; throws when the signature is wrong or too old.
const event = webhook.verify(body, headers)`

/** The secret, this once, and how a receiver uses it. */
export function WebhookSecret({ made, onDone }: { made: MadeWebhook; onDone: () => void }) {
  const t = useT()
  return (
    <Stack>
      <Alert color="yellow" icon={<IconAlertTriangle size={18} />} title={t('webhooks.secret.once')}>
        {t('webhooks.secret.once_text')}
      </Alert>
      <CopyField label={t('webhooks.secret.label')} copy={t('webhooks.secret.copy')} text={made.secret} autoFocus />
      <Text size="sm">{t('webhooks.secret.how')}</Text>
      <CopyField label={t('webhooks.secret.example')} copy={t('webhooks.secret.copy_example')} text={example} />
      <Text size="sm" c="dimmed">
        {t('webhooks.secret.more')}{' '}
        <Anchor href={`${preloaded.base_path}/api/docs`} target="_blank" inherit underline="always">
          {t('webhooks.secret.docs')}
        </Anchor>
      </Text>
      <Group justify="flex-end">
        <Button onClick={onDone}>{t('webhooks.secret.done')}</Button>
      </Group>
    </Stack>
  )
}
