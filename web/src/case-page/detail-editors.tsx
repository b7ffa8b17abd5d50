import { Autocomplete, Button, Select } from '@mantine/core'
import { listCaseChoices } from '@clinicacrm/contract/case-lists.ts'
import { listTreatments } from '@clinicacrm/contract/treatments.ts'
import { useQuery } from '@tanstack/react-query'
import { type KeyboardEvent, useState } from 'react'
import { useT } from '../i18n.ts'
import { queryOf } from '../query.ts'
import type { EditorProps } from '../ui/inline-field.tsx'
import { useCase } from './case-context.ts'
import { useColleagues } from './colleagues.ts'
import { MomentForm } from './moment-form.tsx'
import { needsOf } from '../move-rules.ts'

type Editing = { editing: EditorProps }
type Suggestion = { value: string; label: string }

/** When somebody comes back to this case. */
export function FollowUpEditor({ editing }: Editing) {
  const t = useT()
  const { page } = useCase()
  const mayBeEmpty = editing.value !== '' && !needsOf(page.case.status).includes('follow_up_date')
  return (
    <MomentForm
      zone={page.clinic_zone}
      initial={editing.value || null}
      action={t('common.actions.save')}
      error={editing.error}
      onChosen={editing.finish}
    >
      {mayBeEmpty && (
        <Button variant="subtle" color="gray" onClick={() => editing.finish('')}>
          {t('case.details.clear_date')}
        </Button>
      )}
      <Button variant="default" onClick={editing.cancel}>
        {t('common.actions.cancel')}
      </Button>
    </MomentForm>
  )
}

/** A colleague, found by name, or any other name. */
export function AssigneeEditor({ editing }: Editing) {
  const colleagues = useColleagues()
  const active = colleagues.filter(({ active }) => active).map(({ name, email }) => ({ value: email, label: name }))
  return <SuggestEditor editing={editing} suggestions={active} />
}

/** What is offered is what others wrote before; anything else may be written. */
export function SuggestingEditor({
  editing,
  from,
}: Editing & { from: 'origins' | 'promotions' | 'dialer_campaign_tags' }) {
  const { data } = useQuery({ ...queryOf(listCaseChoices, {}), staleTime: 5 * 60_000 })
  return (
    <SuggestEditor editing={editing} suggestions={(data?.[from] ?? []).map((value) => ({ value, label: value }))} />
  )
}

export function CodeEditor({
  editing,
  codes,
  labelOf,
}: Editing & { codes: readonly string[]; labelOf: (code: string) => string }) {
  const suggestions = codes.map((value) => ({ value, label: labelOf(value) }))
  return <SuggestEditor editing={editing} suggestions={suggestions} />
}

export function TreatmentEditor({ editing }: Editing) {
  const t = useT()
  const { data } = useQuery({ ...queryOf(listTreatments, {}), staleTime: 5 * 60_000 })
  const names = (data?.treatments ?? []).filter(({ active }) => active).map(({ name }) => name)
  const options = [...new Set([...(editing.value ? [editing.value] : []), ...names])]
  return (
    <Select
      aria-label={editing['aria-label']}
      data={[{ value: '', label: t('common.not_set') }, ...options.map((value) => ({ value, label: value }))]}
      value={editing.value}
      searchable
      selectFirstOptionOnChange
      onFocus={({ currentTarget }) => currentTarget.select()}
      autoFocus
      defaultDropdownOpened
      allowDeselect={false}
      error={editing.error}
      readOnly={editing.isBusy}
      nothingFoundMessage={t('case.details.nothing_found')}
      onChange={(chosen) => editing.finish(chosen ?? '')}
      onBlur={editing.cancel}
    />
  )
}

/** Suggestions by their labels; what is typed otherwise is kept as it is. */
function SuggestEditor({ editing, suggestions }: Editing & { suggestions: Suggestion[] }) {
  const [typed, setTyped] = useState<string | null>(null)
  const known = new Map(suggestions.map(({ value, label }) => [value, label]))
  const text = typed ?? known.get(editing.value) ?? editing.value
  const valueOf = (label: string) => suggestions.find((one) => one.label === label)?.value ?? label
  const finish = () => editing.finish(typed === null ? editing.value : valueOf(typed.trim()))

  function onKeyDown(event: KeyboardEvent<HTMLInputElement>) {
    const isOnSuggestion = event.currentTarget.hasAttribute('aria-activedescendant')
    if (event.key === 'Enter' && !isOnSuggestion && !event.nativeEvent.isComposing) finish()
  }
  return (
    <Autocomplete
      aria-label={editing['aria-label']}
      data={[...new Set(suggestions.map(({ label }) => label))]}
      limit={8}
      autoFocus
      value={text}
      error={editing.error}
      readOnly={editing.isBusy}
      onChange={setTyped}
      onOptionSubmit={(label) => editing.finish(valueOf(label))}
      onFocus={({ currentTarget }) => currentTarget.select()}
      onKeyDown={onKeyDown}
      onBlur={finish}
    />
  )
}
