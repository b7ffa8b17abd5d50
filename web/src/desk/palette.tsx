import { Modal } from '@mantine/core'
import { useT } from '../i18n.ts'

export function Palette({ opened, onClose }: { opened: boolean; onClose: () => void }) {
  const t = useT()
  return <Modal opened={opened} onClose={onClose} title={t('shell.search')} />
}
