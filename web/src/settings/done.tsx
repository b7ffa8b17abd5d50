import { Alert } from '@mantine/core'
import { IconCircleCheck } from '@tabler/icons-react'

/** That it worked, where it was done. */
export function Done({ children }: { children: string }) {
  return (
    <Alert color="green" icon={<IconCircleCheck size={18} />} role="status">
      {children}
    </Alert>
  )
}
