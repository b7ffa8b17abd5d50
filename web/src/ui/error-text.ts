import type { useT } from '../i18n.ts'
import type errors from '../locales/it/errors.json'

type T = ReturnType<typeof useT>
type Known = keyof typeof errors

/** What went wrong, for people, from the code the server gave. */
export function textOfError(t: T, error: unknown): string {
  const code = typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : ''
  return t(`errors.${code as Known}`, { defaultValue: t('errors.unexpected') })
}
