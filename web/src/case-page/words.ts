import { channels, type SaveCase } from '@clinicacrm/contract/cases.ts'
import { consentPurposes } from '@clinicacrm/contract/patient-page.ts'
import type { SavePatient } from '@clinicacrm/contract/patients.ts'
import { formatDateTime, formatDay } from '../format.ts'
import { useT } from '../i18n.ts'
import { dispositionIn, isOneOf, outcomeIn } from '../ui/disposition-text.ts'
import { useStatusLabel } from '../ui/status-chip.tsx'
import { nameOf, useColleagues } from './colleagues.ts'

/** Of an identity, a consent, a number and a relation. */
type AroundName =
  | 'facts'
  | 'purpose'
  | 'state'
  | 'text_version'
  | 'evidence'
  | 'label'
  | 'verified_at'
  | 'wrong_at'
  | 'kind'
  | 'may_discuss'
  | 'until'
type FieldName = Exclude<keyof SaveCase | keyof SavePatient, 'version'> | AroundName
type T = ReturnType<typeof useT>

export const channelIn = (t: T, value: string): string =>
  isOneOf(channels, value) ? t(`case.channels.${value}`) : value

export function languageIn(t: T, code: string): string {
  return isOneOf(['it', 'en', 'es'] as const, code) ? t(`case.languages.${code}`) : code
}

/** What a field is called, and what a value of it says, for people. */
export function useWords(zone: string) {
  const t = useT()
  const statusLabel = useStatusLabel()
  const colleagues = useColleagues()
  return {
    field: (name: string) => t(`case.fields.${name as FieldName}`, { defaultValue: name.replaceAll('_', ' ') }),
    value(name: string, value: unknown): string {
      if (value === null || value === undefined || value === '') return t('common.not_set')
      if (typeof value === 'boolean') return t(value ? 'case.yes' : 'case.no')
      if (typeof value !== 'string') return JSON.stringify(value)
      if (name === 'status') return statusLabel(value)
      if (name === 'assigned_to') return nameOf(colleagues, value)
      if (name === 'disposition') return dispositionIn(t, value)
      if (name === 'outcome') return outcomeIn(t, value)
      if (name === 'channel') return channelIn(t, value)
      if (name === 'language') return languageIn(t, value)
      if (name === 'purpose' && isOneOf(consentPurposes, value)) return t(`case.consents.purposes.${value}`)
      if (/^\d{4}-\d\d-\d\d$/.test(value)) return formatDay(value)
      return /^\d{4}-\d\d-\d\d[T ]\d\d:\d\d/.test(value) ? formatDateTime(value, { zone }) : value
    },
  }
}
