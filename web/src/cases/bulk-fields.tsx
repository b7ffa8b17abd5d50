import { type StatusCode, statusNeeds } from '@clinicacrm/contract/lifecycle.ts'
import { Autocomplete, Group, Radio, Select, Stack, Textarea } from '@mantine/core'
import { type ReactNode, useState } from 'react'
import { useT } from '../i18n.ts'
import { useMe } from '../session.ts'
import { StatusChip, useStatusLabel } from '../ui/status-chip.tsx'
import type { BulkChange, BulkKind } from './bulk-change.ts'
import { useChoices, useColleagues } from './case-queries.ts'
import { MomentField } from './moment-field.tsx'
import { LostReason } from './move-fields.tsx'

type Props = { change: BulkChange; onChange: (change: BulkChange) => void }

export function BulkFields({ kind, ...props }: Props & { kind: BulkKind }) {
  switch (kind) {
    case 'assigned_to':
      return <Assigning {...props} />
    case 'status':
      return <Moving {...props} />
    case 'follow_up_date':
      return <Scheduling {...props} />
    case 'dialer_campaign_tag':
      return <Tagging {...props} />
  }
}

const toNobody = ''

function Assigning({ change, onChange }: Props) {
  const t = useT()
  const { user } = useMe()
  const { data: colleagues = [] } = useColleagues()
  const people = colleagues.filter(({ active }) => active)
  const data = [
    { value: user.email, label: t('cases.bulk.to_me', { name: user.name }) },
    { value: toNobody, label: t('cases.bulk.to_nobody') },
    ...people.filter(({ email }) => email !== user.email).map(({ email, name }) => ({ value: email, label: name })),
  ]
  return (
    <Select
      label={t('cases.fields.assigned_to')}
      placeholder={t('cases.bulk.choose_person')}
      data={data}
      searchable
      data-autofocus
      value={change.assigned_to === undefined ? null : (change.assigned_to ?? toNobody)}
      onChange={(value) => onChange(value === null ? {} : { assigned_to: value === toNobody ? null : value })}
    />
  )
}

function Moving({ change, onChange }: Props) {
  const t = useT()
  const { statuses, clinics } = useMe()
  const labelOf = useStatusLabel()
  const status = change.status as StatusCode | undefined
  const needs: readonly string[] = status ? (statusNeeds[status as keyof typeof statusNeeds] ?? []) : []
  return (
    <Stack gap="md">
      <Select
        label={t('cases.fields.status')}
        placeholder={t('cases.bulk.choose_status')}
        data={statuses.filter(({ hidden }) => !hidden).map(({ code }) => ({ value: code, label: labelOf(code) }))}
        renderOption={({ option }) => <StatusChip status={option.value} />}
        data-autofocus
        allowDeselect={false}
        value={status ?? null}
        onChange={(value) => onChange(value === null ? {} : { status: value as StatusCode })}
      />
      {needs.includes('lost_reason') && (
        <LostReason value={change.lost_reason ?? ''} onChange={(lost_reason) => onChange({ ...change, lost_reason })} />
      )}
      {needs.includes('follow_up_date') && (
        <MomentField
          label={t('cases.bulk.date_for_all')}
          zone={clinics[0]?.zone ?? 'Europe/Rome'}
          value={change.follow_up_date ?? null}
          onChange={(moment) => onChange(withOrWithout(change, 'follow_up_date', moment))}
        />
      )}
      {status && (
        <Textarea
          label={t('cases.bulk.status_reason')}
          maxLength={500}
          autosize
          minRows={1}
          value={change.status_reason ?? ''}
          onChange={({ currentTarget: { value } }) => onChange(withOrWithout(change, 'status_reason', value || null))}
        />
      )}
    </Stack>
  )
}

/** What is left empty here is left to each case. */
function withOrWithout(change: BulkChange, name: 'follow_up_date' | 'status_reason', value: string | null): BulkChange {
  const { [name]: _before, ...rest } = change
  return value === null ? rest : { ...rest, [name]: value }
}

function Scheduling({ change, onChange }: Props) {
  const t = useT()
  const { clinics } = useMe()
  return (
    <SetOrRemove
      label={t('cases.fields.follow_up_date')}
      set={t('cases.bulk.set_date')}
      remove={t('cases.bulk.no_date')}
      onRemove={() => onChange({ follow_up_date: null })}
      onSet={() => onChange({})}
    >
      <MomentField
        label={t('cases.moments.when')}
        zone={clinics[0]?.zone ?? 'Europe/Rome'}
        value={change.follow_up_date ?? null}
        onChange={(moment) => onChange(moment === null ? {} : { follow_up_date: moment })}
      />
    </SetOrRemove>
  )
}

function Tagging({ change, onChange }: Props) {
  const t = useT()
  const { data: choices } = useChoices()
  return (
    <SetOrRemove
      label={t('cases.fields.dialer_campaign_tag')}
      set={t('cases.bulk.set_tag')}
      remove={t('cases.bulk.no_tag')}
      onRemove={() => onChange({ dialer_campaign_tag: null })}
      onSet={() => onChange({})}
    >
      <Autocomplete
        label={t('cases.bulk.tag')}
        data={choices?.dialer_campaign_tags ?? []}
        maxLength={200}
        openOnFocus={false}
        data-autofocus
        value={change.dialer_campaign_tag ?? ''}
        onChange={(value) => onChange(value.trim() ? { dialer_campaign_tag: value } : {})}
      />
    </SetOrRemove>
  )
}

type ChoiceProps = {
  label: string
  set: string
  remove: string
  onSet: () => void
  onRemove: () => void
  /** What it is set to. */
  children: ReactNode
}

/** Nothing typed is not the same as nothing wanted. */
function SetOrRemove({ label, set, remove, onSet, onRemove, children }: ChoiceProps) {
  const [isSet, setSet] = useState(true)
  return (
    <Stack gap="md">
      <Radio.Group
        label={label}
        value={isSet ? 'set' : 'remove'}
        onChange={(value) => {
          setSet(value === 'set')
          if (value === 'set') onSet()
          else onRemove()
        }}
      >
        <Group gap="lg" mt="xs">
          <Radio value="set" label={set} size="xs" />
          <Radio value="remove" label={remove} size="xs" />
        </Group>
      </Radio.Group>
      {isSet && children}
    </Stack>
  )
}
