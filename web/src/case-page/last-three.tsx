import { IconArrowRight, IconMessage, IconPencil, IconPhone, type Icon } from '@tabler/icons-react'
import type { TimelineEntry } from '@clinicacrm/contract/case-page.ts'
import { formatAgo, formatDateTime } from '../format.ts'
import { useT } from '../i18n.ts'
import { useNow } from '../ui/use-now.ts'
import { useCase } from './case-context.ts'
import { useEntryText } from './entry-text.ts'
import classes from './last-three.module.css'

const shown = 3
/** What was said or done about the case; who corrected a number is for the timeline. */
const dealings: ReadonlySet<string> = new Set(['note', 'status', 'case_changed', 'case_created', 'call'])

/** What happened last, a line each; the whole of it stands in the timeline below. */
export function LastThree() {
  const t = useT()
  const { page } = useCase()
  const entries = page.timeline.filter(({ kind }) => dealings.has(kind)).slice(0, shown)
  return (
    <div className={classes.last}>
      <h3 className={classes.title}>{t('case.top.last')}</h3>
      {entries.length === 0 && <p className={classes.none}>{t('case.timeline.empty')}</p>}
      <ol className={classes.entries}>
        {entries.map((entry) => (
          <Line key={entry.id} entry={entry} />
        ))}
      </ol>
    </div>
  )
}

function Line({ entry }: { entry: TimelineEntry }) {
  const t = useT()
  const { page, isRevealed } = useCase()
  const zone = page.clinic_zone
  const now = useNow()
  const { headline, whoIn } = useEntryText()
  const Icon = iconOf(entry)
  const isTold = entry.note && isRevealed
  return (
    <li className={classes.entry}>
      <Icon size={14} stroke={1.5} aria-hidden />
      <span className={classes.text}>
        <bdi>
          {isTold ? entry.note?.body : t('case.timeline.by', { what: headline(entry), who: whoIn(entry.actor) })}
        </bdi>
      </span>
      <time dateTime={entry.at} title={formatDateTime(entry.at, { zone })} className={classes.when}>
        {formatAgo(entry.at, { zone, now })}
      </time>
    </li>
  )
}

function iconOf({ kind }: TimelineEntry): Icon {
  if (kind === 'note') return IconMessage
  if (kind === 'call') return IconPhone
  return kind === 'status' ? IconArrowRight : IconPencil
}
