import type { ApiError } from '../api.ts'
import { useT } from '../i18n.ts'
import { textOfError } from '../ui/error-text.ts'

/** Why something was not saved, as a sentence. */
export function useProblem(error: ApiError | null): string | null {
  const t = useT()
  if (!error) return null
  if (error.code === 'changed') return t('settings.changed')
  if (error.code === 'already_exists') return t('settings.already_exists')
  return textOfError(t, error)
}
