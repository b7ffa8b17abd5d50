import {
  type CallbackResult,
  type CallbackView,
  listCallbacks,
  saveCallback,
  tryCallback,
} from '@clinicacrm/contract/callbacks.ts'
import { listColleagues } from '@clinicacrm/contract/users.ts'
import { useThrottledCallback } from '@mantine/hooks'
import { keepPreviousData, useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { ApiError, call } from '../api.ts'
import { formatRelative } from '../format.ts'
import { useT } from '../i18n.ts'
import { useLive } from '../live.ts'
import { queryOf, refresh } from '../query.ts'
import { useMe } from '../session.ts'
import { textOfError } from '../ui/error-text.ts'
import { toast } from '../ui/toast.tsx'
import { type CallbacksSearch, queryFor } from './callbacks-search.ts'

const pageSize = 50
const everyMs = 20_000

/** Whoever waits, the most urgent first; what colleagues do to them comes with the next question. */
export function useCallbackPages(search: CallbacksSearch) {
  const query = queryFor(search)
  const askAgain = useThrottledCallback(() => void refresh(listCallbacks), 2_000)
  useLive(({ kind }) => {
    if (kind === 'call') askAgain()
  })
  return useInfiniteQuery({
    queryKey: [listCallbacks.name, query],
    queryFn: ({ pageParam, signal }) =>
      call(
        listCallbacks,
        { query: { ...query, ...(pageParam && { cursor: pageParam }), limit: pageSize } },
        { signal },
      ),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next_cursor,
    placeholderData: keepPreviousData,
    refetchInterval: everyMs,
  })
}

/** How the callback of one person is called. */
export const useName = () => {
  const t = useT()
  return ({ name }: CallbackView) => name ?? t('callbacks.unknown')
}

/** What is done to a callback; each says what came of it, and asks for the list again. */
export function useCallbackActs() {
  const t = useT()
  const nameOf = useName()

  function said(callback: CallbackView) {
    const name = nameOf(callback)
    if (callback.state === 'done') return t('callbacks.said.done', { name })
    if (callback.state === 'cancelled') return t('callbacks.said.cancelled', { name })
    return t('callbacks.said.again', { name, when: whenOf(callback) })
  }
  async function act(doing: Promise<CallbackView>, text: (callback: CallbackView) => string) {
    try {
      toast({ text: text(await doing) })
    } finally {
      await refresh(listCallbacks)
    }
  }
  return {
    tried: ({ id, version }: CallbackView, result: CallbackResult, reason?: string) =>
      act(call(tryCallback, { params: { id }, body: { result, version, ...(reason && { reason }) } }), said),
    assign: ({ id, version }: CallbackView, assigned_to: string | null, who: string | null) =>
      act(call(saveCallback, { params: { id }, body: { assigned_to, version } }), (callback) =>
        who
          ? t('callbacks.said.assigned', { name: nameOf(callback), who })
          : t('callbacks.said.unassigned', { name: nameOf(callback) }),
      ),
    move: ({ id, version }: CallbackView, due_at: string) =>
      act(call(saveCallback, { params: { id }, body: { due_at, version } }), (callback) =>
        t('callbacks.said.moved', { name: nameOf(callback), when: whenOf(callback) }),
      ),
    /** For what no dialog waits for. */
    quietly: (doing: Promise<void>) =>
      void doing.catch((error: unknown) => {
        if (!(error instanceof ApiError)) throw error
        toast({ text: textOfError(t, error), isTrouble: true })
      }),
  }
}

const whenOf = ({ due_at, clinic_zone }: CallbackView) => formatRelative(due_at, { zone: clinic_zone })

const nobody: { name: string; email: string; active: boolean }[] = []

/** Who may be given a callback, and what those are called who have one. */
export function useColleagues() {
  const { user, may } = useMe()
  const { data } = useQuery({ ...queryOf(listColleagues, {}), staleTime: 5 * 60_000, enabled: may('directory:read') })
  const colleagues = data?.colleagues ?? nobody
  return {
    colleagues: colleagues.filter(({ active, email }) => active && email !== user.email),
    nameOf: (email: string) =>
      email === user.email ? user.name : (colleagues.find((one) => one.email === email)?.name ?? email),
  }
}
