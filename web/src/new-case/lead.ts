import type { CreateCase } from '@clinicacrm/contract/cases.ts'
import { newKey } from '../idempotency.ts'
import { nothingTyped, readMoment, type TypedMoment } from '../typed-moment.ts'

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
  follow_up_reason: string
  follow_up: TypedMoment
}
export type LeadField = Exclude<keyof Lead, 'key' | 'patient_id' | 'follow_up'>

export const personNames = ['last_name', 'first_name', 'phone', 'home_phone', 'cell_phone', 'email'] as const
/** What is asked of everybody; the rest is folded away. */
export const firstFields: readonly LeadField[] = ['last_name', 'first_name', 'phone', 'clinic', 'treatment']

type Given = Pick<Lead, 'phone' | 'clinic' | 'assigned_to'> & Partial<Lead>

export const emptyLead = (given: Given): Lead => ({
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
  follow_up_reason: '',
  follow_up: nothingTyped,
  ...given,
})

/** What is sent: nothing that is blank, and no person when the patient is known. */
export function caseFrom(lead: Lead, patientId: string | undefined, zone: string): CreateCase {
  const { key: _, patient_id: __, follow_up, ...fields } = lead
  const { moment } = readMoment(follow_up, zone)
  const isPerson = (name: string) => (personNames as readonly string[]).includes(name)
  const given = Object.entries(fields)
    .map(([name, value]) => [name, value.trim()] as const)
    .filter(([name, value]) => value !== '' && !(patientId && isPerson(name)))
  return {
    ...Object.fromEntries(given),
    ...(moment && { follow_up_date: moment }),
    ...(patientId && { patient_id: patientId }),
  }
}

export type Lack = 'name' | 'reach' | 'clinic' | 'moment'

/** What the server would refuse it for. */
export function lacksOf(lead: Lead, patientId: string | undefined, zone: string): Lack[] {
  const isBlank = (...names: LeadField[]) => names.every((name) => lead[name].trim() === '')
  const lacks: (Lack | false)[] = [
    !patientId && isBlank('last_name', 'first_name') && 'name',
    !patientId && isBlank('phone', 'home_phone', 'cell_phone', 'email') && 'reach',
    isBlank('clinic') && 'clinic',
    readMoment(lead.follow_up, zone).problem !== null && 'moment',
  ]
  return lacks.filter((lack) => lack !== false)
}
