import { IconCalendarPlus, IconChecklist } from '@tabler/icons-react'
import type { CaseView } from '@clinicacrm/contract/cases.ts'
import { lazy, Suspense, useState } from 'react'
import { useT } from '../i18n.ts'
import { useShortcut } from '../shortcuts.ts'
import { ActionButton } from './action-button.tsx'
import classes from './actions.module.css'
import { CallBack } from './call-back.tsx'
import { useCase } from './case-context.ts'
import { later } from './fetched-ahead.ts'
import { isBooked } from '../move-rules.ts'

const BookDialog = lazy(() => later.book().then(({ BookDialog }) => ({ default: BookDialog })))
const WrapUpDialog = lazy(() => later.wrapUp().then(({ WrapUpDialog }) => ({ default: WrapUpDialog })))

/** What an agent does next, three ways, each with its key. */
export function Actions() {
  const t = useT()
  const { page, mayWrite } = useCase()
  const [open, setOpen] = useState<'book' | 'call_back' | 'wrap_up' | null>(null)
  const close = () => setOpen(null)
  const book = t(`case.actions.${bookingOf(page.case)}`)

  useShortcut('b', () => setOpen('book'), { description: book, enabled: mayWrite })
  useShortcut('r', () => setOpen('call_back'), { description: t('case.actions.call_back'), enabled: mayWrite })
  useShortcut('w', () => setOpen('wrap_up'), { description: t('case.actions.wrap_up'), enabled: mayWrite })

  if (!mayWrite) return <span className={classes.readOnly}>{t('case.actions.read_only')}</span>
  return (
    <div className={classes.actions} role="group" aria-label={t('case.actions.label')}>
      <ActionButton variant="filled" icon={IconCalendarPlus} shortcut="b" onClick={() => setOpen('book')}>
        {book}
      </ActionButton>
      <CallBack opened={open === 'call_back'} onChange={(opened) => setOpen(opened ? 'call_back' : null)} />
      <ActionButton icon={IconChecklist} shortcut="w" onClick={() => setOpen('wrap_up')}>
        {t('case.actions.wrap_up')}
      </ActionButton>
      <Suspense>
        {open === 'book' && <BookDialog onClose={close} />}
        {open === 'wrap_up' && <WrapUpDialog onClose={close} />}
      </Suspense>
    </div>
  )
}

/** An appointment to come is confirmed or moved, one that has passed is made again. */
function bookingOf({ status, follow_up_date: at }: CaseView): 'book' | 'confirm_or_move' | 'book_again' {
  if (!isBooked(status) || at === null) return 'book'
  return new Date(at) > new Date() ? 'confirm_or_move' : 'book_again'
}
