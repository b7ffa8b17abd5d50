import { Button, Group, Text } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { announce } from '../ui/announce.tsx'

type Toast = { text: string; isTrouble?: boolean; action?: { label: string; run: () => void } }

const shownMs = 8_000

/** A sentence about what was just done, with a way back where there is one; said to who listens, too. */
export function toast({ text, isTrouble = false, action }: Toast): void {
  announce(text, isTrouble ? 'assertive' : 'polite')
  // One at a time: the last word is the one that counts.
  notifications.clean()
  const id = notifications.show({
    autoClose: shownMs,
    ...(isTrouble && { color: 'red' }),
    message: (
      <Group gap="sm" wrap="nowrap" justify="space-between">
        <Text size="sm">{text}</Text>
        {action && (
          <Button
            variant="light"
            size="compact-sm"
            onClick={() => {
              notifications.hide(id)
              action.run()
            }}
          >
            {action.label}
          </Button>
        )}
      </Group>
    ),
  })
}
