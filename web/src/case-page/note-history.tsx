import { listNoteVersions, type NoteView } from '@clinicacrm/contract/notes.ts'
import { Modal } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { formatDateTime } from '../format.ts'
import { useT } from '../i18n.ts'
import { queryOf } from '../query.ts'
import { ErrorPanel } from '../ui/error-panel.tsx'
import { SkeletonRows } from '../ui/skeleton-rows.tsx'
import { useCase } from './case-context.ts'
import classes from './note-history.module.css'

/** What a note says and all that it said before. */
export function NoteHistory({ note, onClose }: { note: NoteView; onClose: () => void }) {
  const t = useT()
  const { page } = useCase()
  const zone = page.clinic_zone
  const { data, error, refetch } = useQuery(
    queryOf(listNoteVersions, { params: { id: note.case_id, note_id: note.id } }),
  )
  const at = (moment: string) => formatDateTime(moment, { zone })
  return (
    <Modal opened onClose={onClose} title={t('case.notes.history')} size="lg">
      <ol className={classes.versions}>
        <li className={classes.version}>
          <p className={classes.when}>{t('case.notes.now', { when: at(note.edited_at ?? note.created_at) })}</p>
          <p className={classes.body} dir="auto">
            {note.body}
          </p>
        </li>
        {data?.versions.map(({ version, body, replaced_at, replaced_by }) => (
          <li key={version} className={classes.version}>
            <p className={classes.when}>{t('case.notes.until', { when: at(replaced_at), who: replaced_by })}</p>
            <p className={classes.body} dir="auto">
              {body}
            </p>
          </li>
        ))}
      </ol>
      {!data && !error && <SkeletonRows rows={2} height={48} />}
      {error && <ErrorPanel error={error} onRetry={() => void refetch()} />}
    </Modal>
  )
}
