import { editNote, type NoteView } from '@clinicacrm/contract/notes.ts'
import { Button, Group } from '@mantine/core'
import { useDraft } from '../drafts.ts'
import { problemWith } from '../field-problem.ts'
import { useT } from '../i18n.ts'
import { useCall } from '../query.ts'
import { announce } from '../ui/announce.tsx'
import { textOfError } from '../ui/error-text.ts'
import { useColleagues } from './colleagues.ts'
import { askAgain } from './edits.ts'
import { MentionField } from './mention-field.tsx'
import { mentionedIn } from './mentions.ts'

/** Changes a note of one's own where it stands; it stays open until the change is saved. */
export function NoteEditor({ note, onClose }: { note: NoteView; onClose: () => void }) {
  const t = useT()
  const draft = useDraft(`note_edit.${note.id}`, note.body)
  const colleagues = useColleagues()
  const saving = useCall(editNote)
  const { error } = saving
  const problem = problemWith(t, error, 'body') ?? (error && textFor(error.code))

  function textFor(code: string) {
    return code === 'note_changed' ? t('case.notes.changed') : textOfError(t, error)
  }
  function save() {
    const body = draft.value.trim()
    if (!body || saving.isPending) return
    const input = {
      params: { id: note.case_id, note_id: note.id },
      body: { body, mentions: mentionedIn(body, colleagues), version: note.version },
    }
    // Where it failed, this shows what the note says now; saving once more then replaces it.
    saving.mutate(input, { onSettled: (saved) => void askAgain().then(() => saved && finish()) })
  }
  function finish() {
    announce(t('case.notes.saved'))
    cancel()
  }
  function cancel() {
    draft.clear()
    onClose()
  }
  return (
    <>
      <MentionField
        autoFocus
        label={t('case.notes.edit')}
        value={draft.value}
        onChange={draft.set}
        onSubmit={save}
        error={problem}
      />
      <Group gap="sm" mt="xs" justify="flex-end">
        <Button size="xs" variant="default" onClick={cancel}>
          {t('common.actions.cancel')}
        </Button>
        <Button size="xs" onClick={save} loading={saving.isPending}>
          {t('common.actions.save')}
        </Button>
      </Group>
    </>
  )
}
