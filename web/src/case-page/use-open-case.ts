import { type CasePage, revealCase } from '@clinicacrm/contract/case-page.ts'
import type { CaseView, SaveCase } from '@clinicacrm/contract/cases.ts'
import { useSessionStorage } from '@mantine/hooks'
import { type ApiError, call } from '../api.ts'
import { problemWith } from '../field-problem.ts'
import { useT } from '../i18n.ts'
import { useMe } from '../session.ts'
import { textOfError } from '../ui/error-text.ts'
import { toast } from '../ui/toast.tsx'
import type { OpenCase } from './case-context.ts'
import { askAgain, type Edit, sendEdit, withEdits } from './edits.ts'
import { type NewNote, sendNote } from './new-notes.ts'
import { useOutbox } from './outbox.ts'

/** All that the parts of the page share: the case with what is on its way, and the ways to change it. */
export function useOpenCase(page: CasePage): OpenCase {
  const t = useT()
  const { id } = page.case
  const me = useMe()
  const [isShownAnyway, setShownAnyway] = useSessionStorage({
    key: `clinicacrm.shown_anyway.${me.user.id}.${id}`,
    defaultValue: false,
    getInitialValueInEffect: false,
  })
  const edits = useOutbox<Edit>(`edits.${id}`, (edit) => sendEdit(id, edit), {
    onSent: askAgain,
    onFailed(error, isHere) {
      if (error.code === 'case_changed') void askAgain()
      if (!isHere) toast({ text: t('case.unsaved.elsewhere', { id }), isTrouble: true })
    },
  })
  const notes = useOutbox<NewNote>(`notes.${id}`, (note, key) => sendNote(id, note, key), {
    async onSent() {
      await askAgain()
      toast({ text: t('case.notes.saved') })
    },
    onFailed: (_error, isHere) => isHere || toast({ text: t('case.unsaved.elsewhere', { id }), isTrouble: true }),
  })
  const sending = edits.items.filter(({ state }) => state === 'sending').map(({ value }) => value)
  const shown = withEdits(page, sending)

  return {
    id,
    page: shown,
    mayWrite: me.may('cases:write'),
    edits,
    notes,
    save: (change, seen = shown.case) => void edits.put({ change, base: baseOf(change, seen) }),
    async saveField(name, value, before) {
      const edit = { change: { [name]: value || null } as SaveCase, base: { [name]: before || null } }
      const error = await edits.put(edit, isForItsField)
      return error && isForItsField(error) ? (problemWith(t, error, name) ?? t('errors.invalid_request')) : null
    },
    isRevealed: isShownAnyway || page.alerts.every(({ kind }) => kind !== 'identity_unconfirmed'),
    // What cannot be recorded stays covered.
    async reveal() {
      try {
        await call(revealCase, { params: { id } })
        setShownAnyway(true)
      } catch (error) {
        toast({ text: textOfError(t, error), isTrouble: true })
      }
    },
  }
}

/** It says what is wrong where it was typed, and stays there. */
const isForItsField = ({ code }: ApiError) => code === 'invalid_request'

const baseOf = (change: SaveCase, seen: Partial<CaseView>): Partial<CaseView> =>
  Object.fromEntries(
    Object.keys(change)
      .filter((field) => field in seen)
      .map((field) => [field, seen[field as keyof CaseView]]),
  )
