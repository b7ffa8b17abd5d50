import { listWebhooks, type WebhookView } from '@clinicacrm/contract/webhooks.ts'
import { Button, Table, Text } from '@mantine/core'
import { IconPlus, IconWebhook } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { formatAgo, formatNumber } from '../format.ts'
import { currentLocale, useT } from '../i18n.ts'
import { queryOf } from '../query.ts'
import { EmptyState } from '../ui/empty-state.tsx'
import { ErrorPanel } from '../ui/error-panel.tsx'
import { SkeletonRows } from '../ui/skeleton-rows.tsx'
import { useNow } from '../ui/use-now.ts'
import { ClinicNames } from './clinic-names.tsx'
import { Panel } from './panel.tsx'
import { Section } from './section.tsx'
import classes from './table.module.css'
import { useOpen } from './use-open.ts'
import { nameOfWebhook } from './webhook-values.ts'
import { type MadeWebhook, NewWebhookForm } from './webhooks-form.tsx'
import { WebhookMark } from './webhooks-mark.tsx'
import { WebhookSecret } from './webhooks-secret.tsx'

/** Who is told of what changes here. */
export function WebhooksPage() {
  const t = useT()
  const { open, show, close } = useOpen()
  return (
    <Section
      name="webhooks"
      actions={
        <Button leftSection={<IconPlus size={16} />} aria-label={t('webhooks.add')} onClick={() => show('new')}>
          {t('settings.create')}
        </Button>
      }
    >
      <Webhooks onAdd={() => show('new')} />
      <NewWebhook opened={open === 'new'} onClose={close} />
    </Section>
  )
}

const everyMs = 15_000

function Webhooks({ onAdd }: { onAdd: () => void }) {
  const t = useT()
  const { data, error, refetch } = useQuery({ ...queryOf(listWebhooks, {}), refetchInterval: everyMs })
  if (error && !data) return <ErrorPanel error={error} onRetry={() => void refetch()} />
  if (!data) return <SkeletonRows rows={4} height={52} />
  if (data.webhooks.length > 0) return <Rows webhooks={data.webhooks} />
  return (
    <EmptyState
      icon={<IconWebhook size={20} />}
      title={t('webhooks.none')}
      text={t('webhooks.none_text')}
      action={<Button onClick={onAdd}>{t('webhooks.add')}</Button>}
    />
  )
}

function Rows({ webhooks }: { webhooks: WebhookView[] }) {
  const t = useT()
  return (
    <Table className={classes.table!}>
      <Table.Caption className={classes.hidden!}>{t('settings.sections.webhooks.title')}</Table.Caption>
      <Table.Thead>
        <Table.Tr>
          <Table.Th>{t('webhooks.columns.name')}</Table.Th>
          <Table.Th visibleFrom="lg">{t('webhooks.columns.events')}</Table.Th>
          <Table.Th visibleFrom="xl">{t('webhooks.columns.clinics')}</Table.Th>
          <Table.Th visibleFrom="sm">{t('webhooks.columns.last')}</Table.Th>
          <Table.Th>{t('webhooks.columns.state')}</Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {webhooks.map((webhook) => (
          <Row key={webhook.id} webhook={webhook} />
        ))}
      </Table.Tbody>
    </Table>
  )
}

function Row({ webhook }: { webhook: WebhookView }) {
  const t = useT()
  const now = useNow()
  const { id, url, events, clinics, last_delivered_at, dead, failing } = webhook
  return (
    <Table.Tr className={classes.row!}>
      <Table.Td>
        <Link className={classes.open} to="/$locale/settings/webhooks/$id" params={{ locale: currentLocale(), id }}>
          {nameOfWebhook(webhook)}
        </Link>
        <Text size="xs" c="dimmed" ff="monospace" lineClamp={2} className={classes.meta!}>
          {url}
        </Text>
      </Table.Td>
      <Table.Td visibleFrom="lg" className={classes.quiet!}>
        {t('webhooks.event_count', { count: events.length })}
      </Table.Td>
      <Table.Td visibleFrom="xl">
        <ClinicNames names={clinics} />
      </Table.Td>
      <Table.Td visibleFrom="sm" className={classes.quiet!}>
        {last_delivered_at ? formatAgo(last_delivered_at, { now }) : t('webhooks.never')}
      </Table.Td>
      <Table.Td>
        <WebhookMark webhook={webhook} />
        {(failing > 0 || dead > 0) && (
          <Text size="xs" c="dimmed" mt={2}>
            {failing > 0
              ? t('webhooks.failing_count', { count: failing, shown: formatNumber(failing) })
              : t('webhooks.dead_count', { count: dead, shown: formatNumber(dead) })}
          </Text>
        )}
      </Table.Td>
    </Table.Tr>
  )
}

function NewWebhook({ opened, onClose }: { opened: boolean; onClose: () => void }) {
  const t = useT()
  const [made, setMade] = useState<MadeWebhook | null>(null)

  function close() {
    setMade(null)
    onClose()
  }
  return (
    <Panel
      opened={opened}
      title={made ? t('webhooks.made', { name: nameOfWebhook(made) }) : t('webhooks.add')}
      size="36rem"
      onClose={close}
    >
      {made ? <WebhookSecret made={made} onDone={close} /> : <NewWebhookForm onMade={setMade} onCancel={close} />}
    </Panel>
  )
}
