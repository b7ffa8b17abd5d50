import { listCaseChoices } from '@clinicacrm/contract/case-lists.ts'
import { channels } from '@clinicacrm/contract/cases.ts'
import { listColleagues } from '@clinicacrm/contract/users.ts'
import { Autocomplete, Select, TextInput } from '@mantine/core'
import { IconChevronDown, IconChevronRight } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useId, useState } from 'react'
import { problemWith } from '../field-problem.ts'
import { useT } from '../i18n.ts'
import { queryOf } from '../query.ts'
import { MomentFields } from '../ui/moment-fields.tsx'
import { useTextField } from './first-fields.tsx'
import { firstFields } from './lead.ts'
import classes from './lead-form.module.css'
import type { LeadForm } from './use-lead.ts'

/** What is seldom asked on the first call, folded away. */
export function MoreFields({ form }: { form: LeadForm }) {
  const t = useT()
  const id = useId()
  const [isOpen, setOpen] = useState(false)
  const isWrong = form.saving.error?.fields.some(({ field }) => !(firstFields as readonly string[]).includes(field))
  const isShown = isOpen || isWrong === true || form.lacks.includes('moment')
  const Icon = isShown ? IconChevronDown : IconChevronRight
  return (
    <>
      <button
        type="button"
        className={classes.fold}
        aria-expanded={isShown}
        aria-controls={id}
        onClick={() => setOpen(!isShown)}
      >
        <Icon size={16} stroke={1.75} aria-hidden />
        {t(isShown ? 'new_case.less' : 'new_case.more')}
      </button>
      <div id={id} hidden={!isShown} className={classes.fields}>
        {isShown && (
          <>
            {!form.known.id && <Reach form={form} />}
            <Source form={form} />
            <Next form={form} />
          </>
        )}
      </div>
    </>
  )
}

function Reach({ form }: { form: LeadForm }) {
  const text = useTextField(form)
  return (
    <>
      <TextInput {...text('cell_phone')} type="tel" />
      <TextInput {...text('home_phone')} type="tel" />
      <TextInput {...text('email')} className={classes.wide ?? ''} type="email" />
    </>
  )
}

function Source({ form }: { form: LeadForm }) {
  const t = useT()
  const text = useTextField(form)
  const { data } = useQuery({ ...queryOf(listCaseChoices, {}), staleTime: 5 * 60_000 })
  const suggesting = (name: 'origin' | 'promotion' | 'dialer_campaign_tag', suggestions: string[] = []) => ({
    ...text(name),
    data: [...new Set(suggestions)],
    limit: 8,
    onChange: (value: string) => form.set({ [name]: value }),
  })
  return (
    <>
      <Select
        label={t('case.fields.channel')}
        data={channels.map((value) => ({ value, label: t(`case.channels.${value}`) }))}
        value={form.lead.channel || null}
        clearable
        onChange={(channel) => form.set({ channel: channel ?? '' })}
      />
      <Autocomplete {...suggesting('origin', data?.origins)} />
      <Autocomplete {...suggesting('promotion', data?.promotions)} />
      <Autocomplete {...suggesting('dialer_campaign_tag', data?.dialer_campaign_tags)} />
    </>
  )
}

function Next({ form }: { form: LeadForm }) {
  const t = useT()
  const text = useTextField(form)
  const { data } = useQuery({ ...queryOf(listColleagues, {}), staleTime: 5 * 60_000 })
  const active = (data?.colleagues ?? []).filter((one) => one.active)
  return (
    <>
      <Select
        label={t('case.fields.assigned_to')}
        data={active.map(({ email, name }) => ({ value: email, label: name }))}
        value={form.lead.assigned_to || null}
        searchable
        clearable
        placeholder={t('common.unassigned')}
        onChange={(assigned_to) => form.set({ assigned_to: assigned_to ?? '' })}
      />
      <div className={classes.wide}>
        <p className={classes.label}>{t('case.fields.follow_up_date')}</p>
        <MomentFields
          value={form.lead.follow_up}
          onChange={(follow_up) => form.set({ follow_up })}
          zone={form.zone}
          error={problemWith(t, form.saving.error, 'follow_up_date')}
        />
      </div>
      <TextInput {...text('follow_up_reason')} className={classes.wide ?? ''} />
    </>
  )
}
