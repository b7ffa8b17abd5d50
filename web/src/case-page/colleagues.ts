import { type listColleagues as endpoint, listColleagues } from '@clinicacrm/contract/users.ts'
import { useQuery } from '@tanstack/react-query'
import type { ReplyOf } from '../api.ts'
import { queryOf } from '../query.ts'

export type Colleague = ReplyOf<typeof endpoint>['colleagues'][number]

const question = { ...queryOf(listColleagues, {}), staleTime: 5 * 60_000 }
const nobody: Colleague[] = []

/** Who can be assigned and mentioned; asked for when somebody first needs it. */
export function useColleagues(isNeeded = true): Colleague[] {
  return useQuery({ ...question, enabled: isNeeded }).data?.colleagues ?? nobody
}

/** `assigned_to` and authors may be the e-mail address of a colleague, who has a name. */
export const nameOf = (colleagues: readonly Colleague[], who: string): string =>
  colleagues.find(({ email }) => email.toLowerCase() === who.toLowerCase())?.name ?? who
