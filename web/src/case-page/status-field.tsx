import type { StatusCode } from '@clinicacrm/contract/lifecycle.ts'
import { lazy, Suspense, useState } from 'react'
import { currentLocale, useT } from '../i18n.ts'
import { useMe } from '../session.ts'
import { InlineField } from '../ui/inline-field.tsx'
import { StatusChip } from '../ui/status-chip.tsx'
import { useCase } from './case-context.ts'
import classes from './details.module.css'
import { needsOf } from '../move-rules.ts'
import { noMove, readMove, wayTo } from '../move.ts'

const MoveDialog = lazy(() => import('./move-dialog.tsx').then(({ MoveDialog }) => ({ default: MoveDialog })))

/** Where the case stands. Offers where it may go, and asks for what that needs. */
export function StatusField() {
  const t = useT()
  const { page, mayWrite, saveField, save } = useCase()
  const me = useMe()
  const mayOverride = me.may('cases:override')
  const [asking, setAsking] = useState<StatusCode | null>(null)
  const { status } = page.case
  const options = me.statuses
    .filter(
      ({ code, hidden }) => code === status || (!hidden && wayTo(page, code as StatusCode, mayOverride) !== 'closed'),
    )
    .map((one) => ({ value: one.code, label: one[`label_${currentLocale()}`] }))

  async function onSave(next: string, before: string) {
    const move = { ...noMove(page), status: next as StatusCode }
    const { change, missing } = readMove(page, move, mayOverride)
    const isOver = page.case.follow_up_date !== null && new Date(page.case.follow_up_date) < new Date()
    if (missing.length > 0 || (isOver && needsOf(next).includes('follow_up_date'))) {
      setAsking(next as StatusCode)
      return null
    }
    if (Object.keys(change).length === 1) return saveField('status', next, before)
    save(change)
    return null
  }
  return (
    <div className={classes.wide}>
      <InlineField
        label={t('case.fields.status')}
        value={status}
        shown={<StatusChip status={status} />}
        isReadOnly={!mayWrite}
        kind="choice"
        options={options}
        onSave={onSave}
      />
      <Suspense>{asking && <MoveDialog to={asking} onClose={() => setAsking(null)} />}</Suspense>
    </div>
  )
}
