import type { listCallbacks } from '@clinicacrm/contract/callbacks.ts'
import type { InputOf } from '../api.ts'
import { definedOnly, oneOf, textsOf } from '../search-values.ts'

export const callbackViews = ['all', 'mine', 'nobody', 'overdue', 'escalated', 'done', 'cancelled'] as const
export type CallbackViewName = (typeof callbackViews)[number]
/** What the address of the callbacks page holds; without a view, all that are open. */
export type CallbacksSearch = { view?: Exclude<CallbackViewName, 'all'>; clinic?: string[] }
type Query = Omit<NonNullable<InputOf<typeof listCallbacks>['query']>, 'cursor' | 'limit'>

export function readCallbacksSearch(raw: Record<string, unknown>): CallbacksSearch {
  const view = oneOf(callbackViews, raw.view)
  return definedOnly({ view: view === 'all' ? undefined : view, clinic: textsOf(raw.clinic) }) as CallbacksSearch
}

const asked: Record<CallbackViewName, Query> = {
  all: {},
  mine: { assigned_to: 'me' },
  nobody: { assigned_to: 'nobody' },
  overdue: { due: 'overdue' },
  escalated: { due: 'escalated' },
  done: { state: 'done' },
  cancelled: { state: 'cancelled' },
}

/** What the address says, as the server is asked it. */
export const queryFor = ({ view, clinic }: CallbacksSearch): Query => ({
  ...asked[view ?? 'all'],
  ...(clinic && { clinic }),
})
