import { countCases } from '@clinicacrm/contract/case-lists.ts'
import { getCase } from '@clinicacrm/contract/cases.ts'
import { useEffect, useRef } from 'react'
import { call } from '../api.ts'
import { useLive } from '../live.ts'
import { refresh } from '../query.ts'
import { dropCase, isLoaded, loadedPages, patchCase, refreshCases } from './fresh-cases.ts'

/** Time for a change of many to come together, so that it is one question and not five thousand. */
const gatherMs = 700
const fewRows = 10
const fewPages = 3

/** What colleagues change appears in the list, quietly: rows become what they are now, and nothing jumps. */
export function useLiveCases(): void {
  const waiting = useRef({ changed: new Set<string>(), timer: undefined as ReturnType<typeof setTimeout> | undefined })
  useEffect(() => () => clearTimeout(waiting.current.timer), [])

  useLive((event) => {
    if (event.kind !== 'case' && event.kind !== 'patient') return
    const { current } = waiting
    if (event.what === 'deleted' && event.kind === 'case') dropCase(event.id)
    else current.changed.add(event.case_id ?? '')
    current.timer ??= setTimeout(() => {
      const changed = [...current.changed]
      waiting.current = { changed: new Set(), timer: undefined }
      void catchUp(changed)
    }, gatherMs)
  })
}

/** A short list is asked for again, order and all; of a long one only the rows that changed. */
async function catchUp(changed: string[]) {
  if (loadedPages() <= fewPages || changed.length > fewRows) return refreshCases()
  const known = changed.filter(isLoaded)
  const newer = await Promise.allSettled(known.map((id) => call(getCase, { params: { id } })))
  for (const one of newer) if (one.status === 'fulfilled') patchCase(one.value)
  await refresh(countCases)
}
