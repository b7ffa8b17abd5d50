import type { Endpoint } from '@clinicacrm/contract/endpoint.ts'
import { QueryClient, queryOptions, useMutation } from '@tanstack/react-query'
import { ApiError, call, type InputOf, type ReplyOf } from './api.ts'
import { preloaded } from './preloaded.ts'

export const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 15_000,
      refetchOnWindowFocus: true,
      retry: (failures, error) =>
        failures < 1 && error instanceof ApiError && (error.status === 0 || error.status >= 500),
      retryDelay: 1_000,
      // A laptop that thinks it is offline may still reach a server in the house.
      networkMode: 'always',
    },
    mutations: { networkMode: 'always' },
  },
})

for (const { name, input, reply } of preloaded.data) queryClient.setQueryData([name, input], reply)

/** The question an endpoint asks with this input, for `useQuery` and its kin. Its key is `[endpoint.name, input]`. */
export function queryOf<E extends Endpoint>(endpoint: E, input: InputOf<E>) {
  return queryOptions<ReplyOf<E>, ApiError>({
    queryKey: [endpoint.name, input],
    queryFn: ({ signal }) => call(endpoint, input, { signal }),
  })
}

/** Calls an endpoint that changes something; the variables are its input. */
export function useCall<E extends Endpoint>(endpoint: E) {
  return useMutation<ReplyOf<E>, ApiError, InputOf<E>>({ mutationFn: (input) => call(endpoint, input) })
}

/** Everything asked of these endpoints is out of date. */
export async function refresh(...endpoints: { name: string }[]): Promise<void> {
  await Promise.all(endpoints.map(({ name }) => refreshAll([name])))
}

async function refreshAll(queryKey: [string]) {
  // A first answer that is still under way was asked for before the change, and is not asked for twice: it has to come first.
  const first = queryClient.getQueryCache().findAll({ queryKey, fetchStatus: 'fetching', predicate: isFirst })
  await Promise.allSettled(first.flatMap(({ promise }) => promise ?? []))
  await queryClient.invalidateQueries({ queryKey })
}

const isFirst = ({ state }: { state: { data: unknown } }) => state.data === undefined
