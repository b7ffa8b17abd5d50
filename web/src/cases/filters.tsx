import { channels, dueNames } from '@clinicacrm/contract/cases.ts'
import { classOf, type StatusCode, statusClasses } from '@clinicacrm/contract/lifecycle.ts'
import { useState } from 'react'
import { useT } from '../i18n.ts'
import { useMe } from '../session.ts'
import { PersonAvatar } from '../ui/person-avatar.tsx'
import { StatusChip, useStatusLabel } from '../ui/status-chip.tsx'
import { useChoices, useColleagues, useTreatments } from './case-queries.ts'
import { type ListFilter, me, nobody } from './cases-search.ts'
import { FilterChip, type FilterGroup } from '../ui/filter-chip.tsx'
import classes from '../ui/filter-bar.module.css'
import { choiceOf, chosenStatuses, toggleClass, toggleStatus, wholeClasses } from './status-choice.ts'
import { useCases } from './use-cases.ts'

/** Every filter that offers a list of values, one chip each. */
export function ListFilters() {
  return (
    <>
      <StatusFilter />
      <AssigneeFilter />
      <DueFilter />
      <ClinicFilter />
      <TreatmentFilter />
      <ChannelFilter />
      <CampaignFilter />
    </>
  )
}

const ofClass = 'class:'

function StatusFilter() {
  const t = useT()
  const { search, show } = useCases()
  const { statuses } = useMe()
  const labelOf = useStatusLabel()
  const codes = chosenStatuses(search)
  const groups: FilterGroup[] = statusClasses.flatMap((meaning) => {
    const own = statuses.filter(({ code, hidden }) => classOf(code) === meaning && (!hidden || has(codes, code)))
    const all = { value: ofClass + meaning, label: t(`cases.filters.all_of.${meaning}`) }
    const each = own.map(({ code }) => ({ value: code, label: labelOf(code), content: <StatusChip status={code} /> }))
    return own.length
      ? [{ label: t(`statuses.classes.${meaning}`), options: own.length > 1 ? [all, ...each] : each }]
      : []
  })
  const whole = wholeClasses(codes)
  const others = codes.filter((code) => !whole.includes(classOf(code)))
  const toggle = (value: string) => {
    const next = value.startsWith(ofClass)
      ? toggleClass(codes, value.slice(ofClass.length) as (typeof statusClasses)[number])
      : toggleStatus(codes, value as StatusCode)
    show({ status: undefined, class: undefined, ...choiceOf(next) })
  }
  return (
    <FilterChip
      label={t('cases.fields.status')}
      groups={groups}
      selected={[...codes, ...whole.map((meaning) => ofClass + meaning)]}
      summary={[...whole.map((meaning) => t(`statuses.classes.${meaning}`)), ...others.map(labelOf)]}
      onToggle={toggle}
      onClear={() => show({ status: undefined, class: undefined })}
    />
  )
}

function AssigneeFilter() {
  const t = useT()
  const { user, may } = useMe()
  const [isOpened, setOpened] = useState(false)
  const chip = useListFilter('assigned_to')
  const isAsked = isOpened || chip.selected.length > 0
  const { data: colleagues = [] } = useColleagues(isAsked && may('directory:read'))
  const { data: choices } = useChoices(isAsked)
  const people = new Map<string, string>()
  for (const { email, name, active } of colleagues) if (active) people.set(email, name)
  for (const { value, name } of choices?.assigned_to ?? []) if (!people.has(value)) people.set(value, name)
  people.delete(user.email)
  const groups: FilterGroup[] = [
    {
      options: [
        { value: me, label: t('cases.filters.me') },
        { value: nobody, label: t('cases.filters.nobody') },
      ],
    },
    {
      label: t('cases.filters.colleagues'),
      options: [...people].map(([value, name]) => ({ value, label: name, content: <Person name={name} /> })),
    },
  ]
  return <FilterChip {...chip} label={t('cases.fields.assigned_to')} groups={groups} onOpen={() => setOpened(true)} />
}

function Person({ name }: { name: string }) {
  return (
    <span className={classes.person}>
      <PersonAvatar name={name} size={20} />
      <span className={classes.personName}>{name}</span>
    </span>
  )
}

function DueFilter() {
  const t = useT()
  const options = dueNames.map((value) => ({ value, label: t(`cases.filters.due.${value}`) }))
  return <FilterChip {...useListFilter('due')} label={t('cases.filters.due_label')} groups={[{ options }]} />
}

function ClinicFilter() {
  const t = useT()
  const { clinics } = useMe()
  const chip = useListFilter('clinic')
  const options = clinics
    .filter(({ name, active }) => active || has(chip.selected, name))
    .map(({ name }) => ({ value: name, label: name }))
  // Who works for one clinic sees no other.
  if (options.length < 2 && chip.selected.length === 0) return null
  return <FilterChip {...chip} label={t('cases.fields.clinic')} groups={[{ options }]} />
}

function TreatmentFilter() {
  const t = useT()
  const [isOpened, setOpened] = useState(false)
  const { data: treatments = [] } = useTreatments(isOpened)
  const chip = useListFilter('treatment')
  const options = treatments.map(({ name }) => ({ value: name, label: name }))
  return (
    <FilterChip {...chip} label={t('cases.fields.treatment')} groups={[{ options }]} onOpen={() => setOpened(true)} />
  )
}

function ChannelFilter() {
  const t = useT()
  const options = channels.map((value) => ({ value, label: t(`cases.channels.${value}`) }))
  return <FilterChip {...useListFilter('channel')} label={t('cases.fields.channel')} groups={[{ options }]} />
}

function CampaignFilter() {
  const t = useT()
  const [isOpened, setOpened] = useState(false)
  const { data: choices } = useChoices(isOpened)
  const options = (choices?.dialer_campaign_tags ?? []).map((value) => ({ value, label: value }))
  return (
    <FilterChip
      {...useListFilter('dialer_campaign_tag')}
      label={t('cases.fields.dialer_campaign_tag')}
      groups={[{ options }]}
      onOpen={() => setOpened(true)}
    />
  )
}

/** The values of one filter in the address, and how to change them. */
function useListFilter(name: Exclude<ListFilter, 'status' | 'class'>) {
  const { search, show } = useCases()
  const selected: readonly string[] = search[name] ?? []
  return {
    selected,
    onToggle(value: string) {
      const next = has(selected, value) ? selected.filter((one) => one !== value) : [...selected, value]
      show({ [name]: next.length ? next : undefined })
    },
    onClear: () => show({ [name]: undefined }),
  }
}

const has = (list: readonly string[], value: string) => list.includes(value)
