import { Button } from '@mantine/core'
import { IconCalendarPlus, IconChecklist } from '@tabler/icons-react'
import { lazy, Suspense, useState } from 'react'
import { useT } from '../i18n.ts'
import { useShortcut } from '../shortcuts.ts'
import { KeyHint } from '../ui/key-hint.tsx'
import classes from './actions.module.css'
import { CallBack } from './call-back.tsx'
import { useCase } from './case-context.ts'
import { later } from './fetched-ahead.ts'

const BookDialog = lazy(() => later.book().then(({ BookDialog }) => ({ default: BookDialog })))
const WrapUpDialog = lazy(() => later.wrapUp().then(({ WrapUpDialog }) => ({ default: WrapUpDialog })))

/** What an agent does next, three ways, each with its key. */
export function Actions() {
  const t = useT()
  const { page, mayWrite } = useCase()
  const [open, setOpen] = useState<'book' | 'call_back' | 'wrap_up' | null>(null)
  const close = () => setOpen(null)
  const isBooked = ['APPUNTAMENTO', 'INTERVENTO_PROGRAMMATO'].includes(page.case.status)
  const book = isBooked ? t('case.actions.confirm_or_move') : t('case.actions.book')

  useShortcut('b', () => setOpen('book'), { description: book, enabled: mayWrite })
  useShortcut('r', () => setOpen('call_back'), { description: t('case.actions.call_back'), enabled: mayWrite })
  useShortcut('w', () => setOpen('wrap_up'), { description: t('case.actions.wrap_up'), enabled: mayWrite })

  if (!mayWrite) return <span className={classes.readOnly}>{t('case.actions.read_only')}</span>
  return (
    <div className={classes.actions} role="group" aria-label={t('case.actions.label')}>
      <Button
        leftSection={<IconCalendarPlus size={16} stroke={1.75} />}
        rightSection={<KeyHint keys="b" />}
        aria-keyshortcuts="B"
        onClick={() => setOpen('book')}
      >
        {book}
      </Button>
      <CallBack opened={open === 'call_back'} onChange={(opened) => setOpen(opened ? 'call_back' : null)} />
      <Button
        variant="default"
        leftSection={<IconChecklist size={16} stroke={1.75} />}
        rightSection={<KeyHint keys="w" />}
        aria-keyshortcuts="W"
        onClick={() => setOpen('wrap_up')}
      >
        {t('case.actions.wrap_up')}
      </Button>
      <Suspense>
        {open === 'book' && <BookDialog onClose={close} />}
        {open === 'wrap_up' && <WrapUpDialog onClose={close} />}
      </Suspense>
    </div>
  )
}
