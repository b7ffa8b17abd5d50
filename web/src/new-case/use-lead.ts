import { linkCall } from '@clinicacrm/contract/call-log.ts'
import { channels, createCase, type SavedCase } from '@clinicacrm/contract/cases.ts'
import { listPops } from '@clinicacrm/contract/pops.ts'
import { useLocalStorage } from '@mantine/hooks'
import { useMutation } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { type ApiError, call } from '../api.ts'
import { useDraft } from '../drafts.ts'
import { formatPhone } from '../format.ts'
import { currentLocale, useT } from '../i18n.ts'
import { newKey, onceAs } from '../idempotency.ts'
import { refresh } from '../query.ts'
import { useMe } from '../session.ts'
import { announce } from '../ui/announce.tsx'
import { isOneOf } from '../ui/disposition-text.ts'
import { focusFirstWrong } from '../ui/focus-first-wrong.ts'
import { caseFrom, emptyLead, type Lack, type Lead, lacksOf } from './lead.ts'
import type { NewCaseSearch } from './new-case-search.ts'
import { isProbablyTheSame, useCandidates } from './use-candidates.ts'
import { type KnownPatient, useKnownPatient } from './use-known-patient.ts'

/** A lead from its first letter to the saved case. */
export function useLead(given: NewCaseSearch) {
  const t = useT()
  const navigate = useNavigate()
  const { draft, rememberClinic } = useLeadDraft(given)
  const lead = draft.value
  const zone = useMe().clinics.find(({ name }) => name === lead.clinic)?.zone ?? 'Europe/Rome'
  const set = (part: Partial<Lead>) => draft.set({ ...lead, ...part })
  const patientId = lead.patient_id || given.patient_id
  const known = useKnownPatient(patientId, lead.phone)
  const { candidates } = useCandidates(lead, !patientId)
  const [lacks, setLacks] = useState<Lack[]>([])
  const [warnedOf, setWarnedOf] = useState<string | null>(null)
  const likely = patientId ? undefined : candidates.find(isProbablyTheSame)

  const saving = useMutation<SavedCase, ApiError>({
    mutationFn: () => call(createCase, { body: caseFrom(lead, patientId, zone) }, onceAs(lead.key)),
    async onSuccess({ id, clinic, patient_id }) {
      rememberClinic(clinic)
      await known.addNumber()
      if (given.call_id) await nameCaller(given.call_id, { patient_id, case_id: id })
      draft.clear()
      announce(t('new_case.saved', { id }))
      await navigate({ to: '/$locale/cases/$id', params: { locale: currentLocale(), id } })
    },
    onError({ code }) {
      // The first try did arrive, only its answer did not: saving again is another case.
      if (code === 'idempotency_key_reused') set({ key: newKey() })
      focusFirstWrong()
    },
  })
  function submit() {
    const lacking = lacksOf(lead, patientId, zone)
    setLacks(lacking)
    if (lacking.length > 0) return focusFirstWrong()
    if (likely && warnedOf !== likely.id) {
      setWarnedOf(likely.id)
      return announce(t('new_case.probably_known', { name: likely.name }), 'assertive')
    }
    if (!saving.isPending) saving.mutate()
  }
  const isWarned = likely !== undefined && warnedOf === likely.id
  return { lead, zone, set, draft, known, candidates, lacks, saving, submit, likely: isWarned ? likely : undefined }
}

export type LeadForm = ReturnType<typeof useLead>
export type { KnownPatient }

/** Says whose the call was that the case comes from. Without it the call can still be named from its card. */
async function nameCaller(id: string, body: { patient_id: string; case_id: string }): Promise<void> {
  await call(linkCall, { params: { id }, body }).catch(() => undefined)
  void refresh(listPops)
}

/** Kept apart for each number that calls and each patient, so that nobody gets what was typed for another. */
function useLeadDraft({ phone = '', patient_id, call_id, ...call }: NewCaseSearch) {
  const { clinics, user } = useMe()
  const [lastClinic, rememberClinic] = useLocalStorage({
    key: 'clinicacrm.last_clinic',
    defaultValue: '',
    getInitialValueInEffect: false,
  })
  const open = clinics.filter(({ active }) => active)
  const called = open.find(({ name }) => name === call.clinic)
  const usual = called ?? open.find(({ name }) => name === lastClinic) ?? (open.length === 1 ? open[0] : undefined)
  const about = patient_id
    ? `.patient.${patient_id}`
    : phone
      ? `.${phone.replaceAll(/\D/g, '')}`
      : call_id
        ? `.call.${call_id}`
        : ''
  const empty = emptyLead({
    phone: formatPhone(phone),
    clinic: usual?.name ?? '',
    assigned_to: user.email,
    ...(isOneOf(channels, call.channel ?? '') && { channel: call.channel! }),
    ...(call.origin && { origin: call.origin }),
    ...(call.campaign && { dialer_campaign_tag: call.campaign }),
  })
  return { draft: useDraft<Lead>(`new_case${about}`, empty), rememberClinic }
}
