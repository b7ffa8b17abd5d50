import { linkCall } from '@clinicacrm/contract/call-log.ts'
import { listPops, type resolvePop } from '@clinicacrm/contract/pops.ts'
import { getPatientPage } from '@clinicacrm/contract/patient-page.ts'
import { useMutation } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { type ApiError, call, type ReplyOf } from '../api.ts'
import { currentLocale, useT } from '../i18n.ts'
import { refresh } from '../query.ts'
import { useMe } from '../session.ts'
import { textOfError } from '../ui/error-text.ts'
import type { PopSearch } from './pop-search.ts'
import { usePops } from './pops.ts'

/** Goes to whoever was said to call, and says so of the call, if it is known here. */
export function useFoundCaller({ path, phone }: ReplyOf<typeof resolvePop>, search: PopSearch) {
  const t = useT()
  const navigate = useNavigate()
  const { may } = useMe()
  const named = new URLSearchParams(path.split('?')[1]).get('call_id')
  const pop = usePops().find(({ id, call: { call_id } }) => id === named || call_id === search.call_id)
  const callId = named ?? pop?.id
  const params = { locale: currentLocale() }

  const choosing = useMutation<void, ApiError, string | null>({
    async mutationFn(patientId) {
      if (callId && may('calls:handle')) {
        await call(linkCall, { params: { id: callId }, body: { patient_id: patientId } })
        void refresh(listPops)
      }
      if (patientId === null) {
        const known = { ...(phone && { phone }), ...(callId && { call_id: callId }) }
        return navigate({ to: '/$locale/cases/new', params, search: known, replace: true })
      }
      const { cases } = await call(getPatientPage, { params: { id: patientId } })
      const newest = cases[0]
      if (newest) await navigate({ to: '/$locale/cases/$id', params: { ...params, id: newest.id }, replace: true })
      else await navigate({ to: '/$locale/patients/$id', params: { ...params, id: patientId }, replace: true })
    },
  })
  return {
    choose: (patientId: string) => choosing.mutate(patientId),
    openNew: () => choosing.mutate(null),
    isBusy: choosing.isPending,
    problem: choosing.error && textOfError(t, choosing.error),
  }
}
