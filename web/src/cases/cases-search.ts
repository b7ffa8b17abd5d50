import { type CaseOrder, caseOrders, channels, dueNames } from '@clinicacrm/contract/cases.ts'
import { statusClasses, statusCodes } from '@clinicacrm/contract/lifecycle.ts'
import { dayOf, definedOnly, oneOf, someOf, textOf, textsOf } from '../search-values.ts'

export const shapes = ['table', 'board', 'calendar'] as const
export type Shape = (typeof shapes)[number]

/**
 * What the address of the cases page holds: filters, order, shape. `me` and `nobody` stand for whoever looks, so that a
 * shared address or view means the reader's own cases. Left out is whatever is as usual.
 */
export type CasesSearch = {
  shape?: Exclude<Shape, 'table'>
  search?: string
  status?: (typeof statusCodes)[number][]
  class?: (typeof statusClasses)[number][]
  clinic?: string[]
  treatment?: string[]
  channel?: (typeof channels)[number][]
  assigned_to?: string[]
  due?: (typeof dueNames)[number][]
  dialer_campaign_tag?: string[]
  /** Days, both included. */
  created_from?: string
  created_to?: string
  order?: CaseOrder
  /** A saved view that these filters came from. */
  view?: string
  /** The calendar's. */
  day?: string
  span?: 'week'
}

export const usualOrder: CaseOrder = '-created_at'
export const me = 'me'
export const nobody = 'nobody'

/** Filters with several values, in the order of the bar. */
export const listFilters = [
  'status',
  'class',
  'clinic',
  'treatment',
  'channel',
  'assigned_to',
  'due',
  'dialer_campaign_tag',
] as const
export type ListFilter = (typeof listFilters)[number]

/** What an address asks for. Whatever it cannot mean is left out. */
export function readCasesSearch(raw: Record<string, unknown>): CasesSearch {
  const read: Record<keyof CasesSearch, unknown> = {
    shape: oneOf(['board', 'calendar'], raw.shape),
    search: textOf(raw.search),
    status: someOf(statusCodes, raw.status),
    class: someOf(statusClasses, raw.class),
    clinic: textsOf(raw.clinic),
    treatment: textsOf(raw.treatment),
    channel: someOf(channels, raw.channel),
    assigned_to: textsOf(raw.assigned_to),
    due: someOf(dueNames, raw.due),
    dialer_campaign_tag: textsOf(raw.dialer_campaign_tag),
    created_from: dayOf(raw.created_from),
    created_to: dayOf(raw.created_to),
    order: oneOf(
      caseOrders.filter((order) => order !== usualOrder),
      raw.order,
    ),
    view: oneOf(/^\d+$/.test(String(raw.view)) ? [String(raw.view)] : [], raw.view),
    day: dayOf(raw.day),
    span: oneOf(['week'], raw.span),
  }
  return definedOnly(read) as CasesSearch
}

/** Only what narrows: neither the shape nor the order, nor where the calendar stands. */
export function filtersOnly({ shape, order, view, day, span, ...filters }: CasesSearch) {
  return filters
}

export const isFiltered = (search: CasesSearch): boolean => Object.keys(filtersOnly(search)).length > 0

/** What a saved view keeps. */
export function viewOnly({ view, day, ...kept }: CasesSearch): CasesSearch {
  return kept
}

/** Whether two addresses show the same cases in the same shape and order. */
export function isSameView(one: CasesSearch, other: CasesSearch): boolean {
  return canonical(viewOnly(one)) === canonical(viewOnly(other))
}

const canonical = (search: CasesSearch) =>
  JSON.stringify(
    Object.entries(search)
      .map(([name, value]) => [
        name,
        Array.isArray(value) ? value.map(String).sort((a, b) => a.localeCompare(b)) : value,
      ])
      .toSorted(([one], [other]) => String(one).localeCompare(String(other))),
  )
