import { useNavigate } from '@tanstack/react-router'
import { isLocale } from './i18n.ts'

/** Shows this page in another language and keeps what is typed. */
export function useGoToLocale(): (locale: string | null) => void {
  const navigate = useNavigate()
  return (locale) => {
    if (isLocale(locale)) void navigate({ to: '.', params: { locale }, search: true, replace: true })
  }
}
