import type { CaseOrder } from '@clinicacrm/contract/cases.ts'
import { usePreference } from '../use-preference.ts'

/** The least width in rem, its share of what is left, and the order its heading asks for first. */
type Column = { least: number; share?: number; first?: CaseOrder }

/** Every column there is, in the order of the table. */
export const columns = {
  status: { least: 11 },
  name: { least: 9, share: 2, first: 'name' },
  clinic: { least: 5, share: 0.6 },
  treatment: { least: 6.5, share: 1.4 },
  follow_up_date: { least: 11.25, first: 'follow_up_date' },
  follow_up_reason: { least: 8, share: 1.4 },
  channel: { least: 5, share: 0.3 },
  origin: { least: 7, share: 0.6 },
  dialer_campaign_tag: { least: 7, share: 0.6 },
  promotion: { least: 7, share: 0.6 },
  disposition: { least: 8, share: 0.6 },
  outcome: { least: 8, share: 0.6 },
  phone: { least: 9, share: 0.4 },
  email: { least: 9, share: 1 },
  assigned_to: { least: 6.5, share: 2 },
  last_contact_at: { least: 6.25, share: 0.4, first: '-last_contact_at' },
  created_at: { least: 5.5, first: '-created_at' },
  updated_at: { least: 5.5, first: '-updated_at' },
  id: { least: 3.75 },
} as const satisfies Record<string, Column>

export type ColumnName = keyof typeof columns
export const columnNames = Object.keys(columns) as ColumnName[]

/** The name leads to the case: it cannot be left out. */
export const fixedColumn: ColumnName = 'name'

const usual: ColumnName[] = [
  'status',
  'name',
  'clinic',
  'treatment',
  'follow_up_date',
  'channel',
  'assigned_to',
  'last_contact_at',
  'id',
]

const isColumnList = (value: unknown): value is ColumnName[] =>
  Array.isArray(value) && value.every((name) => typeof name === 'string')

/** The columns somebody wants to see, in the order of the table. */
export function useColumns() {
  const [chosen, set] = usePreference('cases_columns', isColumnList, usual)
  const shown = columnNames.filter((name) => name === fixedColumn || chosen.includes(name))
  return {
    shown,
    isUsual: shown.join() === usual.join(),
    toggle: (name: ColumnName) => set(shown.includes(name) ? shown.filter((one) => one !== name) : [...shown, name]),
    reset: () => set(null),
  }
}

const boxWidth = 1.75
const endWidth = 0.25
const gap = 0.75
const edges = 2

/** The tracks of the grid, and how wide it is at least: with `box`, there is one to tick in front. */
export function tracksOf(shown: readonly ColumnName[], box: boolean) {
  const widths: Column[] = shown.map((name) => columns[name])
  const tracks = widths.map(({ least, share }) => (share ? `minmax(${least}rem, ${share}fr)` : `${least}rem`))
  const fixed = (box ? boxWidth + gap : 0) + endWidth + edges + gap * widths.length
  return {
    template: [...(box ? [`${boxWidth}rem`] : []), ...tracks, `${endWidth}rem`].join(' '),
    least: `${widths.reduce((sum, { least }) => sum + least, fixed)}rem`,
  }
}

export const firstOrderOf = (name: ColumnName): CaseOrder | undefined => {
  const column: Column = columns[name]
  return column.first
}

export const opposite = (order: CaseOrder): CaseOrder =>
  (order.startsWith('-') ? order.slice(1) : `-${order}`) as CaseOrder

/** How the rows are ordered by this column, as assistive technology says it. */
export function sortOf(name: ColumnName, order: CaseOrder): 'ascending' | 'descending' | undefined {
  const first = firstOrderOf(name)
  if (!first || (order !== first && order !== opposite(first))) return undefined
  return order.startsWith('-') ? 'descending' : 'ascending'
}

/** What a click on the heading asks for: its own order, then the other way round, then the usual one. */
export function nextOrder(name: ColumnName, order: CaseOrder, usualOrder: CaseOrder): CaseOrder {
  const first = firstOrderOf(name)
  if (!first) return order
  if (order === first) return opposite(first)
  return order === opposite(first) && first !== usualOrder ? usualOrder : first
}
