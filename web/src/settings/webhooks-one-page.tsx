import { listWebhooks, type WebhookView } from '@clinicacrm/contract/webhooks.ts'
import { Alert, Anchor, Text } from '@mantine/core'
import { IconBan, IconWebhook } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { Link, useParams } from '@tanstack/react-router'
import { useState } from 'react'
import { formatAgo, formatDateTime, formatNumber } from '../format.ts'
import { currentLocale, useT } from '../i18n.ts'
import { queryOf } from '../query.ts'
import { EmptyState } from '../ui/empty-state.tsx'
import { ErrorPanel } from '../ui/error-panel.tsx'
import { SkeletonRows } from '../ui/skeleton-rows.tsx'
import { useNow } from '../ui/use-now.ts'
import { ClinicNames } from './clinic-names.tsx'
import { Panel } from './panel.tsx'
import { Section } from './section.tsx'
import { useOpen } from './use-open.ts'
import { eventText, nameOfWebhook } from './webhook-values.ts'
import { WebhookActs } from './webhooks-acts.tsx'
import { Deliveries } from './webhooks-deliveries.tsx'
import { EditWebhookForm, type MadeWebhook } from './webhooks-form.tsx'
import { WebhookMark } from './webhooks-mark.tsx'
import { WebhookSecret } from './webhooks-secret.tsx'
import classes from './webhooks.module.css'

const everyMs = 10_000

/** One receiver: how it fares, what was sent to it, and what can be done about it. */
export function WebhookPage() {
  const t = useT()
  const { id } = useParams({ from: '/$locale/signed-in/settings/webhooks/$id' })
  const { data, error, refetch } = useQuery({ ...queryOf(listWebhooks, {}), refetchInterval: everyMs })
  const webhook = data?.webhooks.find((one) => one.id === id)
  return (
    <Section name="webhooks" title={webhook ? nameOfWebhook(webhook) : ''}>
      {error && !data && <ErrorPanel error={error} onRetry={() => void refetch()} />}
      {!error && !data && <SkeletonRows rows={6} height={44} />}
      {data && !webhook && (
        <EmptyState
          icon={<IconWebhook size={20} />}
          title={t('webhooks.gone.title')}
          text={t('webhooks.gone.text')}
          action={
            <Anchor
              renderRoot={(props) => (
                <Link {...props} to="/$locale/settings/webhooks" params={{ locale: currentLocale() }} />
              )}
            >
              {t('webhooks.gone.back')}
            </Anchor>
          }
        />
      )}
      {webhook && <Webhook key={id} webhook={webhook} />}
    </Section>
  )
}

function Webhook({ webhook }: { webhook: WebhookView }) {
  const t = useT()
  const { open, show, close } = useOpen()
  const [made, setMade] = useState<MadeWebhook | null>(null)
  const { url, stopped_because } = webhook
  return (
    <>
      <div className={classes.title}>
        <WebhookMark webhook={webhook} />
        <Text size="sm" ff="monospace" className={classes.url!}>
          {url}
        </Text>
      </div>
      {stopped_because && (
        <Alert color="red" icon={<IconBan size={18} />} title={t(`webhooks.stopped.${stopped_because}.title`)} mb="md">
          {t(`webhooks.stopped.${stopped_because}.text`)}
        </Alert>
      )}
      <WebhookActs webhook={webhook} onEdit={() => show('edit')} onRotated={setMade} />
      <Facts webhook={webhook} />
      <Deliveries webhook={webhook} />
      <Panel opened={open === 'edit'} title={t('webhooks.edit')} size="36rem" onClose={close}>
        {open === 'edit' && <EditWebhookForm webhook={webhook} onDone={close} />}
      </Panel>
      <Panel
        opened={made !== null}
        title={t('webhooks.rotated', { name: nameOfWebhook(webhook) })}
        size="36rem"
        onClose={() => setMade(null)}
      >
        {made && <WebhookSecret made={made} onDone={() => setMade(null)} />}
      </Panel>
    </>
  )
}

function Facts({ webhook }: { webhook: WebhookView }) {
  const t = useT()
  const now = useNow()
  const { events, clinics, hint, previous_valid_until, last_delivered_at, pending, dead, created_at, created_by } =
    webhook
  const isOverlapping = previous_valid_until !== null && new Date(previous_valid_until) > now
  const secret = t('webhooks.facts.hint', { hint })
  return (
    <dl className={classes.facts}>
      <div>
        <dt>{t('webhooks.facts.last')}</dt>
        <dd>{last_delivered_at ? formatAgo(last_delivered_at, { now }) : t('webhooks.never')}</dd>
      </div>
      <div>
        <dt>{t('webhooks.facts.waiting')}</dt>
        <dd>{formatNumber(pending)}</dd>
      </div>
      <div>
        <dt>{t('webhooks.facts.dead')}</dt>
        <dd>{formatNumber(dead)}</dd>
      </div>
      <div>
        <dt>{t('webhooks.facts.clinics')}</dt>
        <dd>
          <ClinicNames names={clinics} />
        </dd>
      </div>
      <div>
        <dt>{t('webhooks.facts.secret')}</dt>
        <dd>
          {isOverlapping ? t('webhooks.facts.overlap', { secret, when: formatDateTime(previous_valid_until) }) : secret}
        </dd>
      </div>
      <div>
        <dt>{t('webhooks.facts.created')}</dt>
        <dd>{t('webhooks.facts.created_by', { when: formatDateTime(created_at), who: created_by })}</dd>
      </div>
      <div className={classes.wide}>
        <dt>{t('webhooks.facts.events')}</dt>
        <dd className={classes.chips}>
          {events.map((name) => (
            <span key={name} className={classes.chip} title={name}>
              {t(`webhooks.events.${eventText(name as 'case.created')}`)}
            </span>
          ))}
        </dd>
      </div>
    </dl>
  )
}
