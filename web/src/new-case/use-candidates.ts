import { type CandidateView, findDuplicates } from '@clinicacrm/contract/patient-page.ts'
import { useDebouncedValue } from '@mantine/hooks'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { queryOf } from '../query.ts'
import type { Lead } from './lead.ts'

export const mostCandidates = 6
const pauseMs = 200
const nobody: CandidateView[] = []

/** Who may be the person being typed, asked for in the pauses of typing. */
export function useCandidates(lead: Lead, isNeeded: boolean) {
  const [asked] = useDebouncedValue(JSON.stringify(questionOf(lead)), pauseMs)
  const question = JSON.parse(asked) as ReturnType<typeof questionOf>
  const { data, error, isFetching } = useQuery({
    ...queryOf(findDuplicates, { body: question ?? { phones: [] } }),
    enabled: isNeeded && question !== null,
    placeholderData: keepPreviousData,
  })
  return {
    candidates: question && data ? data.candidates.slice(0, mostCandidates) : nobody,
    error,
    isFetching,
  }
}

/** Null where too little is typed to mean anybody. */
function questionOf({ last_name, first_name, phone, home_phone, cell_phone, email }: Lead) {
  const phones = [phone, home_phone, cell_phone].filter((text) => text.replaceAll(/\D/g, '').length >= 5)
  const last = last_name.trim().length > 1 ? last_name.trim() : ''
  const first = first_name.trim().length > 1 ? first_name.trim() : ''
  const address = /.@.+\../.test(email) ? email.trim() : ''
  if (!last && !first && !address && phones.length === 0) return null
  return {
    phones,
    ...(last && { last_name: last }),
    ...(first && { first_name: first }),
    ...(address && { email: address }),
  }
}

/** Not just the same line or the same name: both. */
export const isProbablyTheSame = ({ reasons }: CandidateView): boolean =>
  reasons.includes('name') && (reasons.includes('number') || reasons.includes('email'))
