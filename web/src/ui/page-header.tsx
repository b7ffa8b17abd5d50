import { Group, Title } from '@mantine/core'
import type { ReactNode } from 'react'

/** The title of a page, which is also the document's, and what can be done with it. */
export function PageHeader({ title, children }: { title: string; children?: ReactNode }) {
  return (
    <Group justify="space-between">
      <title>{title}</title>
      <Title order={1}>{title}</Title>
      {children}
    </Group>
  )
}
