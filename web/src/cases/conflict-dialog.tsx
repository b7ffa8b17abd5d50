import { Button, Group, Modal, Stack, Text } from '@mantine/core'
import type { CaseView } from '@clinicacrm/contract/cases.ts'
import { useT } from '../i18n.ts'
import { DueDate } from '../ui/due-date.tsx'
import { StatusChip } from '../ui/status-chip.tsx'
import { nameOf } from './case-names.ts'
import { useFacts } from './facts.tsx'
import { isSettled } from '../move-rules.ts'
import { type Change, withChange } from './moves.ts'

type Props = { kase: CaseView; change: Change; current: CaseView; onAgain: () => void; onClose: () => void }

/** Somebody else saved the case first: what it is like now, and whether to change it all the same. */
export function ConflictDialog({ kase, change, current, onAgain, onClose }: Props) {
  const t = useT()
  const zone = useFacts().zoneOf(current)
  const after = withChange(current, change)
  return (
    <Modal opened onClose={onClose} title={t('cases.conflict.title', { name: nameOf(t, kase) })} size="md">
      <Stack gap="md">
        <Text>{t('cases.conflict.text')}</Text>
        <dl style={{ display: 'grid', gridTemplateColumns: 'auto 1fr', gap: '0.5rem 1rem', margin: 0 }}>
          <Version label={t('cases.conflict.now')} kase={current} zone={zone} />
          <Version label={t('cases.conflict.yours')} kase={after} zone={zone} />
        </dl>
        <Group justify="flex-end" gap="sm">
          <Button variant="default" onClick={onClose} data-autofocus>
            {t('cases.conflict.leave')}
          </Button>
          <Button onClick={onAgain}>{t('cases.conflict.change_anyway')}</Button>
        </Group>
      </Stack>
    </Modal>
  )
}

type VersionProps = { label: string; kase: { status: string; follow_up_date: string | null }; zone: string }

function Version({ label, kase, zone }: VersionProps) {
  return (
    <>
      <Text component="dt" c="dimmed">
        {label}
      </Text>
      <Group component="dd" gap="sm" m={0}>
        <StatusChip status={kase.status} />
        <DueDate when={kase.follow_up_date} zone={zone} settled={isSettled(kase.status)} />
      </Group>
    </>
  )
}
