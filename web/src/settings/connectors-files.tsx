import type { ConnectorView } from '@clinicacrm/contract/connectors.ts'
import { Button, Text } from '@mantine/core'
import { IconDownload } from '@tabler/icons-react'
import { useT } from '../i18n.ts'
import { preloaded } from '../preloaded.ts'
import classes from './connectors.module.css'
import { Fieldset } from './fieldset.tsx'

/** What is imported at the platform: each file with what it is and where it goes. */
export function ConnectorFiles({ connector: { name, files } }: { connector: ConnectorView }) {
  const t = useT()
  const at = `${preloaded.base_path}/api/connectors/${encodeURIComponent(name)}/files/`
  return (
    <Fieldset title={t('connectors.files.title')} text={t('connectors.files.text')}>
      <ul className={classes.files}>
        {files.map(({ file, text }) => (
          <li key={file} className={classes.file}>
            <div className={classes.words}>
              <code className={classes.fileName}>{file}</code>
              <Text size="sm" c="dimmed">
                {text}
              </Text>
            </div>
            <Button
              component="a"
              href={at + encodeURIComponent(file)}
              download={file}
              variant="default"
              size="xs"
              leftSection={<IconDownload size={14} aria-hidden />}
              aria-label={t('connectors.files.download_it', { file })}
              className={classes.act!}
            >
              {t('connectors.files.download')}
            </Button>
          </li>
        ))}
      </ul>
    </Fieldset>
  )
}
