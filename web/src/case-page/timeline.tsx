import { Button } from '@mantine/core'
import { lazy, Suspense, useState } from 'react'
import { useT } from '../i18n.ts'
import { useCase } from './case-context.ts'
import { ChoiceRow } from './choice-row.tsx'
import { Folded } from './folded.tsx'
import { NoteComposer } from './note-composer.tsx'
import classes from './timeline.module.css'
import { TimelineItem } from './timeline-item.tsx'
import { timelineKinds, type TimelineKind, useTimeline } from './timeline-query.ts'
import { UnsentNotes } from './unsent-notes.tsx'

const ErrorPanel = lazy(() => import('../ui/error-panel.tsx').then(({ ErrorPanel }) => ({ default: ErrorPanel })))

/** Everything that happened, newest first, below the place where one writes down what happens now. */
export function Timeline() {
  const t = useT()
  const { page, mayWrite, isRevealed } = useCase()
  const [kind, setKind] = useState<TimelineKind>('all')
  const { entries, hasMore, more, isLoading, error } = useTimeline(page, kind)
  const hasNotes = entries.some((entry) => entry.kind === 'note')

  return (
    <section className={classes.section} aria-labelledby="case-timeline">
      {mayWrite && <NoteComposer />}
      <div className={classes.head}>
        <h3 className={classes.title} id="case-timeline">
          {t('case.timeline.title')}
        </h3>
        <ChoiceRow
          label={t('case.timeline.filter')}
          value={kind}
          onChange={setKind}
          options={timelineKinds.map((value) => ({ value, label: t(`case.timeline.filters.${value}`) }))}
        />
      </div>
      {hasNotes && !isRevealed && <Folded className={classes.folded} />}
      <UnsentNotes />
      {entries.length === 0 && !isLoading && <p className={classes.empty}>{t(`case.timeline.none.${kind}`)}</p>}
      <ol className={classes.entries} aria-busy={isLoading}>
        {entries.map((entry) => (
          <TimelineItem key={entry.id} entry={entry} />
        ))}
      </ol>
      <Suspense>{error && <ErrorPanel error={error} onRetry={more} />}</Suspense>
      {hasMore && (
        <Button variant="default" size="xs" loading={isLoading} onClick={more}>
          {t('case.timeline.more')}
        </Button>
      )}
    </section>
  )
}
