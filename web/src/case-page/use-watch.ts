import { type CasePage, watchCase } from '@clinicacrm/contract/case-page.ts'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect } from 'react'
import { call } from '../api.ts'
import { useLive } from '../live.ts'
import { useMe } from '../session.ts'

type Viewer = CasePage['viewers'][number]

const everyMs = 20_000

/** Says that we have this case open while somebody looks at the page, and answers who else has. */
export function useWatch(id: string, arrived: Viewer[]): Viewer[] {
  const me = useMe().user.id
  const client = useQueryClient()
  const queryKey = [watchCase.name, id]
  const { data } = useQuery({
    queryKey,
    queryFn: () => call(watchCase, { params: { id }, body: { editing: isEditing() } }),
    refetchInterval: everyMs,
    refetchIntervalInBackground: false,
    placeholderData: { viewers: arrived },
    gcTime: 0,
  })
  useLive(({ kind, case_id, id: subject }) => {
    if (kind === 'viewers' && (case_id ?? subject) === id) void client.invalidateQueries({ queryKey })
  })
  useEffect(() => onLeaving(() => leave(id)), [id])
  useEffect(() => onEditing(() => void client.invalidateQueries({ queryKey: [watchCase.name, id] })), [client, id])
  return (data?.viewers ?? arrived).filter(({ user_id }) => user_id !== me)
}

/** Somebody who types in this case is about to change it. */
const isEditing = () => document.activeElement?.closest('#case input, #case textarea, [role="dialog"] form') !== null

/** When somebody begins to change something, or has done with it. */
function onEditing(tell: () => void) {
  let was = isEditing()
  const look = () => {
    if (isEditing() === was) return
    was = !was
    tell()
  }
  // The focus that leaves has not arrived anywhere yet.
  const lookSoon = () => setTimeout(look)
  document.addEventListener('focusin', look)
  document.addEventListener('focusout', lookSoon)
  return () => {
    document.removeEventListener('focusin', look)
    document.removeEventListener('focusout', lookSoon)
  }
}

/** When the page goes away, or this case makes room for another. */
function onLeaving(tell: () => void) {
  window.addEventListener('pagehide', tell)
  return () => {
    window.removeEventListener('pagehide', tell)
    tell()
  }
}

/** Outlives the page it is sent from. Who cannot say good-bye is forgotten before a minute is over. */
function leave(id: string) {
  call(watchCase, { params: { id }, body: { leaving: true } }, { keepalive: true }).catch(() => undefined)
}
