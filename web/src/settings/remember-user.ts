import { listColleagues, listUsers, type UserView } from '@clinicacrm/contract/users.ts'
import type { ReplyOf } from '../api.ts'
import { queryClient, queryOf, refresh } from '../query.ts'

/** Puts what the server answered into the list at once. */
export function rememberUser(user: UserView): void {
  queryClient.setQueryData(
    queryOf(listUsers, {}).queryKey,
    (known: ReplyOf<typeof listUsers> | undefined) =>
      known && { ...known, users: known.users.map((other) => (other.id === user.id ? user : other)) },
  )
  void refresh(listUsers, listColleagues)
}
