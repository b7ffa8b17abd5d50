import { getRouteApi } from '@tanstack/react-router'
import { useMemo } from 'react'
import { definedOnly } from '../search-values.ts'
import { useMe } from '../session.ts'
import { filtersFor, type Filters } from './case-queries.ts'
import { type CasesSearch, usualOrder } from './cases-search.ts'

const route = getRouteApi('/$locale/signed-in/cases')

/** What the page shows, as its address says it, and how to show something else. */
export function useCases() {
  const search = route.useSearch()
  const navigate = route.useNavigate()
  const { user, clinics } = useMe()
  const filters: Filters = useMemo(() => filtersFor(search, user, clinics), [search, user, clinics])
  return {
    search,
    filters,
    order: search.order ?? usualOrder,
    /** Changes parts of the address; undefined takes one out. `replace` leaves no step to come back to. */
    show(change: { [Name in keyof CasesSearch]?: CasesSearch[Name] | undefined }, replace = false): void {
      // From the newest address, not from the one that is drawn: two clicks may come before it is drawn again.
      void navigate({ search: (newest) => definedOnly({ ...newest, ...change }) as CasesSearch, replace })
    },
  }
}
