import type { Endpoint } from '@clinicacrm/contract/endpoint.ts'
import { getPatientPage } from '@clinicacrm/contract/patient-page.ts'
import type { InputOf } from '../api.ts'
import { useT } from '../i18n.ts'
import { refresh, useCall } from '../query.ts'
import { announce } from '../ui/announce.tsx'

/** Saves something of the patient on the page, shows the page anew and says so; what failed stays in `error`. */
export function useSaving<E extends Endpoint>(endpoint: E, onDone: () => void) {
  const t = useT()
  const calling = useCall(endpoint)
  async function save(input: InputOf<E>) {
    const isSaved = await calling.mutateAsync(input).then(
      () => true,
      () => false,
    )
    if (!isSaved) return
    await refresh(getPatientPage)
    announce(t('common.saved'))
    onDone()
  }
  return { save: (input: InputOf<E>) => void save(input), isSaving: calling.isPending, error: calling.error }
}
