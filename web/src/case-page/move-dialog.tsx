import { Modal, Stack } from '@mantine/core'
import type { StatusCode } from '@clinicacrm/contract/lifecycle.ts'
import { type FormEvent, useState } from 'react'
import { useT } from '../i18n.ts'
import { useMe } from '../session.ts'
import { focusFirstWrong } from '../ui/focus-first-wrong.ts'
import { useCase } from './case-context.ts'
import { DialogEnd } from './dialog-end.tsx'
import { type Missing, noMove, readMove } from '../move.ts'
import { MoveFields } from '../move-fields.tsx'
import { nothingTyped } from '../typed-moment.ts'

/** Asks for what a status cannot do without. */
export function MoveDialog({ to, onClose }: { to: StatusCode; onClose: () => void }) {
  const t = useT()
  const { page, save } = useCase()
  const { may } = useMe()
  const [seen] = useState(page.case)
  const [missing, setMissing] = useState<Missing[]>([])
  const [move, setMove] = useState(() => {
    const isOver = seen.follow_up_date !== null && new Date(seen.follow_up_date) < new Date()
    return { ...noMove(page), status: to, ...(isOver && { moment: nothingTyped }) }
  })

  function submit(event: FormEvent) {
    event.preventDefault()
    const { change, missing: lacking } = readMove(page, move, may('cases:override'))
    setMissing(lacking)
    if (lacking.length > 0) return focusFirstWrong()
    save(change, seen)
    onClose()
  }
  return (
    <Modal opened onClose={onClose} title={t('case.move.title')} size="sm">
      <form onSubmit={submit} noValidate>
        <Stack gap="md">
          <MoveFields page={page} value={move} onChange={setMove} missing={missing} />
          <DialogEnd restoredAt={null} onDiscard={onClose} onClose={onClose}>
            {t('case.move.do')}
          </DialogEnd>
        </Stack>
      </form>
    </Modal>
  )
}
