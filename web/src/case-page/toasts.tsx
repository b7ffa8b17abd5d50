import '@mantine/notifications/styles.layer.css'
import { Notifications, notifications } from '@mantine/notifications'

const shownMs = 6_000

export function Toasts() {
  return <Notifications position="bottom-right" />
}

export function show(text: string, { isTrouble }: { isTrouble: boolean }): void {
  notifications.show({ message: text, autoClose: shownMs, ...(isTrouble && { color: 'red' }) })
}
