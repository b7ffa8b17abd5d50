import { countCases, getBoard, getCalendar } from '@clinicacrm/contract/case-lists.ts'
import { type CaseView, listCases } from '@clinicacrm/contract/cases.ts'
import type { InfiniteData } from '@tanstack/react-query'
import { queryClient, refresh } from '../query.ts'
import type { CasePageOf } from './case-queries.ts'

type Pages = InfiniteData<CasePageOf, string | null>

/** Everything that lists cases is asked for again, where it is shown now. */
export const refreshCases = (): Promise<void> => refresh(listCases, getBoard, getCalendar, countCases)

const isPages = (data: unknown): data is Pages => typeof data === 'object' && data !== null && 'pages' in data

/** Puts a newer version of a case wherever lists show it, without asking for the lists. */
export function patchCase(newer: CaseView): void {
  changePages((cases) => cases.map((kase) => (kase.id === newer.id && kase.version < newer.version ? newer : kase)))
}

/** Takes a case out of the lists that are loaded. */
export function dropCase(id: string): void {
  changePages((cases) => cases.filter((kase) => kase.id !== id))
}

function changePages(change: (cases: CaseView[]) => CaseView[]) {
  queryClient.setQueriesData({ queryKey: [listCases.name] }, (data: unknown) =>
    isPages(data) ? { ...data, pages: data.pages.map((page) => ({ ...page, cases: change(page.cases) })) } : data,
  )
}

/** Whether some list that is shown has this case loaded. */
export function isLoaded(id: string): boolean {
  return queryClient
    .getQueriesData({ queryKey: [listCases.name], type: 'active' })
    .some(([, data]) => isPages(data) && data.pages.some(({ cases }) => cases.some((kase) => kase.id === id)))
}

/** How many pages the lists on the screen hold: as many questions as asking for them again takes. */
export function loadedPages(): number {
  return queryClient
    .getQueriesData({ queryKey: [listCases.name], type: 'active' })
    .reduce((most, [, data]) => Math.max(most, isPages(data) ? data.pages.length : 0), 0)
}
