import { listTreatments } from '@clinicacrm/contract/treatments.ts'
import { Select, TextInput } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { problemWith } from '../field-problem.ts'
import { useT } from '../i18n.ts'
import { queryOf } from '../query.ts'
import { useMe } from '../session.ts'
import type { LeadField } from './lead.ts'
import classes from './lead-form.module.css'
import type { LeadForm } from './use-lead.ts'

/** What is asked of every caller. */
export function FirstFields({ form }: { form: LeadForm }) {
  const t = useT()
  const { known, lacks } = form
  const text = useTextField(form)
  return (
    <div className={classes.fields}>
      {!known.id && (
        <>
          <TextInput
            {...text('last_name')}
            error={text('last_name').error ?? (lacks.includes('name') && t('new_case.lacks.name'))}
            autoFocus
          />
          <TextInput {...text('first_name')} />
        </>
      )}
      {!(known.id && !known.isNumberNew) && (
        <TextInput
          {...text('phone')}
          className={classes.wide ?? ''}
          type="tel"
          error={text('phone').error ?? (lacks.includes('reach') && t('new_case.lacks.reach'))}
        />
      )}
      <ClinicAndTreatment form={form} />
    </div>
  )
}

function ClinicAndTreatment({ form }: { form: LeadForm }) {
  const t = useT()
  const { lead, set, lacks, saving } = form
  const { clinics } = useMe()
  const { data } = useQuery({ ...queryOf(listTreatments, {}), staleTime: 5 * 60_000 })
  const treatments = (data?.treatments ?? []).filter(({ active }) => active).map(({ name }) => name)
  return (
    <>
      <Select
        label={t('case.fields.clinic')}
        data={clinics.filter(({ active }) => active).map(({ name }) => name)}
        value={lead.clinic || null}
        required
        searchable
        allowDeselect={false}
        placeholder={t('new_case.choose')}
        error={problemWith(t, saving.error, 'clinic') ?? (lacks.includes('clinic') && t('new_case.lacks.clinic'))}
        onChange={(clinic) => set({ clinic: clinic ?? '' })}
      />
      <Select
        label={t('case.fields.treatment')}
        data={[...new Set([...treatments, ...(lead.treatment ? [lead.treatment] : [])])]}
        value={lead.treatment || null}
        searchable
        clearable
        placeholder={t('new_case.choose')}
        nothingFoundMessage={t('case.details.nothing_found')}
        error={problemWith(t, saving.error, 'treatment')}
        onChange={(treatment) => set({ treatment: treatment ?? '' })}
      />
    </>
  )
}

/** What every text of the form needs. */
export function useTextField({ lead, set, saving }: LeadForm) {
  const t = useT()
  return (name: LeadField) => ({
    name,
    label: t(`case.fields.${name}`),
    value: lead[name],
    autoComplete: 'off',
    error: problemWith(t, saving.error, name),
    onChange: ({ currentTarget }: { currentTarget: { value: string } }) => set({ [name]: currentTarget.value }),
  })
}
