import { getClinicHours } from '@clinicacrm/contract/clinic-hours.ts'
import { useQuery } from '@tanstack/react-query'
import { queryOf } from '../query.ts'
import { useMe } from '../session.ts'
import { ErrorPanel } from '../ui/error-panel.tsx'
import { SkeletonRows } from '../ui/skeleton-rows.tsx'
import { HoursForm } from './hours-form.tsx'
import { HoursText } from './hours-text.tsx'

/** The hours of a clinic: to change, or to read for who may not. */
export function ClinicHours({ clinicId, onDone }: { clinicId: string; onDone: () => void }) {
  const { may } = useMe()
  const { data, error, refetch } = useQuery(queryOf(getClinicHours, { params: { id: clinicId } }))
  if (error && !data) return <ErrorPanel error={error} onRetry={() => void refetch()} />
  if (!data) return <SkeletonRows rows={7} height={44} />
  return may('clinics:write') ? (
    <HoursForm clinicId={clinicId} hours={data} onDone={onDone} />
  ) : (
    <HoursText hours={data} />
  )
}
