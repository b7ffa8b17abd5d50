import type { TimelineEntry } from '@clinicacrm/contract/case-page.ts'
import {
  IconArrowRight,
  IconClipboardCheck,
  IconFilePlus,
  IconMessage,
  IconPencil,
  IconPhone,
  IconShieldCheck,
  IconTrash,
  IconUserEdit,
  type Icon,
} from '@tabler/icons-react'
import { useEntryText } from './entry-text.ts'
import { Meta } from './meta.tsx'
import { NoteItem } from './note-item.tsx'
import classes from './timeline.module.css'

const icons: Record<TimelineEntry['kind'], Icon> = {
  note: IconMessage,
  status: IconArrowRight,
  case_created: IconFilePlus,
  case_changed: IconPencil,
  case_deleted: IconTrash,
  patient_changed: IconUserEdit,
  consent: IconClipboardCheck,
  identity: IconShieldCheck,
  call: IconPhone,
  other: IconPencil,
}

/** One thing that happened: what, who, when. */
export function TimelineItem({ entry }: { entry: TimelineEntry }) {
  const { headline, change, whoIn } = useEntryText()
  const Icon = icons[entry.kind]
  return (
    <li className={classes.entry}>
      <span className={classes.icon}>
        <Icon size={14} stroke={1.75} aria-hidden />
      </span>
      {entry.note ? (
        <NoteItem note={entry.note} />
      ) : (
        <div>
          <div className={classes.line}>
            <bdi className={classes.headline}>{headline(entry)}</bdi>
            <Meta who={whoIn(entry.actor)} at={entry.at} />
          </div>
          {entry.reason && <p className={classes.why}>{entry.reason}</p>}
          {untold(entry).length > 0 && (
            <ul className={classes.changes}>
              {untold(entry).map((one) => (
                <li key={one.field}>
                  <bdi>{change(one)}</bdi>
                </li>
              ))}
            </ul>
          )}
        </div>
      )}
    </li>
  )
}

/** What the headline does not tell. */
function untold({ kind, changes }: TimelineEntry) {
  if (kind === 'status') return changes.filter(({ field }) => field !== 'status')
  return (kind === 'case_changed' || kind === 'patient_changed') && changes.length > 1 ? changes : []
}
