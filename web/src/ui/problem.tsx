import { Alert } from '@mantine/core'
import { IconAlertCircle } from '@tabler/icons-react'

/** Why it did not work, said at once to who listens. */
export function Problem({ children }: { children: string | null | undefined }) {
  if (!children) return null
  return (
    <Alert color="red" icon={<IconAlertCircle size={18} />} role="alert">
      {children}
    </Alert>
  )
}
