import type { CreateCase } from '@clinicacrm/contract/cases.ts'
import { newKey } from '../idempotency.ts'

/** A lead as somebody is typing it. */
export type Lead = {
  /** Under which the server takes it once, however often it is sent. */
  key: string
  /** Chosen among those who may be the caller; blank for somebody new. */
  patient_id: string
  last_name: string
  first_name: string
  phone: string
  home_phone: string
  cell_phone: string
  email: string
  clinic: string
  treatment: string
  channel: string
  origin: string
  promotion: string
  dialer_campaign_tag: string
  assigned_to: string
  follow_up_date: string
  follow_up_reason: string
}
export type LeadField = Exclude<keyof Lead, 'key' | 'patient_id'>

export const personNames = ['last_name', 'first_name', 'phone', 'home_phone', 'cell_phone', 'email'] as const
/** What is asked of everybody; the rest is folded away. */
export const firstFields: readonly LeadField[] = ['last_name', 'first_name', 'phone', 'clinic', 'treatment']

export const emptyLead = (given: { phone: string; clinic: string; assigned_to: string }): Lead => ({
  key: newKey(),
  patient_id: '',
  last_name: '',
  first_name: '',
  home_phone: '',
  cell_phone: '',
  email: '',
  treatment: '',
  channel: 'PHONE',
  origin: '',
  promotion: '',
  dialer_campaign_tag: '',
  follow_up_date: '',
  follow_up_reason: '',
  ...given,
})

/** What is sent: nothing that is blank, and no person when the patient is known. */
export function caseFrom({ key: _, patient_id: __, ...fields }: Lead, patientId: string | undefined): CreateCase {
  const isPerson = (name: string) => (personNames as readonly string[]).includes(name)
  const given = Object.entries(fields)
    .map(([name, value]) => [name, value.trim()] as const)
    .filter(([name, value]) => value !== '' && !(patientId && isPerson(name)))
  return { ...Object.fromEntries(given), ...(patientId && { patient_id: patientId }) }
}

export type Lack = 'name' | 'reach' | 'clinic'

/** What the server would refuse it for. */
export function lacksOf(lead: Lead, patientId: string | undefined): Lack[] {
  const isBlank = (...names: LeadField[]) => names.every((name) => lead[name].trim() === '')
  const lacks: (Lack | false)[] = [
    !patientId && isBlank('last_name', 'first_name') && 'name',
    !patientId && isBlank('phone', 'home_phone', 'cell_phone', 'email') && 'reach',
    isBlank('clinic') && 'clinic',
  ]
  return lacks.filter((lack) => lack !== false)
}
