import type { PopView } from '@clinicacrm/contract/pops.ts'
import { Textarea } from '@mantine/core'
import { useT } from '../i18n.ts'
import classes from './cards.module.css'
import { DraftState } from './draft-state.tsx'
import { useCallDraft } from './use-call-draft.ts'

/** What is written while somebody speaks: the wrap-up begins with it, and whoever takes the call over reads it. */
export function CallNote({ pop }: { pop: PopView }) {
  const t = useT()
  const { form, set, state } = useCallDraft(pop)
  return (
    <div className={classes.note}>
      <Textarea
        size="sm"
        aria-label={t('calls.note.label')}
        placeholder={t('calls.note.label')}
        autosize
        minRows={1}
        maxRows={6}
        maxLength={20_000}
        value={form.note}
        onChange={({ currentTarget }) => set({ note: currentTarget.value })}
      />
      {state && <DraftState state={state} />}
    </div>
  )
}
