import { Button, Group, Modal, Stack, Text } from '@mantine/core'
import type { CaseView } from '@clinicacrm/contract/cases.ts'
import type { StatusCode } from '@clinicacrm/contract/lifecycle.ts'
import { type FormEvent, useState } from 'react'
import { useT } from '../i18n.ts'
import { StatusChip, useStatusLabel } from '../ui/status-chip.tsx'
import { nameOf } from './case-names.ts'
import { useFacts } from './facts.tsx'
import { MoveFields } from './move-fields.tsx'
import type { Change, Missing } from './moves.ts'

type Props = {
  kase: CaseView
  to: StatusCode
  missing: Missing[]
  onMove: (change: Change) => void
  onClose: () => void
}

/** Asks for what a new status needs: a date, a reason. Also asks for a date alone, when the status stays. */
export function MoveDialog({ kase, to, missing, onMove, onClose }: Props) {
  const t = useT()
  const labelOf = useStatusLabel()
  const zone = useFacts().zoneOf(kase)
  const [given, setGiven] = useState<Change>({})
  const [isTried, setTried] = useState(false)
  const lacks = (field: Missing) => missing.includes(field) && !given[field]?.trim()
  const required = (field: Missing) => (isTried && lacks(field) ? t('cases.moves.required') : undefined)
  const isMove = to !== kase.status

  function submit(event: FormEvent) {
    event.preventDefault()
    setTried(true)
    if (!missing.some(lacks)) onMove({ ...given, ...(isMove && { status: to }) })
  }
  const name = nameOf(t, kase)
  const title = isMove ? t('cases.moves.title', { name, status: labelOf(to) }) : t('cases.moves.when_title', { name })
  return (
    <Modal opened onClose={onClose} title={title} size="md">
      <form onSubmit={submit} noValidate>
        <Stack gap="md">
          {isMove && (
            <Group gap="sm" aria-hidden>
              <StatusChip status={kase.status} />
              <Text c="dimmed">→</Text>
              <StatusChip status={to} />
            </Group>
          )}
          <MoveFields
            missing={missing}
            to={isMove ? to : null}
            zone={zone}
            given={given}
            problemOf={required}
            onChange={(more) => setGiven({ ...given, ...more })}
          />
          <Group justify="flex-end" gap="sm">
            <Button variant="default" onClick={onClose}>
              {t('common.actions.cancel')}
            </Button>
            <Button type="submit">{isMove ? t('cases.moves.move') : t('cases.moves.set_date')}</Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  )
}
