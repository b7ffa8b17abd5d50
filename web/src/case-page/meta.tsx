import { formatAgo, formatDateTime } from '../format.ts'
import { useT } from '../i18n.ts'
import { useNow } from '../ui/use-now.ts'
import { useCase } from './case-context.ts'
import classes from './timeline.module.css'

/** Who, and how long ago; the exact moment is in its title. */
export function Meta({ who, at }: { who: string; at: string }) {
  const t = useT()
  const { page } = useCase()
  const zone = page.clinic_zone
  const now = useNow()
  return (
    <span className={classes.meta}>
      <time dateTime={at} title={formatDateTime(at, { zone })}>
        {t('case.timeline.who_when', { who, when: formatAgo(at, { zone, now }) })}
      </time>
    </span>
  )
}
