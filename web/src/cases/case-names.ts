import type { CaseView } from '@clinicacrm/contract/cases.ts'
import { formatPhone, fullName } from '../format.ts'
import type { useT } from '../i18n.ts'

type Person = Pick<CaseView, 'first_name' | 'last_name' | 'phone' | 'home_phone' | 'cell_phone' | 'email'>

/** The number to dial first. */
export const numberOf = ({ cell_phone, phone, home_phone }: Person): string | null => cell_phone ?? phone ?? home_phone

/** Whoever has no name yet is known by their number or address. */
export function nameOf(t: ReturnType<typeof useT>, kase: Person): string {
  const number = numberOf(kase)
  return fullName(kase) || (number && formatPhone(number)) || kase.email || t('cases.no_name')
}
