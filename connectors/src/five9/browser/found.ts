import type { CallerView } from '@clinicacrm/contract/calls.ts'
import type { Language } from '../../connector.ts'
import type { CrmObject } from './sdk.ts'

export type Found = { callers: readonly CallerView[] }

const labels: Record<Language, { case: string; patient: string }> = {
  it: { case: 'Caso', patient: 'Paziente' },
  en: { case: 'Case', patient: 'Patient' },
  es: { case: 'Caso', patient: 'Paciente' },
}

/** What Five9 lists: a case each or, of whoever has none, the patient. Nothing of treatments or states leaves the CRM. */
export function objectsOf(
  { callers }: Found,
  { language, names }: { language: Language; names: boolean },
): CrmObject[] {
  return callers.map(({ patient_id, case_id, name }) => {
    const type = case_id === null ? 'patient' : 'case'
    const label = labels[language][type]
    const id = case_id ?? patient_id
    const shown = { label, name: names ? name : `${label} ${id}` }
    return { id: `${type}:${id}`, ...shown, type, isWho: type === 'patient', isWhat: type === 'case', fields: [] }
  })
}

/** The case or patient behind an entry of that list; null for what is not ours. */
export function behind({ id }: Pick<CrmObject, 'id'>): { type: 'case' | 'patient'; id: string } | null {
  const [, type, number] = /^(case|patient):([1-9]\d{0,17})$/.exec(id) ?? []
  return number === undefined ? null : { type: type as 'case' | 'patient', id: number }
}
