import { Button, Code, Group, Text } from '@mantine/core'
import { IconAlertTriangle, IconMapOff } from '@tabler/icons-react'
import { useT } from '../i18n.ts'
import { preloaded } from '../preloaded.ts'
import { EmptyState } from '../ui/empty-state.tsx'
import { textOfError } from '../ui/error-text.ts'
import { useDocumentTitle } from '../ui/page-header.tsx'
import classes from './message-pages.module.css'

const home = `${preloaded.base_path}/`

/** An address that leads nowhere. */
export function NotFoundPage() {
  const t = useT()
  useDocumentTitle(t('shell.not_found.title'))
  return (
    <div className={classes.page}>
      <EmptyState
        icon={<IconMapOff size={20} />}
        isPage
        title={t('shell.not_found.title')}
        text={t('shell.not_found.text')}
        action={
          <Button component="a" href={home} variant="default">
            {t('shell.not_found.home')}
          </Button>
        }
      />
    </div>
  )
}

/** A page that broke down: what happened, what is safe, what to do. Details help who repairs it. */
export function FailedPage({ error }: { error: unknown }) {
  const t = useT()
  const isRefusal = typeof error === 'object' && error !== null && 'code' in error
  useDocumentTitle(t('shell.failed.title'))
  return (
    <div className={classes.page}>
      <EmptyState
        icon={<IconAlertTriangle size={20} />}
        isPage
        title={t('shell.failed.title')}
        text={isRefusal ? textOfError(t, error) : t('shell.failed.text')}
        action={
          <Group justify="center" gap="sm">
            <Button onClick={() => location.reload()}>{t('shell.failed.reload')}</Button>
            <Button component="a" href={home} variant="default">
              {t('shell.failed.home')}
            </Button>
          </Group>
        }
      />
      {!isRefusal && (
        <details className={classes.details}>
          <summary>{t('shell.failed.details')}</summary>
          <Text size="xs" component="div">
            <Code block>{error instanceof Error ? (error.stack ?? error.message) : String(error)}</Code>
          </Text>
        </details>
      )}
    </div>
  )
}
