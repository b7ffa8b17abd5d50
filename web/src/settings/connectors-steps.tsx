import type { ConnectorView } from '@clinicacrm/contract/connectors.ts'
import { Text } from '@mantine/core'
import { useT } from '../i18n.ts'
import classes from './connectors.module.css'
import { Fieldset } from './fieldset.tsx'

/** What an administrator of the platform does, one after the other. */
export function ConnectorSteps({ connector: { steps } }: { connector: ConnectorView }) {
  const t = useT()
  return (
    <Fieldset title={t('connectors.steps.title')} text={steps.length > 0 && t('connectors.steps.text')}>
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
