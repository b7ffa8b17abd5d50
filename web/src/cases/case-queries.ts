import { countCases, getBoard, getCalendar, listCaseChoices } from '@clinicacrm/contract/case-lists.ts'
import { type CaseOrder, listCases } from '@clinicacrm/contract/cases.ts'
import type { SessionView } from '@clinicacrm/contract/session.ts'
import { listTreatments } from '@clinicacrm/contract/treatments.ts'
import { listColleagues } from '@clinicacrm/contract/users.ts'
import { keepPreviousData, useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { call, type InputOf, type ReplyOf } from '../api.ts'
import { queryOf } from '../query.ts'
import { addDays, momentOf } from '../zoned.ts'
import { type CasesSearch, filtersOnly, me, nobody } from './cases-search.ts'

/** Filters as the API takes them. */
export type Filters = NonNullable<InputOf<typeof countCases>['query']>
export type CasePageOf = ReplyOf<typeof listCases>

/** What the address says, for whoever looks. Days are those of their first clinic. */
export function filtersFor(
  search: CasesSearch,
  user: Pick<SessionView['user'], 'email'>,
  clinics: Pick<SessionView['clinics'][number], 'zone'>[],
): Filters {
  const { created_from, created_to, assigned_to, ...filters } = filtersOnly(search)
  const zone = clinics[0]?.zone ?? 'Europe/Rome'
  const assignees = assigned_to?.map((one) => (one === me ? user.email : one === nobody ? '' : one))
  return {
    ...filters,
    ...(assignees && { assigned_to: assignees }),
    ...(created_from && { created_from: momentOf({ day: created_from, time: '00:00' }, zone) }),
    ...(created_to && { created_to: momentOf({ day: addDays(created_to, 1), time: '00:00' }, zone) }),
  }
}

const pageSize = 100

/** The list, page after page. While other filters are being asked for, the rows of the last ones stay. */
export function useCasePages(filters: Filters, order: CaseOrder) {
  const query = { ...filters, order, limit: pageSize }
  return useInfiniteQuery({
    queryKey: [listCases.name, { query }, 'pages'],
    queryFn: ({ pageParam, signal }) =>
      call(listCases, { query: { ...query, ...(pageParam !== null && { cursor: pageParam }) } }, { signal }),
    initialPageParam: null as string | null,
    getNextPageParam: ({ next_cursor }) => next_cursor,
    placeholderData: keepPreviousData,
  })
}

export const useCaseCount = (filters: Filters) =>
  useQuery({ ...queryOf(countCases, { query: filters }), placeholderData: keepPreviousData })

export const boardQuery = (filters: Filters) => queryOf(getBoard, { query: filters })
export const useBoard = (filters: Filters) => useQuery({ ...boardQuery(filters), placeholderData: keepPreviousData })

export const boardOrder: CaseOrder = 'follow_up_date'

/** More of one column than the board brings. */
export function useMoreOfColumn(filters: Filters, status: string, after: string | null, isWanted: boolean) {
  const query = { ...filters, status: [status], order: boardOrder, limit: pageSize } as Filters & { order: CaseOrder }
  return useInfiniteQuery({
    queryKey: [listCases.name, { query }, 'column', after],
    queryFn: ({ pageParam, signal }) => call(listCases, { query: { ...query, cursor: pageParam } }, { signal }),
    initialPageParam: after ?? '',
    getNextPageParam: ({ next_cursor }) => next_cursor,
    enabled: isWanted && after !== null,
    placeholderData: keepPreviousData,
  })
}

export type Days = { from: string; to: string; per_day: number }

export const useCalendarDays = (filters: Filters, days: Days, enabled = true) =>
  useQuery({
    ...queryOf(getCalendar, { query: { ...filters, ...days } }),
    placeholderData: keepPreviousData,
    enabled,
  })

const longLived = { staleTime: 5 * 60_000 }

export const useTreatments = (enabled = true) =>
  useQuery({ ...queryOf(listTreatments, {}), ...longLived, enabled, select: ({ treatments }) => treatments })

export const useChoices = (enabled = true) => useQuery({ ...queryOf(listCaseChoices, {}), ...longLived, enabled })

export const useColleagues = (enabled = true) =>
  useQuery({ ...queryOf(listColleagues, {}), ...longLived, enabled, select: ({ colleagues }) => colleagues })
