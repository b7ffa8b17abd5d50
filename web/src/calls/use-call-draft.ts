import type { PopView } from '@clinicacrm/contract/pops.ts'
import { getWrapUpDraft, saveWrapUpDraft } from '@clinicacrm/contract/wrap-up.ts'
import { useDebouncedCallback } from '@mantine/hooks'
import { useQuery } from '@tanstack/react-query'
import { useEffect, useEffectEvent, useState } from 'react'
import { call } from '../api.ts'
import { useDraft } from '../drafts.ts'
import { queryClient, queryOf, useCall } from '../query.ts'
import { useMe } from '../session.ts'
import { type CallForm, emptyForm, formFrom, readForm, standingOf, type Written } from './call-form.ts'

const pauseMs = 600
const retryMs = 4_000
const usualZone = 'Europe/Rome'

/**
 * What is being written about a call: in this browser with each letter, on the server a moment later, where a colleague
 * who takes the call over reads it. While the server is away it is sent again and again.
 */
export function useCallDraft({ id, case: kase }: Pick<PopView, 'id' | 'case'>) {
  const { clinics, may } = useMe()
  const standing = kase && standingOf(kase, clinics.find(({ name }) => name === kase.clinic)?.zone ?? usualZone)
  const local = useDraft<CallForm>(`call.${id}`, emptyForm)
  const [isTouched, setTouched] = useState(local.restoredAt !== null)
  const question = queryOf(getWrapUpDraft, { params: { id } })
  const { data: kept } = useQuery({ ...question, staleTime: Infinity })
  const isKept = !isTouched && kept?.draft != null
  const form = isKept ? formFrom(kept.draft!, standing) : local.value
  const saving = useKeeping(id)

  function set(part: Partial<CallForm>) {
    const next = { ...form, ...part }
    setTouched(true)
    local.set(next)
    saving.keep(readForm(next, standing, may('cases:override')).fields)
  }
  /** Once it is with the server, this browser need not keep it: nobody is warned of it on signing out. */
  const tidy = useEffectEvent(() => {
    if (saving.state === 'saved') local.clear()
  })
  useEffect(() => () => tidy(), [id])
  return {
    form,
    standing,
    set,
    state: saving.state,
    isRestored: !isTouched && isKept && form.disposition !== '',
    /** After the call was closed: what is still on its way must not come after it. */
    clear() {
      saving.cancel()
      local.clear()
      queryClient.removeQueries({ queryKey: question.queryKey })
    },
  }
}

/** Sends the newest of what is written, a moment after the last letter. */
function useKeeping(id: string) {
  const saving = useCall(saveWrapUpDraft)
  /** What the server has not said it has. */
  const [newest, setNewest] = useState<Written | null>(null)
  const send = useDebouncedCallback(
    (body: Written) => {
      saving.mutate(
        { params: { id }, body },
        {
          onSuccess({ saved_at }) {
            queryClient.setQueryData(queryOf(getWrapUpDraft, { params: { id } }).queryKey, { draft: body, saved_at })
            setNewest((waiting) => (waiting === body ? null : waiting))
          },
        },
      )
    },
    { delay: pauseMs, flushOnUnmount: true },
  )
  /** A platform takes its frame away with the task, and the browser may have kept nothing of it. */
  const leave = useEffectEvent(() => {
    if (newest) void call(saveWrapUpDraft, { params: { id }, body: newest }, { keepalive: true }).catch(() => undefined)
  })
  useEffect(() => {
    const listen = () => leave()
    window.addEventListener('pagehide', listen)
    return () => window.removeEventListener('pagehide', listen)
  }, [])
  const again = useEffectEvent(() => newest && send(newest))
  const isAway = saving.error !== null && (saving.error.status === 0 || saving.error.status >= 500)
  useEffect(() => {
    if (!isAway) return
    const timer = setTimeout(() => again(), retryMs)
    return () => clearTimeout(timer)
  }, [isAway, saving.submittedAt])
  const state = saving.error ? ('unsaved' as const) : saving.isSuccess && !newest ? ('saved' as const) : null
  return {
    state,
    keep(body: Written) {
      setNewest(body)
      send(body)
    },
    cancel() {
      send.cancel()
      setNewest(null)
    },
  }
}
