import { Button, Group, Text, UnstyledButton } from '@mantine/core'
import type { ReactNode } from 'react'
import { useT } from '../i18n.ts'
import classes from './dialog-end.module.css'

type Props = {
  /** Set when the form comes from an earlier visit. */
  restoredAt: Date | null
  onDiscard: () => void
  onClose: () => void
  /** What the button does, as a verb. */
  children: ReactNode
}

/** The last line of a dialog: what was brought back, the way out, and the way on. */
export function DialogEnd({ restoredAt, onDiscard, onClose, children }: Props) {
  const t = useT()
  return (
    <div className={classes.end}>
      {restoredAt && (
        <Text size="xs" c="dimmed" className={classes.restored}>
          {t('case.draft.restored')}{' '}
          <UnstyledButton className={classes.discard} onClick={onDiscard}>
            {t('case.draft.discard')}
          </UnstyledButton>
        </Text>
      )}
      <Group gap="sm" className={classes.buttons}>
        <Button variant="default" onClick={onClose}>
          {t('common.actions.cancel')}
        </Button>
        <Button type="submit">{children}</Button>
      </Group>
    </div>
  )
}
