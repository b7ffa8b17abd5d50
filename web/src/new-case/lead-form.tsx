import { Button } from '@mantine/core'
import { type KeyboardEvent, useRef } from 'react'
import { formatAgo } from '../format.ts'
import { useT } from '../i18n.ts'
import { textOfError } from '../ui/error-text.ts'
import { KeyHint } from '../ui/key-hint.tsx'
import { Problem } from '../ui/problem.tsx'
import { Candidates } from './candidates.tsx'
import { FirstFields } from './first-fields.tsx'
import { Known } from './known.tsx'
import classes from './lead-form.module.css'
import { MoreFields } from './more-fields.tsx'
import type { NewCaseSearch } from './new-case-search.ts'
import { type LeadForm as Form, useLead } from './use-lead.ts'

/** Surname, Enter: a lead. On the side, who it may be. */
export function LeadForm({ given }: { given: NewCaseSearch }) {
  const t = useT()
  const form = useLead(given)
  const list = useRef<HTMLOListElement>(null)
  const { candidates, known, set, submit } = form
  const choose = (id: string | undefined) => id && set({ patient_id: id })

  function onKeyDown(event: KeyboardEvent) {
    const figure = event.altKey && /^Digit([1-9])$/.exec(event.code)?.[1]
    const chosen = figure ? candidates[Number(figure) - 1] : undefined
    if (!known.id && chosen) {
      event.preventDefault()
      choose(chosen.id)
    }
    const isInName = event.target instanceof HTMLInputElement && /^(last|first)_name$|phone/.test(event.target.name)
    const first = list.current?.querySelector('button')
    if (event.key === 'ArrowDown' && isInName && first) {
      event.preventDefault()
      first.focus()
    }
  }
  return (
    <div className={classes.page} onKeyDown={onKeyDown}>
      <form
        className={classes.form}
        noValidate
        onSubmit={(event) => {
          event.preventDefault()
          submit()
        }}
      >
        <Restored form={form} />
        {given.call_id && !given.phone && !given.patient_id && (
          <p className={classes.withheld}>{t('new_case.withheld')}</p>
        )}
        {known.id ? <Known known={known} onOther={given.patient_id ? null : () => set({ patient_id: '' })} /> : null}
        <FirstFields form={form} />
        <MoreFields form={form} />
        <End form={form} />
      </form>
      {!known.id && <Candidates ref={list} candidates={candidates} onChoose={({ id }) => choose(id)} />}
    </div>
  )
}

function Restored({ form: { draft } }: { form: Form }) {
  const t = useT()
  if (!draft.restoredAt) return null
  return (
    <p className={classes.restored}>
      {t('new_case.restored', { when: formatAgo(draft.restoredAt) })}
      <button type="button" className={classes.discard} onClick={draft.clear}>
        {t('new_case.start_anew')}
      </button>
    </p>
  )
}

function End({ form: { saving, likely } }: { form: Form }) {
  const t = useT()
  const { error } = saving
  const why = error && (error.code === 'idempotency_key_reused' ? t('new_case.already_saved') : textOfError(t, error))
  return (
    <>
      <Problem>{likely ? t('new_case.probably_known', { name: likely.name }) : why}</Problem>
      <div className={classes.end}>
        <Button type="submit" loading={saving.isPending} rightSection={<KeyHint keys="enter" />}>
          {likely ? t('new_case.save_anyway') : error ? t('new_case.save_again') : t('new_case.save')}
        </Button>
      </div>
    </>
  )
}
