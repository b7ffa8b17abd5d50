import type { CaseView } from '@clinicacrm/contract/cases.ts'
import { useState } from 'react'

/** Cases that are chosen for a change of many: by hand, or all that the filters find. */
export type Selection = {
  ids: ReadonlySet<string>
  isAll: boolean
  isSome: boolean
  has(id: string): boolean
  /** With `through`, everything from the last one that was touched. */
  toggle(id: string, through?: boolean): void
  extendTo(id: string): void
  selectLoaded(): void
  selectAll(): void
  clear(): void
}

type State = { about: string; ids: ReadonlySet<string>; isAll: boolean; anchor: string | null }

/** `about`: the filters. Under other filters nothing is chosen. */
export function useSelection(about: string, rows: readonly CaseView[]): Selection {
  const [state, setState] = useState<State>(() => nothing(about))
  const current = state.about === about ? state : nothing(about)
  const set = (change: Partial<State>) => setState({ ...current, isAll: false, ...change })
  const ids = (of: readonly CaseView[]) => of.map(({ id }) => id)
  return {
    ids: current.ids,
    isAll: current.isAll,
    isSome: current.isAll || current.ids.size > 0,
    has: (id) => current.isAll || current.ids.has(id),
    toggle(id, through = false) {
      // Taking one out of "all found" leaves what is on the screen.
      const before = current.isAll ? new Set(ids(rows)) : current.ids
      const touched = through ? between(rows, current.anchor, id) : [id]
      const isAdding = !before.has(id)
      const rest = [...before].filter((one) => !touched.includes(one))
      set({ ids: new Set(isAdding ? [...before, ...touched] : rest), anchor: id })
    },
    extendTo: (id) => set({ ids: new Set([...current.ids, ...between(rows, current.anchor, id)]) }),
    selectLoaded: () => set({ ids: new Set(ids(rows)) }),
    selectAll: () => set({ ids: new Set(ids(rows)), isAll: true }),
    clear: () => setState(nothing(about)),
  }
}

const nothing = (about: string): State => ({ about, ids: new Set(), isAll: false, anchor: null })

function between(rows: readonly CaseView[], anchor: string | null, id: string): string[] {
  const to = rows.findIndex((row) => row.id === id)
  const from = rows.findIndex((row) => row.id === anchor)
  if (from < 0 || to < 0) return [id]
  return rows.slice(Math.min(from, to), Math.max(from, to) + 1).map((row) => row.id)
}
