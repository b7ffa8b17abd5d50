import { Button } from '@mantine/core'
import { useRef } from 'react'
import { useDraft } from '../drafts.ts'
import { formatAgo } from '../format.ts'
import { useT } from '../i18n.ts'
import { useShortcut } from '../shortcuts.ts'
import { KeyHint } from '../ui/key-hint.tsx'
import { useCase } from './case-context.ts'
import { useColleagues } from './colleagues.ts'
import { MentionField } from './mention-field.tsx'
import { mentionedIn } from './mentions.ts'
import { noteNow, problemOfNote } from './new-notes.ts'
import classes from './note-composer.module.css'

/** Where a note is written; what is typed stays, whatever happens to the page, until it is saved or thrown away. */
export function NoteComposer() {
  const t = useT()
  const { id, notes } = useCase()
  const draft = useDraft(`note.${id}`, '')
  const colleagues = useColleagues(draft.value.includes('@'))
  const field = useRef<HTMLTextAreaElement>(null)
  useShortcut('m', () => field.current?.focus(), { description: t('case.notes.write') })

  const problem = problemOfNote(t, draft.value)

  function save() {
    if (!draft.value.trim() || problem) return field.current?.focus()
    void notes.put(noteNow(draft.value, mentionedIn(draft.value, colleagues)))
    draft.clear()
    field.current?.focus()
  }
  return (
    <div className={classes.composer}>
      <MentionField
        ref={field}
        label={t('case.notes.new')}
        placeholder={t('case.notes.placeholder')}
        value={draft.value}
        onChange={draft.set}
        onSubmit={save}
        error={problem}
      />
      <div className={classes.end}>
        {draft.restoredAt && draft.value ? (
          <span className={classes.restored}>
            {t('case.draft.restored_from', { when: formatAgo(draft.restoredAt) })}
            <button type="button" className={classes.discard} onClick={draft.clear}>
              {t('case.draft.discard')}
            </button>
          </span>
        ) : (
          <span className={classes.how}>{t('case.notes.how')}</span>
        )}
        <Button
          size="xs"
          variant={draft.value.trim() ? 'filled' : 'default'}
          onClick={save}
          rightSection={<KeyHint keys="mod+enter" />}
        >
          {t('case.notes.save')}
        </Button>
      </div>
    </div>
  )
}
