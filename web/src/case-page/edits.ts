import { type CasePage, getCasePage, listTimeline } from '@clinicacrm/contract/case-page.ts'
import { type CaseView, saveCase, type SaveCase, type SavedCase } from '@clinicacrm/contract/cases.ts'
import { ApiError, call } from '../api.ts'
import { queryClient, queryOf, refresh } from '../query.ts'

/** Fields of a case to change together, and what they said when somebody began to change them. */
export type Edit = { change: SaveCase; base: Partial<CaseView> }

export type Field = keyof SaveCase & keyof CaseView

const tries = 5

/**
 * Saves an edit on top of whatever colleagues saved in between, as long as they left its own fields alone; otherwise
 * fails with `case_changed`, and `details.current` says what they made of them.
 */
export async function sendEdit(id: string, { change, base }: Edit): Promise<SavedCase> {
  let seen = queryClient.getQueryData(pageOf(id).queryKey)?.case
  for (let left = tries; ; left--) {
    if (seen && contestedIn({ change, base }, seen).length > 0) throw changed(seen)
    try {
      const body = { ...change, ...(seen && { version: seen.version }) }
      return remember(id, await call(saveCase, { params: { id }, body }))
    } catch (error) {
      if (!(error instanceof ApiError && error.code === 'case_changed') || left === 0) throw error
      seen = error.details.current as CaseView
    }
  }
}

/** The fields of an edit that somebody else gave another value meanwhile. */
export function contestedIn({ change, base }: Edit, current: CaseView): Field[] {
  return (Object.keys(change) as Field[]).filter(
    (field) => field in base && !isSame(current[field], base[field]) && !isSame(current[field], change[field]),
  )
}

/** The edit once somebody has chosen: their values for these fields, one's own for the rest; null when nothing is left. */
export function resolved({ change, base }: Edit, theirs: CaseView, takenOver: ReadonlySet<Field>): Edit | null {
  const kept = Object.entries(change).filter(([field]) => !takenOver.has(field as Field))
  const isEmpty = kept.every(([field]) => field === 'status_reason')
  const nowBase = Object.fromEntries(Object.keys(base).map((field) => [field, theirs[field as Field]]))
  return isEmpty ? null : { change: Object.fromEntries(kept), base: nowBase }
}

/** The case as it will be once everything on its way has arrived. */
export function withEdits(page: CasePage, edits: Edit[]): CasePage {
  if (edits.length === 0) return page
  const {
    status_reason: _,
    version: __,
    ...changes
  } = Object.assign({}, ...edits.map(({ change }) => change)) as SaveCase
  return { ...page, case: { ...page.case, ...(changes as Partial<CaseView>) } }
}

/** Shows the case as it is now, with what happened to it. */
export const askAgain = (): Promise<void> => refresh(getCasePage, listTimeline)

export const pageOf = (id: string) => queryOf(getCasePage, { params: { id } })

function remember(id: string, saved: SavedCase) {
  const { warnings: _, ...view } = saved
  queryClient.setQueryData(pageOf(id).queryKey, (page) => page && { ...page, case: view })
  return saved
}

const changed = (current: CaseView) =>
  new ApiError(409, 'case_changed', 'Somebody saved this case in between.', { current })

function isSame(one: unknown, other: unknown) {
  if (one === other) return true
  // The same moment, written with microseconds or with another offset.
  const moments = [one, other].map((value) =>
    typeof value === 'string' && /^\d{4}-/.test(value) ? Date.parse(value) : NaN,
  )
  return moments[0] === moments[1]
}
