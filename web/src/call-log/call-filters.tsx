import { callDirections, callResults, callStates, matchStates } from '@clinicacrm/contract/calls.ts'
import { listColleagues } from '@clinicacrm/contract/users.ts'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { formatDay, formatTime } from '../format.ts'
import { useT } from '../i18n.ts'
import { queryOf } from '../query.ts'
import { dayOf } from '../search-values.ts'
import { useMe } from '../session.ts'
import { ClinicChip } from '../ui/clinic-chip.tsx'
import { DayRangeChip } from '../ui/day-range-chip.tsx'
import { FilterBar } from '../ui/filter-bar.tsx'
import { FilterChip } from '../ui/filter-chip.tsx'
import { SearchField } from '../ui/search-field.tsx'
import { wallClockOf } from '../zoned.ts'
import { type CallsSearch, filtersOnly, me, pops } from './calls-search.ts'
import { useCallsSearch } from './use-calls.ts'

/** What narrows the log; the address keeps it. */
export function CallFilterBar({ isBusy }: { isBusy: boolean }) {
  const t = useT()
  const { search, show } = useCallsSearch()
  const { search: text, ...others } = filtersOnly(search)
  const { from, to, ...chips } = others
  const none = Object.fromEntries(Object.keys(others).map((name) => [name, undefined]))
  return (
    <FilterBar
      search={
        <SearchField
          asked={text ?? ''}
          isBusy={isBusy}
          label={t('call_log.search')}
          hint={t('call_log.search_hint')}
          onAsk={(search, replace) => show({ search }, replace)}
        />
      }
      filters={
        <>
          <ResultFilter />
          <StateFilter />
          <DirectionFilter />
          <MatchFilter />
          <AgentFilter />
          <ClinicFilter />
          <TimeFilter />
          <OwedFilter />
          <PopFilter />
        </>
      }
      count={Object.keys(chips).length + (from || to ? 1 : 0)}
      show={t('call_log.show')}
      onClear={() => show(none)}
    />
  )
}

function ResultFilter() {
  const t = useT()
  const options = callResults.map((value) => ({ value, label: t(`call_log.results.${value}`) }))
  return <FilterChip {...useListFilter('result')} label={t('call_log.filters.result')} groups={[{ options }]} />
}

function StateFilter() {
  const t = useT()
  const options = callStates.map((value) => ({ value, label: t(`call_log.states.${value}`) }))
  return <FilterChip {...useListFilter('state')} label={t('call_log.filters.state')} groups={[{ options }]} />
}

function DirectionFilter() {
  const t = useT()
  const options = callDirections.map((value) => ({ value, label: t(`call_log.directions.${value}`) }))
  return <FilterChip {...useListFilter('direction')} label={t('call_log.filters.direction')} groups={[{ options }]} />
}

function MatchFilter() {
  const t = useT()
  const options = matchStates.map((value) => ({ value, label: t(`call_log.matches.${value}`) }))
  return <FilterChip {...useListFilter('match')} label={t('call_log.filters.match')} groups={[{ options }]} />
}

function AgentFilter() {
  const t = useT()
  const { user, may } = useMe()
  const [isOpened, setOpened] = useState(false)
  const chip = useListFilter('agent')
  const isAsked = isOpened || chip.selected.some((one) => one !== me)
  const { data } = useQuery({
    ...queryOf(listColleagues, {}),
    staleTime: 5 * 60_000,
    enabled: isAsked && may('directory:read'),
  })
  const colleagues = (data?.colleagues ?? []).filter(
    ({ id, active }) => id !== user.id && (active || chip.selected.includes(id)),
  )
  const groups = [
    ...(may('calls:handle') ? [{ options: [{ value: me, label: t('cases.filters.me') }] }] : []),
    { label: t('cases.filters.colleagues'), options: colleagues.map(({ id, name }) => ({ value: id, label: name })) },
  ]
  return <FilterChip {...chip} label={t('call_log.filters.agent')} groups={groups} onOpen={() => setOpened(true)} />
}

function ClinicFilter() {
  const { clinics } = useMe()
  const { search, show } = useCallsSearch()
  return (
    <ClinicChip
      clinics={clinics}
      selected={search.clinic ?? []}
      onChange={(clinic) => show({ clinic: clinic.length ? clinic : undefined })}
    />
  )
}

/** Days; or an hour, where a bar of the wallboard leads here. */
function TimeFilter() {
  const t = useT()
  const { search, show } = useCallsSearch()
  const zone = useMe().clinics[0]?.zone
  const { from, to } = search
  const label = t('call_log.filters.when')
  if (from && to && !dayOf(from)) {
    const day = formatDay(wallClockOf(from, zone ?? 'Europe/Rome').day)
    const hours = t('call_log.filters.hours', { day, from: formatTime(from, { zone }), to: formatTime(to, { zone }) })
    const clear = () => show({ from: undefined, to: undefined })
    return (
      <FilterChip
        label={label}
        groups={[{ options: [{ value: from, label: hours }] }]}
        selected={[from]}
        onToggle={clear}
        onClear={clear}
      />
    )
  }
  return <DayRangeChip label={label} zone={zone} from={from} to={to} onChange={(from, to) => show({ from, to })} />
}

function OwedFilter() {
  const t = useT()
  const { search, show } = useCallsSearch()
  return (
    <FilterChip
      label={t('call_log.filters.wrap_up')}
      groups={[{ options: [{ value: 'true', label: t('call_log.owed') }] }]}
      selected={search.owed ? [search.owed] : []}
      onToggle={() => show({ owed: search.owed ? undefined : 'true' })}
      onClear={() => show({ owed: undefined })}
    />
  )
}

/** For who looks after the wallboard, or came from there. */
function PopFilter() {
  const t = useT()
  const { may } = useMe()
  const { search, show } = useCallsSearch()
  if (!may('wallboard:read') && !search.pop) return null
  return (
    <FilterChip
      label={t('call_log.filters.pop')}
      groups={[{ options: pops.map((value) => ({ value, label: t(`call_log.pops.${value}`) })) }]}
      selected={search.pop ? [search.pop] : []}
      onToggle={(value) => show({ pop: value === search.pop ? undefined : (value as (typeof pops)[number]) })}
      onClear={() => show({ pop: undefined })}
    />
  )
}

type ListName = 'result' | 'state' | 'direction' | 'match' | 'agent'

/** The values of one filter in the address, and how to change them. */
function useListFilter(name: ListName) {
  const { search, show } = useCallsSearch()
  const selected: readonly string[] = search[name] ?? []
  return {
    selected,
    onToggle(value: string) {
      const next = selected.includes(value) ? selected.filter((one) => one !== value) : [...selected, value]
      show({ [name]: next.length ? next : undefined } as Partial<CallsSearch>)
    },
    onClear: () => show({ [name]: undefined }),
  }
}
