import type { useT } from '../i18n.ts'

type T = ReturnType<typeof useT>
type Refusal = { code: string; fields: { field: string }[]; details: Record<string, unknown> }

/** Long enough to stand alone; with a second factor, eight characters are enough. */
export const passwordLength = { alone: 15, withSecondFactor: 8 } as const

/** Why the server would not have this password; null when that was not the trouble. */
export function passwordProblem(t: T, error: Refusal | null, minLength: number = passwordLength.alone): string | null {
  if (!error) return null
  // Below eight characters it is not even looked at.
  const isNothing = error.code === 'invalid_request' && error.fields.some(({ field }) => field === 'password')
  if (error.code !== 'weak_password' && !isNothing) return null
  const { reason } = error.details
  if (reason === 'too_short' || isNothing) return t('sign_in.new_password.too_short', { count: minLength })
  if (reason === 'contains_name') return t('sign_in.new_password.too_personal')
  return t('sign_in.new_password.too_common')
}

const leastBesidesNames = 8

/** Whether, without the names and addresses that everybody here knows, too little of it is left. */
export function isMostlyNames(password: string, about: string[]): boolean {
  const words = about.flatMap((text) => folded(text).split(/[^\p{L}\p{N}]+/u)).filter((word) => word.length >= 4)
  let rest = folded(password)
  for (const word of words.toSorted((a, b) => b.length - a.length)) rest = rest.replaceAll(word, '')
  const left = rest.replaceAll(/[^\p{L}\p{N}]/gu, '').length
  return rest.length < folded(password).length && left < leastBesidesNames
}

/** As far as guessing goes, accents and capitals are nothing. */
const folded = (text: string) => text.normalize('NFKD').replaceAll(/\p{M}/gu, '').toLowerCase()
