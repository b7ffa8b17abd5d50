import { type WebhookEvent, webhookEventNames } from '@clinicacrm/contract/webhook-events.ts'
import { Button, Checkbox, Stack, Text } from '@mantine/core'
import { useT } from '../i18n.ts'
import { eventText } from './webhook-values.ts'
import classes from './webhooks.module.css'

const groups = ['case', 'note', 'patient', 'call', 'callback'] as const

type Props = { value: string[]; onChange: (events: string[]) => void; error: string | null }

/** What happens here, by what it happens to, each ticked or not. */
export function WebhookEvents({ value, onChange, error }: Props) {
  const t = useT()
  const hasAll = webhookEventNames.every((name) => value.includes(name))
  return (
    <Checkbox.Group
      label={t('webhooks.form.events')}
      description={t('webhooks.form.events_text')}
      value={value}
      onChange={onChange}
      error={error}
    >
      <Stack gap="md" mt="xs" mb="xs">
        <Button
          variant="default"
          size="xs"
          className={classes.all!}
          onClick={() => onChange(hasAll ? [] : [...webhookEventNames])}
        >
          {hasAll ? t('webhooks.form.none') : t('webhooks.form.all')}
        </Button>
        {groups.map((group) => (
          <div key={group} role="group" aria-labelledby={`webhook-${group}`}>
            <Text id={`webhook-${group}`} size="sm" fw={600} mb={6}>
              {t(`webhooks.groups.${group}`)}
            </Text>
            <div className={classes.events}>
              {webhookEventNames
                .filter((name) => name.startsWith(`${group}.`))
                .map((name) => (
                  <Event key={name} name={name} isMarked={error !== null} />
                ))}
            </div>
          </div>
        ))}
      </Stack>
    </Checkbox.Group>
  )
}

function Event({ name, isMarked }: { name: WebhookEvent; isMarked: boolean }) {
  const t = useT()
  return (
    <Checkbox
      value={name}
      aria-invalid={isMarked || undefined}
      label={
        <>
          {t(`webhooks.events.${eventText(name)}`)}
          <Text span size="xs" c="dimmed" ff="monospace" className={classes.code!}>
            {name}
          </Text>
        </>
      }
    />
  )
}
