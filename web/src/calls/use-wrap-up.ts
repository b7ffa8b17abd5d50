import type { CallView } from '@clinicacrm/contract/calls.ts'
import { dispositionCodes } from '@clinicacrm/contract/lifecycle.ts'
import { listPops, type PopView } from '@clinicacrm/contract/pops.ts'
import { wrapUpCall } from '@clinicacrm/contract/wrap-up.ts'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { type ApiError, call } from '../api.ts'
import { proposalFor } from '../disposition-rules.ts'
import { useT } from '../i18n.ts'
import { newKey, onceAs } from '../idempotency.ts'
import { noMove } from '../move.ts'
import { refresh } from '../query.ts'
import { useMe } from '../session.ts'
import { typedFrom } from '../typed-moment.ts'
import { announce } from '../ui/announce.tsx'
import { dispositionIn, isOneOf } from '../ui/disposition-text.ts'
import { textOfError } from '../ui/error-text.ts'
import { type CallForm, type Lacking, readForm, type Written } from './call-form.ts'
import { keepPop } from './pops.ts'
import { useCallDraft } from './use-call-draft.ts'

/** The end of a call: a disposition proposes what follows, and all of it is saved at once. */
export function useWrapUp(pop: PopView, onDone: () => void) {
  const t = useT()
  const mayOverride = useMe().may('cases:override')
  const draft = useCallDraft(pop)
  const { form, standing, set } = draft
  const [lacks, setLacks] = useState<Lacking[]>([])
  const [attempt, setAttempt] = useState({ key: newKey(), text: '' })

  const closing = useMutation<CallView, ApiError, { body: Written & { disposition: string }; key: string }>({
    mutationFn: ({ body, key }) => call(wrapUpCall, { params: { id: pop.id }, body }, onceAs(key)),
    onSuccess(closed, { body }) {
      announce(t('calls.wrap_up.done', { disposition: dispositionIn(t, body.disposition) }))
      draft.clear()
      onDone()
      keepPop({ ...pop, call: closed })
      void refresh(listPops)
    },
    // The case may stand elsewhere by now.
    onError: ({ status }) => void (status > 0 && refresh(listPops)),
  })
  function choose(disposition: string) {
    const isCode = isOneOf(dispositionCodes, disposition)
    set({ disposition, wrong_number: disposition === 'NUMERO_ERRATO', ...(isCode && { move: proposed(disposition) }) })
    setLacks([])
  }
  function proposed(code: (typeof dispositionCodes)[number]): CallForm['move'] {
    if (!standing) return null
    const { status, moment, isLost } = proposalFor(code, standing)
    const stands = noMove(standing)
    return {
      ...stands,
      status,
      moment: typedFrom(moment, standing.clinic_zone),
      lost_reason: isLost ? dispositionIn(t, code) : stands.lost_reason,
    }
  }
  /** Whether it could be sent as it is. */
  function submit(): boolean {
    const { fields, lacks: lacking } = readForm(form, standing, mayOverride)
    setLacks(lacking)
    if (lacking.length > 0) return false
    const body = { ...fields, disposition: form.disposition }
    // What did not arrive is sent under the same name; what was changed since is something else.
    const text = JSON.stringify(body)
    const key = text === attempt.text ? attempt.key : newKey()
    setAttempt({ key, text })
    if (!closing.isPending) closing.mutate({ body, key })
    return true
  }
  return {
    ...draft,
    lacks,
    choose,
    submit,
    isClosing: closing.isPending,
    problem: closing.error && textOfError(t, closing.error),
  }
}

export type WrapUp = ReturnType<typeof useWrapUp>
