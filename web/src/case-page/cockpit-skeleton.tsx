import { Skeleton, VisuallyHidden } from '@mantine/core'
import { useT } from '../i18n.ts'
import classes from './cockpit-skeleton.module.css'

/** The room that a case will take. */
export function CockpitSkeleton() {
  const t = useT()
  return (
    <div className={classes.page} aria-busy>
      <VisuallyHidden>{t('common.loading')}</VisuallyHidden>
      <Skeleton height={28} width="16rem" />
      <Skeleton height={20} width="24rem" />
      <Skeleton height={24} width="30rem" />
      <div className={classes.columns}>
        <Skeleton height={320} />
        <Skeleton height={320} />
      </div>
    </div>
  )
}
