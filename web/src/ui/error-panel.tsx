import { Alert, Button } from '@mantine/core'
import { IconAlertTriangle } from '@tabler/icons-react'
import { useT } from '../i18n.ts'
import { textOfError } from './error-text.ts'

type Props = { error: unknown; title?: string; onRetry?: () => void }

/** One part of a page that could not be shown: why, what is safe, and another try. The rest of the page goes on. */
export function ErrorPanel({ error, title, onRetry }: Props) {
  const t = useT()
  return (
    <Alert color="red" icon={<IconAlertTriangle size={18} />} title={title ?? t('errors.title')}>
      {textOfError(t, error)}
      {onRetry && (
        <Button variant="default" size="xs" mt="sm" display="block" onClick={onRetry}>
          {t('common.actions.retry')}
        </Button>
      )}
    </Alert>
  )
}
