import type { ConnectorView } from '@clinicacrm/contract/connectors.ts'
import { Button, Text } from '@mantine/core'
import { IconExternalLink } from '@tabler/icons-react'
import { useT } from '../i18n.ts'
import { preloaded } from '../preloaded.ts'
import classes from './connectors.module.css'
import { Fieldset } from './fieldset.tsx'

/** What an administrator of the platform does, one after the other. */
export function ConnectorSteps({ connector: { name, steps } }: { connector: ConnectorView }) {
  const t = useT()
  return (
    <Fieldset
      title={t('connectors.steps.title')}
      text={steps.length > 0 && t('connectors.steps.text')}
      actions={<Docs name={name} />}
    >
      {steps.length > 0 ? (
        <ol className={classes.steps}>
          {steps.map((step) => (
            <li key={step}>{step}</li>
          ))}
        </ol>
      ) : (
        <Text size="sm">{t('connectors.steps.none')}</Text>
      )}
    </Fieldset>
  )
}

function Docs({ name }: { name: string }) {
  const t = useT()
  return (
    <Button
      component="a"
      variant="default"
      size="xs"
      href={`${preloaded.base_path}/api/docs/connectors/${encodeURIComponent(name)}`}
      target="_blank"
      rel="noopener"
      rightSection={<IconExternalLink size={14} aria-hidden />}
    >
      {t('connectors.docs')}
    </Button>
  )
}
