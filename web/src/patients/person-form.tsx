import { getPatientPage } from '@clinicacrm/contract/patient-page.ts'
import { type PatientView, savePatient } from '@clinicacrm/contract/patients.ts'
import { Checkbox, NativeSelect, Text, Textarea, TextInput } from '@mantine/core'
import { useState } from 'react'
import { ApiError, call } from '../api.ts'
import type { Draft } from '../drafts.ts'
import { formatAgo } from '../format.ts'
import { locales, useT } from '../i18n.ts'
import { refresh } from '../query.ts'
import { announce } from '../ui/announce.tsx'
import { Conflict } from './conflict.tsx'
import { FormEnd } from './form-end.tsx'
import { changedIn, changesOf, fieldsOf, type Person, type PersonField } from './person.ts'
import classes from './rows.module.css'

type Kept = { fields: Person; version: number } | null
type Props = { patient: PatientView; draft: Draft<Kept>; onClose: () => void }

/** What is typed is kept at every key, under the version it was typed over; a save in between shows both. */
export function PersonForm({ patient, draft, onClose }: Props) {
  const t = useT()
  const { fields, version } = draft.value ?? { fields: fieldsOf(patient), version: patient.version }
  const { save, isSaving, error } = usePersonSaving(fields, onClose)
  const theirs = error?.code === 'patient_changed' ? (error.details.current as PatientView) : null
  const set = (name: PersonField, value: string | boolean) =>
    draft.set({ fields: { ...fields, [name]: value }, version })

  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        void save(version, patient)
      }}
    >
      {draft.restoredAt && (
        <Text size="xs" c="dimmed" mb="sm">
          {t('patients.person.restored', { when: formatAgo(draft.restoredAt) })}
        </Text>
      )}
      <PersonFields fields={fields} set={set} wrong={wrongFields(error)} />
      {theirs && (
        <Conflict
          mine={fields}
          theirs={theirs}
          onKeepMine={() => void save(theirs.version, theirs)}
          onTakeTheirs={() => void refresh(getPatientPage).then(onClose)}
        />
      )}
      <FormEnd save={t('common.actions.save')} isSaving={isSaving} error={theirs ? null : error} onCancel={onClose} />
    </form>
  )
}

function usePersonSaving(fields: Person, onDone: () => void) {
  const t = useT()
  const [error, setError] = useState<ApiError | null>(null)
  const [isSaving, setSaving] = useState(false)

  async function save(version: number, base: PatientView) {
    setSaving(true)
    setError(null)
    try {
      const changed = changedIn(fields, base)
      if (changed.length) {
        await call(savePatient, { params: { id: base.id }, body: { ...changesOf(fields, changed), version } })
        await refresh(getPatientPage)
      }
      announce(t('common.saved'))
      onDone()
    } catch (caught) {
      if (!(caught instanceof ApiError)) throw caught
      setError(caught)
    } finally {
      setSaving(false)
    }
  }
  return { save, isSaving, error }
}

const wrongFields = (error: ApiError | null): Record<string, string> =>
  Object.fromEntries((error?.fields ?? []).map(({ field, message }) => [field, message]))

type FieldsProps = {
  fields: Person
  set: (name: PersonField, value: string | boolean) => void
  wrong: Record<string, string>
}

function PersonFields({ fields, set, wrong }: FieldsProps) {
  const t = useT()
  const text = (name: Exclude<PersonField, 'do_not_contact'>) => ({
    label: t(`patients.fields.${name}`),
    value: fields[name],
    error: wrong[name],
    onChange: (event: { currentTarget: { value: string } }) => set(name, event.currentTarget.value),
  })
  const languages = locales.map((locale) => ({ value: locale, label: t(`patients.languages.${locale}`) }))
  return (
    <div className={classes.form}>
      <TextInput {...text('first_name')} maxLength={200} data-autofocus />
      <TextInput {...text('last_name')} maxLength={200} />
      <TextInput {...text('birth_date')} type="date" min="1900-01-01" max={today()} />
      <TextInput {...text('email')} type="email" maxLength={254} />
      <TextInput {...text('phone')} type="tel" maxLength={200} />
      <TextInput {...text('home_phone')} type="tel" maxLength={200} />
      <TextInput {...text('cell_phone')} type="tel" maxLength={200} />
      <NativeSelect {...text('language')} data={[{ value: '', label: t('common.not_set') }, ...languages]} />
      <TextInput {...text('contact_times')} maxLength={500} />
      <Textarea
        {...text('alert_text')}
        className={classes.whole ?? ''}
        autosize
        minRows={2}
        maxRows={6}
        maxLength={500}
      />
      <Checkbox
        className={classes.whole ?? ''}
        label={t('patients.do_not_contact')}
        checked={fields.do_not_contact}
        onChange={(event) => set('do_not_contact', event.currentTarget.checked)}
      />
      {fields.do_not_contact && (
        <TextInput {...text('do_not_contact_reason')} className={classes.whole ?? ''} maxLength={500} />
      )}
    </div>
  )
}

const today = () => new Date().toISOString().slice(0, 10)
