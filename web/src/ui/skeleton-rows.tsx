import { Skeleton, Stack, VisuallyHidden } from '@mantine/core'
import { useT } from '../i18n.ts'

/** The room that rows will take, so that nothing moves when they come. */
export function SkeletonRows({ rows = 5, height = 36 }: { rows?: number; height?: number }) {
  const t = useT()
  return (
    <Stack gap={1} aria-busy>
      <VisuallyHidden>{t('common.loading')}</VisuallyHidden>
      {Array.from({ length: rows }, (_, i) => (
        <Skeleton key={i} height={height - 1} radius="sm" />
      ))}
    </Stack>
  )
}
