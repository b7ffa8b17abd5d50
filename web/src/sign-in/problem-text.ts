import type { ApiError } from '../api.ts'
import { formatAgo } from '../format.ts'
import type { useT } from '../i18n.ts'
import { textOfError } from '../ui/error-text.ts'

type T = ReturnType<typeof useT>

/** Why somebody did not get in, in words that do not presume a session. */
export function problemOf(t: T, error: ApiError): string {
  if (error.code === 'wrong_credentials') return t('sign_in.wrong_credentials')
  if (error.code === 'too_many_requests') return t('sign_in.too_many', { when: waitOf(error) })
  if (error.code === 'offline') return t('sign_in.offline')
  return textOfError(t, error)
}

const usualWaitSeconds = 60

/** `in 3 minutes` */
function waitOf({ details }: ApiError) {
  const seconds = typeof details.retry_after === 'number' ? details.retry_after : usualWaitSeconds
  return formatAgo(Date.now() + Math.max(usualWaitSeconds, seconds) * 1000)
}

/** Enough to notice a slip of the finger; the server looks closer. */
export const looksLikeEmail = (text: string): boolean => /^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(text)
