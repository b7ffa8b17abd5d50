import type { SavedView } from '@clinicacrm/contract/case-lists.ts'
import { readSearchParams, writeSearchParams } from '../search-params.ts'
import { type CasesSearch, readCasesSearch, viewOnly } from './cases-search.ts'

/** What the address says when a saved view is open. */
export function searchOf(view: Pick<SavedView, 'id' | 'query' | 'shape'>): CasesSearch {
  const { shape: _shape, ...saved } = readCasesSearch(readSearchParams(view.query))
  return { ...saved, ...(view.shape !== 'table' && { shape: view.shape }), view: view.id }
}

/** What a view keeps of the address. */
export const keptOf = (search: CasesSearch): Pick<SavedView, 'query' | 'shape'> => ({
  query: writeSearchParams(viewOnly(search)).slice(1),
  shape: search.shape ?? 'table',
})
