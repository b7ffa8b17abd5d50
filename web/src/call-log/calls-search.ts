import { callDirections, callResults, callStates, matchStates } from '@clinicacrm/contract/calls.ts'
import type { listCalls } from '@clinicacrm/contract/call-log.ts'
import type { SessionView } from '@clinicacrm/contract/session.ts'
import type { InputOf } from '../api.ts'
import { dayOf, definedOnly, oneOf, someOf, textOf, textsOf } from '../search-values.ts'
import { addDays } from '../zoned.ts'

export const pops = ['offered', 'shown', 'unseen'] as const

/** What the address of the call log holds. `me` stands for whoever looks, so that a shared address means the reader's own. */
export type CallsSearch = {
  search?: string
  state?: (typeof callStates)[number][]
  result?: (typeof callResults)[number][]
  direction?: (typeof callDirections)[number][]
  match?: (typeof matchStates)[number][]
  /** Ids, or `me`. */
  agent?: string[]
  clinic?: string[]
  /** Days, both included; or moments, of which the last is not. */
  from?: string
  to?: string
  owed?: 'true'
  pop?: (typeof pops)[number]
  /** The call whose panel is open. */
  call?: string
}
export type CallFilters = Omit<NonNullable<InputOf<typeof listCalls>['query']>, 'cursor' | 'limit'>

export const me = 'me'

export function readCallsSearch(raw: Record<string, unknown>): CallsSearch {
  const read: Record<keyof CallsSearch, unknown> = {
    search: textOf(raw.search)?.slice(0, 100),
    state: someOf(callStates, raw.state),
    result: someOf(callResults, raw.result),
    direction: someOf(callDirections, raw.direction),
    match: someOf(matchStates, raw.match),
    agent: idsOrMe(raw.agent),
    clinic: textsOf(raw.clinic),
    from: dayOf(raw.from) ?? momentIn(raw.from),
    to: dayOf(raw.to) ?? momentIn(raw.to),
    owed: oneOf(['true'], raw.owed),
    pop: oneOf(pops, raw.pop),
    call: idIn(raw.call),
  }
  return definedOnly(read) as CallsSearch
}

/** Only what narrows. */
export function filtersOnly({ call: _, ...filters }: CallsSearch) {
  return filters
}

/** What the address says, as the server is asked it, for whoever looks. */
export function filtersFor(search: CallsSearch, user: Pick<SessionView['user'], 'id'>): CallFilters {
  const { agent, to, ...filters } = filtersOnly(search)
  return {
    ...filters,
    ...(agent && { agent_id: agent.map((one) => (one === me ? user.id : one)) }),
    ...(to && { to: dayOf(to) ? addDays(to, 1) : to }),
  }
}

export function isSameSearch(one: CallsSearch, other: CallsSearch): boolean {
  return canonical(one) === canonical(other)
}

const canonical = (search: CallsSearch) =>
  JSON.stringify(Object.entries(filtersOnly(search)).toSorted(([first], [second]) => first.localeCompare(second)))

const idIn = (value: unknown) => (/^[1-9]\d{0,17}$/.test(String(value)) ? String(value) : undefined)

function idsOrMe(value: unknown): string[] | undefined {
  const some = textsOf(value)?.filter((one) => one === me || idIn(one))
  return some?.length ? some : undefined
}

function momentIn(value: unknown): string | undefined {
  const text = textOf(value)
  return text && /^(19|20|21)\d\d-\d\d-\d\dT[\d:.]+Z$/.test(text) && !Number.isNaN(Date.parse(text)) ? text : undefined
}
