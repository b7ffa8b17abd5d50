import { Alert, Button } from '@mantine/core'
import { IconAlertTriangle } from '@tabler/icons-react'
import { useT } from '../i18n.ts'
import { usePlatform } from '../platforms.ts'
import classes from './embed.module.css'

/** What the platform beside or in this page has to complain of, for whoever works with it. */
export function Complaint({ platform }: { platform: string }) {
  const t = useT()
  const { step, problem } = usePlatform()
  const said = step === 'failed' ? 'failed' : problem
  if (!said) return null
  return (
    <Alert
      className={classes.complaint!}
      color={said === 'number_unknown' ? 'yellow' : 'red'}
      icon={<IconAlertTriangle size={18} />}
      role="alert"
    >
      {t(`embed.platform.${said}`, { platform })}
      {said !== 'number_unknown' && (
        <Button variant="default" size="xs" mt="xs" display="block" onClick={() => location.reload()}>
          {t('embed.platform.reload')}
        </Button>
      )}
    </Alert>
  )
}
