import { outcomeCodes } from '@clinicacrm/contract/lifecycle.ts'
import { Autocomplete, Modal, Radio, Stack, Textarea } from '@mantine/core'
import { type FormEvent, useRef } from 'react'
import { useT } from '../i18n.ts'
import { useCase } from './case-context.ts'
import { DialogEnd } from './dialog-end.tsx'
import { DispositionList } from '../ui/disposition-list.tsx'
import { MoveFields } from '../move-fields.tsx'
import { problemOfNote } from './new-notes.ts'
import { useWrapUp } from './use-wrap-up.ts'
import { outcomeIn } from '../ui/disposition-text.ts'
import classes from './wrap-up-dialog.module.css'

/** Ends a call: what it came to and what follows, in a handful of keys. */
export function WrapUpDialog({ onClose }: { onClose: () => void }) {
  const t = useT()
  const { page } = useCase()
  const { form, set, draft, lacking, choose, submit } = useWrapUp(onClose)
  const rest = useRef<HTMLDivElement>(null)
  // On to what is still missing, or else to the button: the next Enter ends the call.
  const goOn = () => void requestAnimationFrame(() => nextStop(rest.current)?.focus())

  function onSubmit(event: FormEvent) {
    event.preventDefault()
    if (!submit()) goOn()
  }
  return (
    <Modal opened onClose={onClose} title={t('case.wrap_up.title')} size="xl">
      <form onSubmit={onSubmit} noValidate>
        <div className={classes.columns}>
          <DispositionList
            value={form.disposition}
            isMissing={lacking.includes('disposition')}
            onEscape={onClose}
            onChoose={(disposition) => {
              choose(disposition)
              goOn()
            }}
          />
          <Stack gap="sm" ref={rest}>
            {form.disposition === 'URGENZA_POST_OP' && <p className={classes.urgent}>{t('case.wrap_up.urgent')}</p>}
            {form.disposition === 'NUMERO_ERRATO' && (
              <WhichNumber value={form.wrongNumber} onChange={(wrongNumber) => set({ wrongNumber })} />
            )}
            <MoveFields page={page} value={form.move} onChange={(move) => set({ move })} missing={lacking} />
            <Autocomplete
              label={t('case.wrap_up.outcome')}
              data={outcomeCodes.map((code) => outcomeIn(t, code))}
              maxLength={500}
              value={form.outcome}
              onChange={(outcome) => set({ outcome })}
            />
            <Textarea
              label={t('case.wrap_up.note')}
              autosize
              minRows={2}
              maxRows={5}
              value={form.note}
              error={problemOfNote(t, form.note)}
              onChange={({ currentTarget }) => set({ note: currentTarget.value })}
            />
            <DialogEnd restoredAt={draft.restoredAt} onDiscard={draft.clear} onClose={onClose}>
              {t('case.wrap_up.do')}
            </DialogEnd>
          </Stack>
        </div>
      </form>
    </Modal>
  )
}

/** A wrong number is the number's fault, not the patient's: the others stay good. */
function WhichNumber({ value, onChange }: { value: string; onChange: (key: string) => void }) {
  const t = useT()
  const { page } = useCase()
  const numbers = page.numbers.filter(({ key, wrong_at }) => key && !wrong_at)
  if (numbers.length === 0) return null
  return (
    <Radio.Group label={t('case.wrap_up.which_number')} value={value} onChange={onChange}>
      <Stack gap="xs" mt="xs">
        {numbers.map(({ key, shown }) => (
          <Radio key={key} value={key!} label={<bdi>{shown}</bdi>} />
        ))}
      </Stack>
    </Radio.Group>
  )
}

const nextStop = (within: HTMLElement | null) =>
  within?.querySelector<HTMLElement>('[aria-invalid="true"], input[required][value=""]') ??
  within?.querySelector<HTMLElement>('[type="submit"]')
