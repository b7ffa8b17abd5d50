import type { Permission } from '@clinicacrm/contract/permissions.ts'
import { getSession, type SessionView } from '@clinicacrm/contract/session.ts'
import { useQuery } from '@tanstack/react-query'
import { ApiError } from './api.ts'
import { isPreloaded, preloaded } from './preloaded.ts'
import { queryClient, queryOf } from './query.ts'

export type Me = SessionView & { may(permission: Permission): boolean }

const question = { ...queryOf(getSession, {}), staleTime: 5 * 60_000 }

if (preloaded.session) rememberSession(preloaded.session)

/** Who is signed in here and what they may do. For pages behind the sign-in, where there always is somebody. */
export function useMe(): Me {
  const session = useSession()
  if (!session) throw new Error('useMe() is for pages behind the sign-in')
  return { ...session, may: (permission) => session.permissions.includes(permission) }
}

/** Who is signed in, if anybody is. */
export function useSession(): SessionView | undefined {
  const { data } = useQuery({ ...question, enabled: (query) => query.state.data !== undefined })
  return data
}

/** After a sign-in, or after the profile was saved. */
export function rememberSession(session: SessionView): void {
  queryClient.setQueryData(question.queryKey, session)
}

/** Who this page knows to be signed in, where it cannot wait for an answer. */
export const whoIsKnown = (): SessionView | null => queryClient.getQueryData(question.queryKey) ?? null

/** Who is signed in, or null. Asks the server only when the page came without an answer. */
export async function whoIsHere(): Promise<SessionView | null> {
  const known = queryClient.getQueryData(question.queryKey)
  if (known) return known
  if (isPreloaded) return null
  try {
    return await queryClient.fetchQuery({ ...question, retry: false })
  } catch (error) {
    if (error instanceof ApiError && error.status === 401) return null
    throw error
  }
}
