import { getCall, listCalls } from '@clinicacrm/contract/call-log.ts'
import { useThrottledCallback } from '@mantine/hooks'
import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { useMemo } from 'react'
import { call } from '../api.ts'
import { useLive } from '../live.ts'
import { refresh } from '../query.ts'
import { definedOnly } from '../search-values.ts'
import { useMe } from '../session.ts'
import { type CallFilters, type CallsSearch, filtersFor } from './calls-search.ts'

const route = getRouteApi('/$locale/signed-in/calls')

/** What the log shows, as its address says it, and how to show something else. */
export function useCallsSearch() {
  const search = route.useSearch()
  const navigate = route.useNavigate()
  const { user } = useMe()
  const filters = useMemo(() => filtersFor(search, user), [search, user])
  return {
    search,
    filters,
    /** Changes parts of the address; undefined takes one out. `replace` leaves no step to come back to. */
    show(change: { [Name in keyof CallsSearch]?: CallsSearch[Name] | undefined }, replace = false): void {
      void navigate({ search: (newest) => definedOnly({ ...newest, ...change }) as CallsSearch, replace })
    },
  }
}

const pageSize = 50
/** One hears of one's own calls at once; those of others come with the next question. */
const everyMs = 20_000
const fewPages = 3

/** The newest first, page after page. While other filters are being asked for, the rows of the last ones stay. */
export function useCallPages(filters: CallFilters) {
  const askAgain = useThrottledCallback(() => void refresh(listCalls, getCall), 2_000)
  useLive(({ kind }) => {
    if (kind === 'call') askAgain()
  })
  return useInfiniteQuery({
    queryKey: [listCalls.name, filters],
    queryFn: ({ pageParam, signal }) =>
      call(listCalls, { query: { ...filters, ...(pageParam && { cursor: pageParam }), limit: pageSize } }, { signal }),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next_cursor,
    placeholderData: keepPreviousData,
    refetchInterval: ({ state }) => ((state.data?.pages.length ?? 0) > fewPages ? false : everyMs),
  })
}
