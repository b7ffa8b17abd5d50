import { Drawer } from '@mantine/core'
import { createContext, type ReactNode, use, useEffect, useRef, useState } from 'react'
import { useT } from '../i18n.ts'
import { ConfirmDialog } from '../ui/confirm-dialog.tsx'
import classes from './panel.module.css'

/** How a form tells the panel around it; `useGuard` does. */
export const Guard = createContext<(isDirty: boolean) => void>(() => undefined)

/** Tells the panel around this form whether closing it would lose something. */
export function useGuard(isDirty: boolean): void {
  const guard = use(Guard)
  useEffect(() => {
    guard(isDirty)
    return () => guard(false)
  }, [guard, isDirty])
}

type Props = { opened: boolean; title: string; size?: string; onClose: () => void; children: ReactNode }

/** What is edited, at the side of the list it comes from. Asks before it closes over changes that are not saved. */
export function Panel({ opened, title, size = '28rem', onClose, children }: Props) {
  const t = useT()
  // Not state: nothing is drawn differently, and a quick Esc must find what was typed right before it.
  const isDirty = useRef(false)
  const [guard] = useState(() => (now: boolean) => void (isDirty.current = now))
  const [isAsking, setAsking] = useState(false)

  function close() {
    if (!isDirty.current) return onClose()
    // Later: opened now, the dialog would hear the Esc that brought it, and close again.
    setTimeout(() => setAsking(true))
  }
  return (
    <>
      <Drawer opened={opened} onClose={close} title={title} size={size} classNames={{ content: classes.content! }}>
        <Guard value={guard}>{children}</Guard>
      </Drawer>
      <ConfirmDialog
        opened={isAsking}
        title={t('settings.unsaved.title')}
        text={t('settings.unsaved.text')}
        confirm={t('settings.unsaved.confirm')}
        isDangerous
        onConfirm={onClose}
        onClose={() => setAsking(false)}
      />
    </>
  )
}
