import type { ConnectorView } from '@clinicacrm/contract/connectors.ts'
import type { Scope } from '@clinicacrm/contract/permissions.ts'
import { Button, Group, List } from '@mantine/core'
import { IconKey } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { currentLocale, useT } from '../i18n.ts'
import { preloaded } from '../preloaded.ts'
import { useMe } from '../session.ts'
import classes from './connectors.module.css'
import { CopyField } from './copy-field.tsx'
import { Fieldset } from './fieldset.tsx'
import { scopeText } from './scope-text.ts'

/** With which key the platform comes in, and where its events go. */
export function ConnectorKey({ connector: { name, title, takes } }: { connector: ConnectorView }) {
  const t = useT()
  const { may } = useMe()
  const needed: Scope[] = takes === 'key' ? ['lookup:read', 'calls:write'] : ['lookup:read']
  const events = `${location.origin}${preloaded.base_path}/api/telephony/events/${name}`
  return (
    <Fieldset
      title={t('connectors.key.title')}
      text={t(takes === 'key' ? 'connectors.key.text_key' : 'connectors.key.text_lookup', { title })}
    >
      <List size="sm" spacing={4}>
        {needed.map((scope) => (
          <List.Item key={scope}>
            {t(`settings.scopes.${scopeText(scope)}`)} <code className={classes.scope}>{scope}</code>
          </List.Item>
        ))}
      </List>
      {may('keys:manage') && (
        <Group>
          <Button
            variant="default"
            leftSection={<IconKey size={16} aria-hidden />}
            renderRoot={(props) => (
              <Link
                {...props}
                to="/$locale/settings/api-keys"
                params={{ locale: currentLocale() }}
                search={{ open: 'new' }}
              />
            )}
          >
            {t('connectors.key.create')}
          </Button>
        </Group>
      )}
      {takes === 'key' && (
        <CopyField label={t('connectors.key.events_at')} copy={t('connectors.key.copy_events_at')} text={events} />
      )}
    </Fieldset>
  )
}
