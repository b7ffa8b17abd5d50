import type { ApiError } from './api.ts'
import type { useT } from './i18n.ts'

type T = ReturnType<typeof useT>

/** What is wrong with a field, for people, from the rule that the server named; null when nothing is. */
export function problemWith(t: T, error: ApiError | null, field: string): string | null {
  const message = error?.fields.find((wrong) => wrong.field === field)?.message
  return message === undefined ? null : sentenceFor(t, message)
}

function sentenceFor(t: T, message: string) {
  const most = /at most (\d+) characters/.exec(message)
  if (most) return t('case.problems.too_long', { count: Number(most[1]) })
  if (/e-mail address/.test(message)) return t('case.problems.email')
  if (/instant|a day such as|before 1900/.test(message)) return t('case.problems.date')
  if (/NUL/.test(message)) return t('case.problems.character')
  if (/^there is no|unknown|no such/.test(message)) return t('case.problems.unknown')
  if (/required|blank|needs|at least one/.test(message)) return t('case.problems.required')
  return t('case.problems.invalid')
}
