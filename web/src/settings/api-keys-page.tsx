import { type ApiKeyView, listApiKeys } from '@clinicacrm/contract/api-keys.ts'
import { Button } from '@mantine/core'
import { IconKey, IconPlus } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useT } from '../i18n.ts'
import { queryOf, refresh } from '../query.ts'
import { EmptyState } from '../ui/empty-state.tsx'
import { ErrorPanel } from '../ui/error-panel.tsx'
import { SkeletonRows } from '../ui/skeleton-rows.tsx'
import { KeyPanel } from './key-panel.tsx'
import { KeySecret } from './key-secret.tsx'
import { KeysTable } from './keys-table.tsx'
import { NewKeyForm } from './new-key-form.tsx'
import { Panel } from './panel.tsx'
import { Section } from './section.tsx'
import { useOpen } from './use-open.ts'

/** How other programs come in: each with a key of its own, for as little as it needs. */
export function ApiKeysPage() {
  const t = useT()
  const { show } = useOpen()
  return (
    <Section
      name="api_keys"
      actions={
        <Button leftSection={<IconPlus size={16} />} aria-label={t('settings.keys.add')} onClick={() => show('new')}>
          {t('settings.create')}
        </Button>
      }
    >
      <Keys />
    </Section>
  )
}

function Keys() {
  const t = useT()
  const { open, show, close } = useOpen()
  const { data, error, refetch } = useQuery(queryOf(listApiKeys, {}))
  const opened = data?.api_keys.find(({ id }) => id === open)
  return (
    <>
      {error && !data && <ErrorPanel error={error} onRetry={() => void refetch()} />}
      {!error && !data && <SkeletonRows rows={6} height={44} />}
      {data?.api_keys.length === 0 && (
        <EmptyState
          icon={<IconKey size={20} />}
          title={t('settings.keys.none')}
          text={t('settings.keys.none_text')}
          action={<Button onClick={() => show('new')}>{t('settings.keys.add')}</Button>}
        />
      )}
      {data && data.api_keys.length > 0 && <KeysTable keys={data.api_keys} onOpen={show} />}
      <NewKeyPanel opened={open === 'new'} onClose={close} />
      <Panel opened={opened !== undefined} title={opened?.name ?? ''} size="36rem" onClose={close}>
        {opened && <KeyPanel key={opened.id} apiKey={opened} onDone={close} />}
      </Panel>
    </>
  )
}

type Shown = ApiKeyView & { key: string }

function NewKeyPanel({ opened, onClose }: { opened: boolean; onClose: () => void }) {
  const t = useT()
  const [made, setMade] = useState<Shown | null>(null)

  function close() {
    setMade(null)
    onClose()
  }
  function show(next: Shown) {
    setMade(next)
    void refresh(listApiKeys)
  }
  return (
    <Panel
      opened={opened}
      title={made ? t('settings.keys.made', { name: made.name }) : t('settings.keys.add')}
      size="36rem"
      onClose={close}
    >
      {made ? <KeySecret made={made} onDone={close} /> : <NewKeyForm onMade={show} onCancel={close} />}
    </Panel>
  )
}
