import { getConnector, listConnectors, tryConnector } from '@clinicacrm/contract/connectors.ts'
import { Anchor, Button, Stack, Text, TextInput } from '@mantine/core'
import { IconPhoneCall } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { type FormEvent, useEffect, useRef, useState } from 'react'
import type { ReplyOf } from '../api.ts'
import { currentLocale, useT } from '../i18n.ts'
import { refresh, useCall } from '../query.ts'
import { useMe } from '../session.ts'
import { Problem } from '../ui/problem.tsx'
import classes from './connectors.module.css'
import { Fieldset } from './fieldset.tsx'
import { useProblem } from './use-problem.ts'

/** A number with several people in the demo, so that the card asks who calls. */
const familiar = '+39 06 2222 4444'

/** A call that rings at oneself as the platform would tell of it, with what was told and what came of it. */
export function ConnectorTrial({ name }: { name: string }) {
  const t = useT()
  const [from, setFrom] = useState(familiar)
  const [isMissing, setMissing] = useState(false)
  const trying = useCall(tryConnector)
  const problem = useProblem(trying.error)

  function submit(event: FormEvent) {
    event.preventDefault()
    setMissing(!from.trim())
    if (!from.trim()) return
    const onSuccess = () => void refresh(getConnector, listConnectors)
    trying.mutate({ params: { name }, body: { from: from.trim() } }, { onSuccess })
  }
  return (
    <Fieldset title={t('connectors.trial.title')} text={t('connectors.trial.text')}>
      <form onSubmit={submit} noValidate className={classes.form}>
        <Stack gap="sm">
          <TextInput
            label={t('connectors.trial.from')}
            value={from}
            onChange={(event) => setFrom(event.currentTarget.value)}
            maxLength={64}
            autoComplete="off"
            error={isMissing && t('connectors.trial.needed')}
          />
          <Problem>{problem}</Problem>
          <div>
            <Button
              type="submit"
              variant="default"
              loading={trying.isPending}
              leftSection={<IconPhoneCall size={16} aria-hidden />}
            >
              {t('connectors.trial.start')}
            </Button>
          </div>
        </Stack>
      </form>
      {trying.data && <Outcome reply={trying.data} />}
    </Fieldset>
  )
}

function Outcome({ reply }: { reply: ReplyOf<typeof tryConnector> }) {
  const t = useT()
  const { user, may } = useMe()
  const { match, delivered, case_id, sent } = reply
  const place = useRef<HTMLDivElement>(null)
  // The form may stand at the very bottom of what can be seen.
  useEffect(() => place.current?.scrollIntoView({ block: 'nearest' }), [reply])
  const arrived = delivered ? 'connectors.trial.delivered' : 'connectors.trial.not_delivered'
  return (
    <Stack gap="sm" className={classes.form!} ref={place}>
      <div role="status">
        <Text size="sm">{t(`connectors.trial.match.${match ?? 'unknown'}`)}</Text>
        <Text size="sm" c="dimmed">
          {may('calls:handle') ? t(arrived, { name: user.name }) : t('connectors.trial.not_handling')}
        </Text>
      </div>
      {case_id && may('cases:read') && (
        <Anchor
          size="sm"
          renderRoot={(props) => (
            <Link {...props} to="/$locale/cases/$id" params={{ locale: currentLocale(), id: case_id }} />
          )}
        >
          {t('connectors.trial.open_case')}
        </Anchor>
      )}
      <div>
        <Text size="sm" fw={600} id="connectors-trial-sent">
          {t('connectors.trial.sent')}
        </Text>
        <pre className={classes.sent} tabIndex={0} role="region" aria-labelledby="connectors-trial-sent">
          {readable(sent)}
        </pre>
      </div>
    </Stack>
  )
}

/** JSON with room to breathe; anything else as it is. */
function readable(sent: string): string {
  try {
    return JSON.stringify(JSON.parse(sent), null, 2)
  } catch {
    return sent
  }
}
