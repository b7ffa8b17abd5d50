import { getPop, listPops, markPop, type PopView } from '@clinicacrm/contract/pops.ts'
import type { LiveEvent } from '@clinicacrm/contract/desk.ts'
import { useQuery } from '@tanstack/react-query'
import { call } from '../api.ts'
import { useLive } from '../live.ts'
import { queryClient, queryOf, refresh } from '../query.ts'
import { withPop } from './pop-state.ts'

const question = { ...queryOf(listPops, {}), staleTime: 60_000 }
const none: PopView[] = []

/** When a call's first news arrived, by the server's clock: what its card is measured from. */
const arrivals = new Map<string, number>()

/** The calls of whoever sits here, as the server tells them and kept up to date. */
export function usePops(): PopView[] {
  const { data } = useQuery(question)
  useLive((event) => {
    if (event.kind === 'call') void hear(event)
  })
  return data?.pops ?? none
}

async function hear({ id, what, at }: LiveEvent) {
  if (what !== 'ringing') return refresh(listPops)
  if (at !== undefined && !arrivals.has(id)) arrivals.set(id, at)
  try {
    const fresh = await call(getPop, { params: { id } })
    queryClient.setQueryData(question.queryKey, (known) => ({ pops: withPop(known?.pops ?? none, fresh) }))
    // What was asked before the phone rang does not know of it.
    if (queryClient.isFetching({ queryKey: question.queryKey }) > 0) await refresh(listPops)
  } catch {
    await refresh(listPops)
  }
}

/** What a reply says of a call, before the server is asked again. */
export function keepPop(pop: PopView): void {
  queryClient.setQueryData(question.queryKey, (known) => known && { pops: withPop(known.pops, pop) })
}

/** The card was painted: said once, with the time since the news of the call arrived. */
export function markShown(id: string): void {
  const arrivedAt = arrivals.get(id)
  arrivals.delete(id)
  const after = arrivedAt === undefined ? undefined : Math.min(600_000, Math.max(0, Date.now() - arrivedAt))
  void mark(id, 'shown', after)
}

export async function mark(id: string, what: 'shown' | 'opened' | 'dismissed', after_ms?: number): Promise<void> {
  const body = { what, ...(after_ms !== undefined && { after_ms }) }
  // Nobody waits for it: without it, the call waits in the tray once more.
  await call(markPop, { params: { id }, body }).catch(() => undefined)
}
