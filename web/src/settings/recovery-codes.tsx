import { Alert, Button, Group, Stack, Text } from '@mantine/core'
import { IconAlertTriangle, IconCopy, IconDownload, IconPrinter } from '@tabler/icons-react'
import { useState } from 'react'
import { useT } from '../i18n.ts'
import { useMe } from '../session.ts'
import { announce } from '../ui/announce.tsx'
import { copyText } from '../ui/copy-text.ts'
import { downloadText } from './download-text.ts'
import classes from './recovery-codes.module.css'

/** Shown this once: for the day the phone is lost. */
export function RecoveryCodes({ codes, onDone }: { codes: string[]; onDone: () => void }) {
  const t = useT()
  const { user, organisation } = useMe()
  const [isCopied, setCopied] = useState(false)
  const heading = t('settings.recovery.heading', { organisation: organisation.name, email: user.email })
  const text = `${heading}\n\n${codes.join('\n')}\n`

  async function copy() {
    if (!(await copyText(text))) return
    setCopied(true)
    announce(t('settings.recovery.copied'))
  }
  return (
    <Stack className={classes.page!}>
      <Text className={classes.onScreen!}>{t('settings.recovery.text')}</Text>
      <Text className={classes.onPaper!}>{heading}</Text>
      <ol className={classes.codes}>
        {codes.map((code) => (
          <li key={code}>
            <code>{code}</code>
          </li>
        ))}
      </ol>
      <Alert color="yellow" icon={<IconAlertTriangle size={18} />} className={classes.onScreen!}>
        {t('settings.recovery.once')}
      </Alert>
      <Group gap="sm" className={classes.onScreen!}>
        <Button variant="default" leftSection={<IconCopy size={16} />} onClick={() => void copy()} autoFocus>
          {isCopied ? t('settings.recovery.copied') : t('common.actions.copy')}
        </Button>
        <Button
          variant="default"
          leftSection={<IconDownload size={16} />}
          onClick={() => downloadText(t('settings.recovery.file'), text)}
        >
          {t('settings.recovery.download')}
        </Button>
        <Button variant="default" leftSection={<IconPrinter size={16} />} onClick={() => window.print()}>
          {t('settings.recovery.print')}
        </Button>
      </Group>
      <Group justify="flex-end" className={classes.onScreen!}>
        <Button onClick={onDone}>{t('settings.recovery.done')}</Button>
      </Group>
    </Stack>
  )
}
