import { Button, Group, Modal, Text } from '@mantine/core'
import { type ReactNode, useState } from 'react'
import { useT } from '../i18n.ts'
import { textOfError } from './error-text.ts'

type Props = {
  opened: boolean
  title: string
  /** What will happen, and whether it can be undone. */
  text: ReactNode
  /** A verb, as on every button. */
  confirm: string
  isDangerous?: boolean
  onConfirm: () => Promise<unknown> | void
  onClose: () => void
}

/** Asks before something that cannot easily be undone. Stays open, and says why, when it could not be done. */
export function ConfirmDialog({ opened, title, text, confirm, isDangerous = false, onConfirm, onClose }: Props) {
  const t = useT()
  const [isBusy, setBusy] = useState(false)
  const [problem, setProblem] = useState<string | null>(null)

  async function run() {
    setBusy(true)
    setProblem(null)
    try {
      await onConfirm()
      onClose()
    } catch (error) {
      setProblem(textOfError(t, error))
    } finally {
      setBusy(false)
    }
  }
  function close() {
    setProblem(null)
    onClose()
  }
  return (
    <Modal opened={opened} onClose={close} title={title} size="md">
      <Text component="div">{text}</Text>
      {problem && (
        <Text c="red" size="sm" mt="sm" role="alert">
          {problem}
        </Text>
      )}
      <Group justify="flex-end" mt="lg" gap="sm">
        <Button variant="default" onClick={close} data-autofocus={isDangerous || undefined}>
          {t('common.actions.cancel')}
        </Button>
        <Button
          {...(isDangerous && { color: 'red' })}
          loading={isBusy}
          onClick={() => void run()}
          data-autofocus={isDangerous ? undefined : true}
        >
          {confirm}
        </Button>
      </Group>
    </Modal>
  )
}
