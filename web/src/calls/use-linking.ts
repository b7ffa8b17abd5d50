import { linkCall } from '@clinicacrm/contract/call-log.ts'
import type { CallView } from '@clinicacrm/contract/calls.ts'
import { listPops } from '@clinicacrm/contract/pops.ts'
import { useT } from '../i18n.ts'
import { preloaded } from '../preloaded.ts'
import { refresh, useCall } from '../query.ts'
import { announce } from '../ui/announce.tsx'
import { textOfError } from '../ui/error-text.ts'
import { useOpenCall } from './use-open-call.ts'

/** Says whose call it is, and goes there. */
export function useLinking(call: CallView) {
  const t = useT()
  const linking = useCall(linkCall)
  const { open, openNewCase } = useOpenCall()

  function choose(patientId: string, name: string, onDone?: () => void) {
    const input = { params: { id: call.id }, body: { patient_id: patientId } }
    linking.mutate(input, {
      onSuccess(linked) {
        announce(t('calls.linked', { name }))
        // In a platform's frame the card itself shows whose call it is.
        if (!preloaded.frame) open(linked)
        onDone?.()
        void refresh(listPops)
      },
    })
  }
  /** Nobody of those proposed: a new case with what is known. */
  function chooseNobody(onDone?: () => void) {
    const input = { params: { id: call.id }, body: { patient_id: null } }
    linking.mutate(input, {
      onSuccess(linked) {
        openNewCase({ call: linked })
        onDone?.()
        void refresh(listPops)
      },
    })
  }
  return { choose, chooseNobody, isBusy: linking.isPending, problem: linking.error && textOfError(t, linking.error) }
}
