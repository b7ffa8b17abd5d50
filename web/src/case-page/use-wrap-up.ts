import type { CasePage } from '@clinicacrm/contract/case-page.ts'
import { dispositionCodes, outcomeCodes } from '@clinicacrm/contract/lifecycle.ts'
import { saveNumber } from '@clinicacrm/contract/patient-page.ts'
import { useState } from 'react'
import { useDraft } from '../drafts.ts'
import { useT } from '../i18n.ts'
import { useCall } from '../query.ts'
import { useMe } from '../session.ts'
import { announce } from '../ui/announce.tsx'
import { textOfError } from '../ui/error-text.ts'
import { toast } from '../ui/toast.tsx'
import { useCase } from './case-context.ts'
import { proposalFor } from '../disposition-rules.ts'
import { type Missing, noMove, readMove, type TypedMove } from '../move.ts'
import { noteNow, problemOfNote } from './new-notes.ts'
import { typedFrom } from '../typed-moment.ts'
import { dispositionIn, isOneOf, outcomeIn } from '../ui/disposition-text.ts'

export type WrapUp = { disposition: string; outcome: string; note: string; wrongNumber: string; move: TypedMove }
export type Lacking = Missing | 'disposition'

/** The end of a call as somebody is writing it down; kept like every draft until it is saved. */
export function useWrapUp(onDone: () => void) {
  const t = useT()
  const { id, page, save, notes } = useCase()
  const { may } = useMe()
  const [seen] = useState(page.case)
  const draft = useDraft<WrapUp>(`wrap_up.${id}`, formFor(page))
  const form = draft.value
  const set = (part: Partial<WrapUp>) => draft.set({ ...form, ...part })
  const [lacking, setLacking] = useState<Lacking[]>([])
  const markNumber = useCall(saveNumber)

  function choose(disposition: string) {
    set({ disposition, ...(isOneOf(dispositionCodes, disposition) && { move: proposed(disposition) }) })
    setLacking([])
  }
  function proposed(code: (typeof dispositionCodes)[number]): TypedMove {
    const { status, moment, isLost } = proposalFor(code, page)
    const moved = { ...form.move, status, moment: typedFrom(moment, page.clinic_zone) }
    return isLost && !moved.lost_reason ? { ...moved, lost_reason: dispositionIn(t, code) } : moved
  }
  /** Whether it could be taken as it is. */
  function submit(): boolean {
    const { change, missing } = readMove(page, form.move, may('cases:override'))
    const lacks = form.disposition ? missing : ['disposition' as const, ...missing]
    setLacking(lacks)
    if (lacks.length > 0 || problemOfNote(t, form.note)) return false
    const outcome = codeOf(form.outcome.trim(), (code) => outcomeIn(t, code))
    save({ ...change, disposition: form.disposition, ...(outcome && { outcome }) }, seen)
    if (form.note.trim()) void notes.put(noteNow(form.note))
    if (form.wrongNumber) markWrong(form.wrongNumber)
    announce(t('case.wrap_up.done', { disposition: dispositionIn(t, form.disposition) }))
    draft.clear()
    onDone()
    return true
  }
  function markWrong(key: string) {
    const input = { params: { id: page.patient.id, key }, body: { wrong: true } }
    markNumber.mutate(input, { onError: (error) => toast({ text: textOfError(t, error), isTrouble: true }) })
  }
  return { form, set, draft, lacking, choose, submit }
}

const codeOf = (text: string, labelOf: (code: string) => string) =>
  outcomeCodes.find((code) => labelOf(code) === text) ?? text

const formFor = (page: CasePage): WrapUp => ({
  disposition: '',
  outcome: '',
  note: '',
  wrongNumber: '',
  move: noMove(page),
})
