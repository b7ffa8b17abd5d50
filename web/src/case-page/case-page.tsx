import { useQuery } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'
import { lazy, Suspense } from 'react'
import { Cockpit } from './cockpit.tsx'
import { CockpitSkeleton } from './cockpit-skeleton.tsx'
import { pageOf } from './edits.ts'

const CaseGone = lazy(() => import('./case-gone.tsx').then(({ CaseGone }) => ({ default: CaseGone })))

/** What `screen_pop_url` opens. */
export function CasePage() {
  const { id } = useParams({ from: '/$locale/signed-in/cases/$id' })
  const { data, error, refetch } = useQuery(pageOf(id))
  // What is gone is gone, even where it was still shown a moment ago; a silent server is no reason to hide a case.
  const isGone = error && error.status >= 400 && error.status < 500 && error.code !== 'unauthorized'
  if (data && !isGone) return <Cockpit key={id} page={data} />
  return (
    <Suspense fallback={<CockpitSkeleton />}>
      {error ? <CaseGone id={id} error={error} onRetry={() => void refetch()} /> : <CockpitSkeleton />}
    </Suspense>
  )
}
