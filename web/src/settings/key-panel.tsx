import type { ApiKeyView } from '@clinicacrm/contract/api-keys.ts'
import { Group, Stack, Tabs, Text } from '@mantine/core'
import { lazy, Suspense, useState } from 'react'
import { formatDateTime } from '../format.ts'
import { useT } from '../i18n.ts'
import { SkeletonRows } from '../ui/skeleton-rows.tsx'
import { EditKeyForm } from './edit-key-form.tsx'
import { KeyActs } from './key-acts.tsx'
import { KeySecret } from './key-secret.tsx'
import { KeyStateMark } from './key-state-mark.tsx'

const KeyUsage = lazy(() => import('./key-usage.tsx').then(({ KeyUsage }) => ({ default: KeyUsage })))

type Props = { apiKey: ApiKeyView; onDone: () => void }

/** One key: how it is used, what it may, and what to do when it is old, idle or lost. */
export function KeyPanel({ apiKey, onDone }: Props) {
  const t = useT()
  const [rotated, setRotated] = useState<(ApiKeyView & { key: string }) | null>(null)
  if (rotated) return <KeySecret made={rotated} onDone={() => setRotated(null)} />
  const { hint, created_at, description, previous_valid_until, revoked_at } = apiKey
  const isOverlapping = previous_valid_until !== null && new Date(previous_valid_until) > new Date()
  return (
    <Stack>
      <div>
        <Group gap="sm">
          <KeyStateMark apiKey={apiKey} />
          <Text size="sm" c="dimmed" ff="monospace">
            {hint}
          </Text>
        </Group>
        {description && <Text mt="xs">{description}</Text>}
        <Text size="sm" c="dimmed" mt="xs">
          {revoked_at
            ? t('settings.keys.revoked_at', { when: formatDateTime(revoked_at) })
            : t('settings.keys.created_at', { when: formatDateTime(created_at) })}
        </Text>
        {isOverlapping && (
          <Text size="sm" c="dimmed">
            {t('settings.keys.overlap_until', { when: formatDateTime(previous_valid_until) })}
          </Text>
        )}
      </div>
      {!revoked_at && <KeyActs apiKey={apiKey} onRotated={setRotated} />}
      <Tabs defaultValue="usage">
        <Tabs.List>
          <Tabs.Tab value="usage">{t('settings.keys.usage')}</Tabs.Tab>
          {!revoked_at && <Tabs.Tab value="edit">{t('settings.keys.rights')}</Tabs.Tab>}
        </Tabs.List>
        <Tabs.Panel value="usage" pt="md">
          <Suspense fallback={<SkeletonRows rows={1} height={260} />}>
            <KeyUsage id={apiKey.id} />
          </Suspense>
        </Tabs.Panel>
        <Tabs.Panel value="edit" pt="md">
          <EditKeyForm apiKey={apiKey} onDone={onDone} />
        </Tabs.Panel>
      </Tabs>
    </Stack>
  )
}
