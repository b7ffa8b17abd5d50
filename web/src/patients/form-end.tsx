import { Button, Group } from '@mantine/core'
import { useT } from '../i18n.ts'
import { ErrorPanel } from '../ui/error-panel.tsx'

type Props = { save: string; isSaving: boolean; isReady?: boolean; error: unknown; onCancel: () => void }

/** What went wrong, and the two ways out of a small form. */
export function FormEnd({ save, isSaving, isReady = true, error, onCancel }: Props) {
  const t = useT()
  return (
    <>
      {error !== null && <ErrorPanel error={error} />}
      <Group justify="flex-end" mt="sm" mb="md" gap="sm">
        <Button variant="default" size="xs" onClick={onCancel}>
          {t('common.actions.cancel')}
        </Button>
        <Button type="submit" size="xs" disabled={!isReady} loading={isSaving}>
          {save}
        </Button>
      </Group>
    </>
  )
}
