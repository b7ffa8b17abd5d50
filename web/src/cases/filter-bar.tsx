import type { ReactNode } from 'react'
import { useT } from '../i18n.ts'
import { useMe } from '../session.ts'
import { DayRangeChip } from '../ui/day-range-chip.tsx'
import { FilterBar } from '../ui/filter-bar.tsx'
import { SearchField } from '../ui/search-field.tsx'
import { filtersOnly } from './cases-search.ts'
import { ListFilters } from './filters.tsx'
import { useCases } from './use-cases.ts'

/** What narrows the cases, for all three shapes; `children` stand at its end. */
export function CaseFilters({ isBusy, children }: { isBusy: boolean; children: ReactNode }) {
  const t = useT()
  const { search, show } = useCases()
  const clear = useClearFilters()
  const { search: text, ...others } = filtersOnly(search)
  return (
    <FilterBar
      search={
        <SearchField
          asked={text ?? ''}
          isBusy={isBusy}
          label={t('cases.filters.search')}
          hint={t('cases.filters.search_placeholder')}
          onAsk={(search, replace) => show({ search }, replace)}
        />
      }
      filters={
        <>
          <ListFilters />
          <CreatedChip />
        </>
      }
      count={Object.keys(others).length}
      show={t('cases.filters.show')}
      onClear={() => show(clear(text))}
    >
      {children}
    </FilterBar>
  )
}

/** Between which days a case was opened. */
function CreatedChip() {
  const t = useT()
  const { search, show } = useCases()
  const { clinics } = useMe()
  return (
    <DayRangeChip
      label={t('cases.fields.created_at')}
      zone={clinics[0]?.zone}
      from={search.created_from}
      to={search.created_to}
      onChange={(created_from, created_to) => show({ created_from, created_to })}
    />
  )
}

/** What to change in the address so that nothing is filtered, except by this text. */
export function useClearFilters() {
  const { search } = useCases()
  return (text?: string) => {
    const none = Object.fromEntries(Object.keys(filtersOnly(search)).map((name) => [name, undefined]))
    return { ...none, search: text, view: undefined }
  }
}
