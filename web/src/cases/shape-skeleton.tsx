import { Skeleton, VisuallyHidden } from '@mantine/core'
import { useT } from '../i18n.ts'
import { SkeletonRows } from '../ui/skeleton-rows.tsx'
import type { Shape } from './cases-search.ts'
import classes from './shape-skeleton.module.css'

/** The room that a shape will take, so that nothing moves when it comes. */
export function ShapeSkeleton({ shape }: { shape: Shape }) {
  const t = useT()
  if (shape === 'table') return <SkeletonRows rows={18} />
  const parts = shape === 'board' ? 5 : 35
  return (
    <div className={classes[shape]} aria-busy>
      <VisuallyHidden>{t('common.loading')}</VisuallyHidden>
      {Array.from({ length: parts }, (_, i) => (
        <Skeleton key={i} radius={shape === 'board' ? 'lg' : 0} className={classes.part!} />
      ))}
    </div>
  )
}
