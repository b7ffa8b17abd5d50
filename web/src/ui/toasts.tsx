import '@mantine/notifications/styles.layer.css'
import { Button, Group, Text } from '@mantine/core'
import { Notifications, notifications } from '@mantine/notifications'
import type { Toast } from './toast.tsx'
import classes from './toasts.module.css'

const shownMs = 8_000

export function Toasts() {
  return <Notifications position="bottom-right" classNames={{ root: classes.place ?? '' }} />
}

let last: string | null = null

/** One at a time: the last word is the one that counts. Trouble stays beside it. */
export function show({ text, isTrouble = false, action }: Toast): void {
  if (last) notifications.hide(last)
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
  last = isTrouble ? null : id
}
