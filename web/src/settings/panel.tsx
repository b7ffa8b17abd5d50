import { Drawer } from '@mantine/core'
import { createContext, type ReactNode, use, useEffect, useState } from 'react'
import { useT } from '../i18n.ts'
import { ConfirmDialog } from '../ui/confirm-dialog.tsx'

const Guard = createContext<(isDirty: boolean) => void>(() => undefined)

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
  const [isDirty, setDirty] = useState(false)
  const [isAsking, setAsking] = useState(false)
  return (
    <>
      <Drawer opened={opened} onClose={() => (isDirty ? setAsking(true) : onClose())} title={title} size={size}>
        <Guard value={setDirty}>{children}</Guard>
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
