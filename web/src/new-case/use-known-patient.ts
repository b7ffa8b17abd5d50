import { getPatient, type PatientView, savePatient } from '@clinicacrm/contract/patients.ts'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { type ApiError, call } from '../api.ts'
import { useT } from '../i18n.ts'
import { queryOf } from '../query.ts'
import { useMe } from '../session.ts'
import { announce } from '../ui/announce.tsx'

export type KnownPatient = {
  id: string | undefined
  patient: PatientView | undefined
  error: ApiError | null
  /** The number they call from is not among theirs, and there is room for it. */
  isNumberNew: boolean
  addsNumber: boolean
  setAddsNumber: (adds: boolean) => void
  addNumber: () => Promise<void>
}

/** The patient for whom a case is opened, and the number that they may have called from. */
export function useKnownPatient(id: string | undefined, phone: string): KnownPatient {
  const t = useT()
  const { may } = useMe()
  const [addsNumber, setAddsNumber] = useState(true)
  const { data: patient, error } = useQuery({
    ...queryOf(getPatient, { params: { id: id ?? '' } }),
    enabled: Boolean(id),
  })
  const room = patient && (['phone', 'cell_phone', 'home_phone'] as const).find((field) => !patient[field]?.trim())
  const isNumberNew = Boolean(room && may('patients:write') && phone.trim() && !has(patient!, phone))

  async function addNumber() {
    if (!patient || !room || !isNumberNew || !addsNumber) return
    const input = { params: { id: patient.id }, body: { [room]: phone.trim(), version: patient.version } }
    // The case is saved either way; the number is on the page to be typed once more.
    await call(savePatient, input).catch(() => announce(t('new_case.known.number_failed', { phone }), 'assertive'))
  }
  return { id, patient, error, isNumberNew, addsNumber, setAddsNumber, addNumber }
}

const lastDigits = 9

function has({ phone, home_phone, cell_phone }: PatientView, number: string) {
  const tail = digitsOf(number).slice(-lastDigits)
  return [phone, home_phone, cell_phone].some((text) => text && digitsOf(text).includes(tail))
}

const digitsOf = (text: string) => text.replaceAll(/\D/g, '')
